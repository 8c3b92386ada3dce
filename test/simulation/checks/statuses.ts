import { isAllowedMove } from '@aftercare/reminders/state-machine';
import type { MessageRow, ReminderRow } from '@aftercare/usecases/rows';
import type { RowChange } from '../history.ts';
import type { Report } from './report.ts';

/** Invariant 7, and that every stored move is one the state machines know; counts the moves it saw. */
export function createStatusChecks(report: Report): {
  onChange(change: RowChange): void;
  readonly moves: ReadonlyMap<string, number>;
} {
  const moves = new Map<string, number>();
  const messageMoves: Readonly<Record<string, readonly string[]>> = {
    sending: ['sent', 'failed', 'unknown'],
    unknown: ['sent', 'failed'],
    failed: ['sent'],
    sent: [],
  };
  const ranks = ['accepted', 'queued', 'sending', 'sent', 'end'];
  const rankOf = (status: string | undefined): number =>
    status === undefined
      ? -1
      : Math.max(
          ranks.indexOf(status),
          ['delivered', 'undelivered', 'failed', 'canceled'].includes(status) ? 4 : -1,
        );
  const count = createMoveCount(moves);

  function reminder(before: ReminderRow | undefined, after: ReminderRow): void {
    if (before === undefined) return count('reminder', '(new)', after.status);
    if (before.status === after.status) return;
    count('reminder', before.status, after.status);
    if (!isAllowedMove(before.status, after.status)) {
      report(
        'state machine',
        `reminder ${after.sk} of ${after.sessionKey}: ${before.status} → ${after.status}`,
      );
    }
  }

  function message(before: MessageRow | undefined, after: MessageRow): void {
    if (before === undefined) return count('message', '(new)', after.status);
    if (before.status !== after.status) {
      count('message', before.status, after.status);
      if (messageMoves[before.status]?.includes(after.status) !== true) {
        report('state machine', `message ${after.messageId}: ${before.status} → ${after.status}`);
      }
    }
    delivery(before, after);
  }

  function delivery(before: MessageRow, after: MessageRow): void {
    const was = before.deliveryStatus;
    const is = after.deliveryStatus;
    if (was !== is) {
      count('delivery', was ?? '(none)', is ?? '(none)');
      if (rankOf(is) <= rankOf(was)) report('7', `message ${after.messageId}: delivery ${was} → ${is}`);
    }
    if (before.errorCode !== undefined && after.errorCode === undefined) {
      report('7', `message ${after.messageId}: error ${before.errorCode} was erased`);
    }
  }

  return {
    moves,
    onChange({ kind, before, after }) {
      if (after === undefined) return;
      if (kind === 'reminder') reminder(before as ReminderRow | undefined, after as ReminderRow);
      if (kind === 'message') message(before as MessageRow | undefined, after as MessageRow);
    },
  };
}

/** Counts under one text a move; the text is put together once a move and not each time it is seen. */
function createMoveCount(moves: Map<string, number>): (of: string, from: string, to: string) => void {
  const names = new Map<string, Map<string, Map<string, string>>>();
  const at = <Held>(map: Map<string, Held>, key: string, make: () => Held): Held => {
    const known = map.get(key);
    if (known !== undefined) return known;
    const made = make();
    map.set(key, made);
    return made;
  };
  return (of, from, to) => {
    const ofMachine = at(names, of, () => new Map());
    const ofState = at(ofMachine, from, () => new Map());
    const name = at(ofState, to, () => `${of} ${from} → ${to}`);
    moves.set(name, (moves.get(name) ?? 0) + 1);
  };
}
