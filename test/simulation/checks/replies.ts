import type { MemoryTable } from '@aftercare/adapters/memory/table';
import type { InboundRow } from '@aftercare/usecases/person-rows';
import type { MessageRow } from '@aftercare/usecases/rows';
import type { Accepted } from '../carrier.ts';
import type { History, RowChange } from '../history.ts';
import type { InboundLine } from '../inbound-line.ts';
import type { Report } from './report.ts';

/** Invariant 5, and the opt-out confirmation of invariant 4. */
export function createReplyChecks(parts: {
  readonly history: () => History;
  readonly line: () => InboundLine;
  readonly nowMs: () => number;
  readonly report: Report;
}): {
  onChange(change: RowChange): void;
  onAccepted(accepted: Accepted): void;
  atTheEnd(table: MemoryTable): void;
} {
  const { history, report } = parts;
  const repliesTo = new Map<string, string>();
  const confirmations = createConfirmationChecks(report, parts.nowMs);

  const messageOf = (ref: string): MessageRow | undefined =>
    history().messages.get(ref.slice(ref.lastIndexOf('.') + 1));

  function reply(message: MessageRow, providerSid: string): void {
    const sid = message.inboundSid;
    if (sid === undefined) return report('5', `a ${message.kind} answers no text: ${message.messageId}`);
    const earlier = repliesTo.get(sid);
    if (earlier !== undefined) report('5 twice', `${sid} was answered by ${earlier} and ${providerSid}`);
    repliesTo.set(sid, providerSid);
  }

  function checkText(row: InboundRow, tasks: ReadonlySet<string>): void {
    const what = `${row.messageSid} (${row.level ?? 'unread'}, ${row.outcome ?? 'no outcome'})`;
    if (row.status !== 'processed') return report('5', `${what} was never processed`);
    if (row.outcome === undefined) return report('5', `${what} has no outcome`);
    if (!row.outcome.startsWith('replied:')) return;
    const message = row.replyMessageId === undefined ? undefined : history().messages.get(row.replyMessageId);
    if (message === undefined) return report('5', `${what} has no reply`);
    if (repliesTo.has(row.messageSid)) return;
    const told = [...history().messages.values()].some(
      (one) => one.inboundSid === row.messageSid && tasks.has(one.messageId),
    );
    if (!told) report('5 silent', `${what} was never answered (${message.status}) and nobody was told`);
  }

  return {
    onChange: confirmations.onChange,
    onAccepted({ text, providerSid, atMs }) {
      const message = messageOf(text.ref);
      if (message === undefined) return;
      if (message.kind === 'reply' || message.kind === 'opt_out') reply(message, providerSid);
      if (message.kind === 'opt_out') confirmations.confirmed(message, atMs);
    },
    atTheEnd(table) {
      const rows = new Map<string, InboundRow>();
      const everything = table.everything();
      const tasks = new Set(
        everything.filter((item) => item.row === 'task').map((item) => String(item.taskId)),
      );
      for (const item of everything) {
        if (item.row !== 'inbound') continue;
        const row = item as unknown as InboundRow;
        if (rows.has(row.messageSid)) report('5', `${row.messageSid} is stored twice`);
        rows.set(row.messageSid, row);
        checkText(row, tasks);
      }
      for (const text of parts.line().taken) {
        if (!rows.has(text.messageSid))
          report('5 lost', `${text.messageSid} from ${text.from} was never stored`);
      }
    },
  };
}

/** One opt-out confirmation in all, until the patient opts in again. */
function createConfirmationChecks(report: Report, nowMs: () => number) {
  const confirmations: { readonly clinicId: string; readonly phoneKey: string; readonly atMs: number }[] = [];
  const lifted = new Map<string, number>();

  function confirmed(message: MessageRow, atMs: number): void {
    const { clinicId, phoneKey = '' } = message;
    const person = `${clinicId} ${phoneKey}`;
    const since = lifted.get(person) ?? 0;
    const again = confirmations.some(
      (one) => one.clinicId === clinicId && one.phoneKey === phoneKey && one.atMs >= since,
    );
    if (again) report('4 confirmation', `${person} got a second opt-out confirmation`);
    confirmations.push({ clinicId, phoneKey, atMs });
  }

  return {
    confirmed,
    onChange({ kind, before, after }: RowChange): void {
      if (kind !== 'phone' || before?.optedOutAt === undefined || after?.optedOutAt !== undefined) return;
      lifted.set(`${after?.clinicId} ${after?.phoneKey}`, nowMs());
    },
  };
}
