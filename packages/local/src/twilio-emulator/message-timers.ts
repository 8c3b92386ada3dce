import * as z from 'zod';
import type { DueWork } from '../clock/timekeeper.ts';
import type { EmulatorStore } from '../store/emulator-store.ts';
import { integerOf, optionalIntegerOf, textOf } from '../store/row.ts';
import type { TwilioAccount } from './account.ts';
import type { MessageRows, TwilioMessage } from './message-rows.ts';
import { statusOf } from './message-rows.ts';
import { callWebhook, type FormFields, succeeded } from './webhook-call.ts';

/**
 * So many webhooks are under way at once: one process answers them all, and one that takes longer than
 * Twilio's four seconds is called again, which makes the next one later still.
 */
const linesMax = 16;

const timerSchema = z.discriminatedUnion('kind', [
  /** The carrier moves the message on. */
  z.object({
    kind: z.literal('status'),
    sid: z.string(),
    status: z.string(),
    errorCode: z.number().optional(),
    callbacks: z.number(),
  }),
  /** A webhook is due: first to `url`, and to `fallbackUrl` when that fails. */
  z.object({
    kind: z.literal('call'),
    sid: z.string(),
    url: z.string(),
    fallbackUrl: z.string().optional(),
    fields: z.record(z.string(), z.string()),
  }),
]);
export type TwilioTimer = z.infer<typeof timerSchema>;

export type MessageTimers = DueWork & {
  /** Stored before the call returns. */
  readonly set: (dueMs: number, timer: TwilioTimer) => void;
};

const schema = `
  CREATE TABLE IF NOT EXISTS twilio_timers (
    id INTEGER PRIMARY KEY AUTOINCREMENT, due_ms INTEGER NOT NULL, detail TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS twilio_timers_due ON twilio_timers (due_ms);
`;

type Due = { readonly id: number; readonly timer: TwilioTimer };

/**
 * Everything the emulator does later: status changes and webhooks. A webhook that was being delivered when
 * the process died is delivered again, as Twilio may.
 */
export function createMessageTimers(options: TimerOptions): MessageTimers {
  const timers = createTimerRows(options.store);
  return {
    name: 'twilio',
    set: timers.set,
    nextDueMs: timers.earliestMs,
    runDue: async () => {
      const due = timers.due(options.nowMs());
      for (const item of due) changeStatus(options, timers, item);
      // In order per message, side by side otherwise.
      const bySid = Map.groupBy(
        due.filter((item) => item.timer.kind === 'call'),
        (item) => item.timer.sid,
      );
      const waiting = [...bySid.values()];
      const line = async (): Promise<void> => {
        for (let calls = waiting.shift(); calls !== undefined; calls = waiting.shift()) {
          for (const item of calls) await callOut(options, timers, item);
        }
      };
      await Promise.all(Array.from({ length: linesMax }, line));
      return due.length;
    },
  };
}

type TimerOptions = {
  readonly store: EmulatorStore;
  readonly rows: MessageRows;
  readonly account: TwilioAccount;
  readonly nowMs: () => number;
  /** Hears of webhooks nobody answered well; ids and codes only. */
  readonly onFailedCall: (sid: string, outcome: string) => void;
};

/** One round takes at most this many. */
const timersPerRound = 200;

function createTimerRows(store: EmulatorStore) {
  store.define(schema);
  return {
    set: (dueMs: number, timer: TwilioTimer): void =>
      void store
        .statement('INSERT INTO twilio_timers (due_ms, detail) VALUES (?, ?)')
        .run(dueMs, JSON.stringify(timer)),
    clear: (id: number): void => void store.statement('DELETE FROM twilio_timers WHERE id = ?').run(id),
    earliestMs: (): number | undefined => {
      const row = store.statement('SELECT MIN(due_ms) AS at FROM twilio_timers').get();
      return row === undefined ? undefined : optionalIntegerOf(row, 'at');
    },
    due: (nowMs: number): Due[] =>
      store
        .statement('SELECT id, detail FROM twilio_timers WHERE due_ms <= ? ORDER BY due_ms, id LIMIT ?')
        .all(nowMs, timersPerRound)
        .map((row) => ({
          id: integerOf(row, 'id'),
          timer: timerSchema.parse(JSON.parse(textOf(row, 'detail'))),
        })),
  };
}

type TimerRows = ReturnType<typeof createTimerRows>;

function changeStatus(options: TimerOptions, timers: TimerRows, { id, timer }: Due): void {
  if (timer.kind !== 'status') return;
  const { rows, account, nowMs } = options;
  options.store.transaction(() => {
    timers.clear(id);
    const message = rows.find(timer.sid);
    if (message === undefined || message.status === 'canceled') return;
    const changed = moved(message, timer, nowMs());
    rows.update(changed);
    const { sid, statusCallback: url } = changed;
    for (let copy = 0; copy < timer.callbacks && url !== undefined; copy += 1) {
      timers.set(nowMs(), { kind: 'call', sid, url, fields: statusFields(account, changed) });
    }
  });
}

async function callOut(options: TimerOptions, timers: TimerRows, { id, timer }: Due): Promise<void> {
  if (timer.kind !== 'call') return;
  const token = options.account.authTokens[0] ?? '';
  let outcome = await callWebhook(timer.url, token, timer.fields);
  if (!succeeded(outcome) && timer.fallbackUrl !== undefined) {
    outcome = await callWebhook(timer.fallbackUrl, token, { ...timer.fields, ...failureFields(timer.url) });
  }
  timers.clear(id);
  if (succeeded(outcome)) return;
  options.onFailedCall(timer.sid, outcome.kind === 'answered' ? `status ${outcome.status}` : outcome.kind);
}

function moved(
  message: TwilioMessage,
  timer: { status: string; errorCode?: number | undefined },
  nowMs: number,
): TwilioMessage {
  const status = statusOf(timer.status);
  const leaves = status === 'sent' || status === 'delivered' || status === 'undelivered';
  return {
    ...message,
    status,
    errorCode: timer.errorCode ?? message.errorCode,
    updatedMs: nowMs,
    sentMs: message.sentMs ?? (leaves ? nowMs : undefined),
  };
}

/** The form of a status callback (docs/messaging/guides/outbound-message-status-in-status-callbacks). */
function statusFields(account: TwilioAccount, message: TwilioMessage): FormFields {
  const receipt = message.status === 'delivered' || message.status === 'undelivered';
  return {
    AccountSid: account.accountSid,
    ApiVersion: '2010-04-01',
    From: message.from,
    To: message.to,
    MessageSid: message.sid,
    SmsSid: message.sid,
    MessageStatus: message.status,
    SmsStatus: message.status,
    ...(message.serviceSid === undefined ? {} : { MessagingServiceSid: message.serviceSid }),
    ...(message.errorCode === undefined ? {} : { ErrorCode: String(message.errorCode) }),
    ...(receipt ? { RawDlrDoneDate: rawDate(message.updatedMs) } : {}),
  };
}

/** YYMMDDhhmm, without a zone. */
function rawDate(epochMs: number): string {
  return new Date(epochMs).toISOString().replaceAll(/[-T:]/g, '').slice(2, 12);
}

/** What a fallback URL is told about the failure of the first one. */
function failureFields(failedUrl: string): FormFields {
  return { ErrorCode: '11200', ErrorUrl: failedUrl.split('#')[0] ?? failedUrl };
}
