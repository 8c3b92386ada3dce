import type { EmulatorStore } from '../store/emulator-store.ts';
import { integerOf, optionalIntegerOf, optionalTextOf, type Row, textOf } from '../store/row.ts';

/** Every status of Twilio's Message resource that this emulator uses. */
export type TwilioStatus =
  | 'accepted'
  | 'scheduled'
  | 'queued'
  | 'sending'
  | 'sent'
  | 'delivered'
  | 'undelivered'
  | 'failed'
  | 'canceled'
  | 'received';

export type TwilioDirection = 'inbound' | 'outbound-api' | 'outbound-reply';

export type TwilioMessage = {
  readonly sequence: number;
  readonly sid: string;
  readonly direction: TwilioDirection;
  readonly to: string;
  /** The number it left from, chosen by the service where one was named. */
  readonly from: string;
  readonly serviceSid: string | undefined;
  readonly body: string;
  readonly status: TwilioStatus;
  readonly errorCode: number | undefined;
  readonly segments: number;
  readonly mediaCount: number;
  readonly statusCallback: string | undefined;
  readonly createdMs: number;
  readonly updatedMs: number;
  readonly sentMs: number | undefined;
  /** What the carrier's own keyword answers are for; undefined for everything else. */
  readonly keyword: 'stop' | 'start' | 'help' | undefined;
};

export type NewMessage = Omit<TwilioMessage, 'sequence'>;

const schema = `
  CREATE TABLE IF NOT EXISTS twilio_messages (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, sid TEXT NOT NULL UNIQUE, direction TEXT NOT NULL,
    recipient TEXT NOT NULL, sender TEXT NOT NULL, service_sid TEXT, body TEXT NOT NULL, status TEXT NOT NULL,
    error_code INTEGER, segments INTEGER NOT NULL, media_count INTEGER NOT NULL, status_callback TEXT,
    created_ms INTEGER NOT NULL, updated_ms INTEGER NOT NULL, sent_ms INTEGER, keyword TEXT
  ) STRICT;
  CREATE INDEX IF NOT EXISTS twilio_messages_recipient ON twilio_messages (recipient);
  CREATE INDEX IF NOT EXISTS twilio_messages_sender ON twilio_messages (sender);
  CREATE TABLE IF NOT EXISTS twilio_opt_outs (
    sender TEXT NOT NULL, recipient TEXT NOT NULL, PRIMARY KEY (sender, recipient)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS twilio_attempts (recipient TEXT PRIMARY KEY, attempts INTEGER NOT NULL) STRICT;
`;

/** Messages and opt-outs of the emulated account. */
export function createMessageRows(store: EmulatorStore) {
  store.define(schema);
  const { statement } = store;
  return {
    insert: (message: NewMessage): void => {
      statement(
        `INSERT INTO twilio_messages (sid, direction, recipient, sender, service_sid, body, status,
           error_code, segments, media_count, status_callback, created_ms, updated_ms, sent_ms, keyword)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ).run(
        message.sid,
        message.direction,
        message.to,
        message.from,
        message.serviceSid ?? null,
        message.body,
        message.status,
        message.errorCode ?? null,
        message.segments,
        message.mediaCount,
        message.statusCallback ?? null,
        message.createdMs,
        message.updatedMs,
        message.sentMs ?? null,
        message.keyword ?? null,
      );
    },
    update: (message: TwilioMessage): void => {
      statement(
        `UPDATE twilio_messages SET body = ?, status = ?, error_code = ?, updated_ms = ?, sent_ms = ?
         WHERE sid = ?`,
      ).run(
        message.body,
        message.status,
        message.errorCode ?? null,
        message.updatedMs,
        message.sentMs ?? null,
        message.sid,
      );
    },
    remove: (sid: string): void => void statement('DELETE FROM twilio_messages WHERE sid = ?').run(sid),
    find: (sid: string): TwilioMessage | undefined => {
      const row = statement('SELECT * FROM twilio_messages WHERE sid = ?').get(sid);
      return row === undefined ? undefined : messageOf(row);
    },
    /** Oldest first, after that sequence number. */
    after: (sequence: number): TwilioMessage[] =>
      statement('SELECT * FROM twilio_messages WHERE sequence > ? ORDER BY sequence')
        .all(sequence)
        .map(messageOf),
    /** Newest first; either filter may be absent. */
    newest: (to: string | undefined, from: string | undefined): TwilioMessage[] =>
      statement(
        `SELECT * FROM twilio_messages
         WHERE (:to IS NULL OR recipient = :to) AND (:from IS NULL OR sender = :from)
         ORDER BY sequence DESC`,
      )
        .all({ to: to ?? null, from: from ?? null })
        .map(messageOf),
    ...createOptOutRows(store),
  };
}

function createOptOutRows({ statement }: EmulatorStore) {
  return {
    optedOut: (sender: string, recipient: string): boolean =>
      statement('SELECT 1 FROM twilio_opt_outs WHERE sender = ? AND recipient = ?').get(sender, recipient) !==
      undefined,
    optOut: (sender: string, recipient: string): void =>
      void statement('INSERT OR IGNORE INTO twilio_opt_outs VALUES (?, ?)').run(sender, recipient),
    optIn: (sender: string, recipient: string): void =>
      void statement('DELETE FROM twilio_opt_outs WHERE sender = ? AND recipient = ?').run(sender, recipient),
    /** Counts requests to send to a number, answered or not; returns how many came before. */
    countAttempt: (recipient: string): number => {
      const row = statement('SELECT attempts FROM twilio_attempts WHERE recipient = ?').get(recipient);
      const before = row === undefined ? 0 : integerOf(row, 'attempts');
      statement('INSERT OR REPLACE INTO twilio_attempts VALUES (?, ?)').run(recipient, before + 1);
      return before;
    },
  };
}

export type MessageRows = ReturnType<typeof createMessageRows>;

function messageOf(row: Row): TwilioMessage {
  return {
    sequence: integerOf(row, 'sequence'),
    sid: textOf(row, 'sid'),
    direction: directionOf(textOf(row, 'direction')),
    to: textOf(row, 'recipient'),
    from: textOf(row, 'sender'),
    serviceSid: optionalTextOf(row, 'service_sid'),
    body: textOf(row, 'body'),
    status: statusOf(textOf(row, 'status')),
    errorCode: optionalIntegerOf(row, 'error_code'),
    segments: integerOf(row, 'segments'),
    mediaCount: integerOf(row, 'media_count'),
    statusCallback: optionalTextOf(row, 'status_callback'),
    createdMs: integerOf(row, 'created_ms'),
    updatedMs: integerOf(row, 'updated_ms'),
    sentMs: optionalIntegerOf(row, 'sent_ms'),
    keyword: keywordOf(optionalTextOf(row, 'keyword')),
  };
}

const statuses: readonly TwilioStatus[] = [
  'accepted',
  'scheduled',
  'queued',
  'sending',
  'sent',
  'delivered',
  'undelivered',
  'failed',
  'canceled',
  'received',
];

export function statusOf(text: string): TwilioStatus {
  const status = statuses.find((known) => known === text);
  if (status === undefined) throw new TypeError(`no message status: ${text}`);
  return status;
}

function directionOf(text: string): TwilioDirection {
  if (text === 'inbound' || text === 'outbound-api' || text === 'outbound-reply') return text;
  throw new TypeError(`no message direction: ${text}`);
}

function keywordOf(text: string | undefined): TwilioMessage['keyword'] {
  return text === 'stop' || text === 'start' || text === 'help' ? text : undefined;
}
