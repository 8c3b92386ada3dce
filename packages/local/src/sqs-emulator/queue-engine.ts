import { randomUUID } from 'node:crypto';
import type { EmulatorStore } from '../store/emulator-store.ts';
import { integerOf, optionalIntegerOf, type Row, textOf } from '../store/row.ts';
import {
  type MessageAttributes,
  md5Hex,
  md5OfMessageAttributes,
  parseMessageAttributes,
} from './message-attributes.ts';
import {
  defaultQueueAttributes,
  parseAttributes,
  parseRedrive,
  type QueueAttributes,
} from './queue-attributes.ts';

export type ReceivedMessage = {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly md5OfBody: string;
  readonly messageAttributes: MessageAttributes;
  readonly receiveCount: number;
  readonly sentAtMs: number;
  readonly firstReceivedAtMs: number;
};

export type SendRequest = {
  readonly body: string;
  readonly delaySeconds?: number | undefined;
  readonly attributes?: MessageAttributes | undefined;
};

export type SentMessage = {
  readonly messageId: string;
  readonly md5OfBody: string;
  readonly md5OfAttributes?: string;
};

export type QueueEngine = {
  readonly create: (name: string, attributes: QueueAttributes) => void;
  readonly setAttributes: (name: string, attributes: QueueAttributes) => void;
  readonly remove: (name: string) => void;
  readonly names: () => readonly string[];
  readonly attributes: (name: string) => QueueAttributes | undefined;
  readonly send: (queue: string, request: SendRequest) => SentMessage;
  readonly receive: (queue: string, limit: number, visibilitySeconds?: number) => readonly ReceivedMessage[];
  readonly delete: (queue: string, receiptHandle: string) => boolean;
  readonly changeVisibility: (queue: string, receiptHandle: string, seconds: number) => boolean;
  readonly purge: (queue: string) => void;
  readonly counts: (queue: string) => {
    readonly visible: number;
    readonly inFlight: number;
    readonly delayed: number;
  };
  /** Epoch ms at which the next message of these queues can be received; may lie in the past. */
  readonly nextVisibleMs: (queues: readonly string[]) => number | undefined;
  /** Called after every send, so that a waiting receiver can look. */
  readonly onSend: (listener: () => void) => () => void;
};

const schema = `
  CREATE TABLE IF NOT EXISTS queues (name TEXT PRIMARY KEY, attributes TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS queue_messages (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    message_id TEXT NOT NULL UNIQUE,
    queue TEXT NOT NULL,
    body TEXT NOT NULL,
    attributes TEXT NOT NULL,
    sent_at_ms INTEGER NOT NULL,
    visible_at_ms INTEGER NOT NULL,
    delayed INTEGER NOT NULL,
    receive_count INTEGER NOT NULL DEFAULT 0,
    first_received_at_ms INTEGER,
    receipt_handle TEXT
  ) STRICT;
  CREATE INDEX IF NOT EXISTS queue_messages_visible ON queue_messages (queue, visible_at_ms);
`;

/**
 * Standard queues on the movable clock: delay, visibility time-out, redrive to a DLQ, retention. Every
 * change is in the store before the call returns.
 */
export function createQueueEngine(store: EmulatorStore, nowMs: () => number): QueueEngine {
  store.define(schema);
  const listeners = new Set<() => void>();
  const attributesOf = (name: string): QueueAttributes | undefined => {
    const row = store.statement('SELECT attributes FROM queues WHERE name = ?').get(name);
    return row === undefined ? undefined : parseAttributes(textOf(row, 'attributes'));
  };
  const saveQueue = (name: string, attributes: QueueAttributes): void => {
    store
      .statement('INSERT OR REPLACE INTO queues (name, attributes) VALUES (?, ?)')
      .run(name, JSON.stringify(attributes));
  };
  return {
    create: (name, attributes) => saveQueue(name, { ...defaultQueueAttributes, ...attributes }),
    setAttributes: (name, attributes) => saveQueue(name, { ...(attributesOf(name) ?? {}), ...attributes }),
    remove: (name) =>
      store.transaction(() => {
        store.statement('DELETE FROM queue_messages WHERE queue = ?').run(name);
        store.statement('DELETE FROM queues WHERE name = ?').run(name);
      }),
    names: () =>
      store
        .statement('SELECT name FROM queues ORDER BY name')
        .all()
        .map((row) => textOf(row, 'name')),
    attributes: attributesOf,
    send: (queue, request) => {
      const sent = insertMessage(store, queue, request, attributesOf(queue) ?? {}, nowMs());
      for (const listener of listeners) listener();
      return sent;
    },
    receive: (queue, limit, visibilitySeconds) =>
      store.transaction(() =>
        takeMessages(store, queue, attributesOf(queue) ?? {}, limit, visibilitySeconds, nowMs()),
      ),
    delete: (queue, receiptHandle) =>
      store
        .statement('DELETE FROM queue_messages WHERE queue = ? AND message_id = ?')
        .run(queue, messageIdOf(receiptHandle)).changes === 1,
    changeVisibility: (queue, receiptHandle, seconds) =>
      store
        .statement('UPDATE queue_messages SET visible_at_ms = ? WHERE queue = ? AND receipt_handle = ?')
        .run(nowMs() + seconds * 1000, queue, receiptHandle).changes === 1,
    purge: (queue) => void store.statement('DELETE FROM queue_messages WHERE queue = ?').run(queue),
    counts: (queue) => countMessages(store, queue, nowMs()),
    nextVisibleMs: (queues) => earliestVisible(store, queues),
    onSend: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function insertMessage(
  store: EmulatorStore,
  queue: string,
  request: SendRequest,
  attributes: QueueAttributes,
  nowMs: number,
): SentMessage {
  const messageId = randomUUID();
  const delaySeconds = request.delaySeconds ?? Number(attributes.DelaySeconds ?? 0);
  const messageAttributes = request.attributes ?? {};
  store
    .statement(
      `INSERT INTO queue_messages (message_id, queue, body, attributes, sent_at_ms, visible_at_ms, delayed)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      messageId,
      queue,
      request.body,
      JSON.stringify(messageAttributes),
      nowMs,
      nowMs + delaySeconds * 1000,
      delaySeconds > 0 ? 1 : 0,
    );
  const md5OfAttributes = md5OfMessageAttributes(messageAttributes);
  return {
    messageId,
    md5OfBody: md5Hex(request.body),
    ...(md5OfAttributes === undefined ? {} : { md5OfAttributes }),
  };
}

function takeMessages(
  store: EmulatorStore,
  queue: string,
  attributes: QueueAttributes,
  limit: number,
  visibilitySeconds: number | undefined,
  nowMs: number,
): ReceivedMessage[] {
  const retentionMs = Number(attributes.MessageRetentionPeriod ?? 345_600) * 1000;
  store
    .statement('DELETE FROM queue_messages WHERE queue = ? AND sent_at_ms < ?')
    .run(queue, nowMs - retentionMs);
  const redrive = parseRedrive(attributes.RedrivePolicy);
  const visibleAtMs = nowMs + (visibilitySeconds ?? Number(attributes.VisibilityTimeout ?? 30)) * 1000;
  const taken: ReceivedMessage[] = [];
  const candidates = store
    .statement(
      'SELECT * FROM queue_messages WHERE queue = ? AND visible_at_ms <= ? ORDER BY visible_at_ms, sequence',
    )
    .iterate(queue, nowMs);
  const rows: Row[] = [];
  for (const row of candidates) {
    rows.push(row);
    if (rows.length >= limit + 50) break;
  }
  for (const row of rows) {
    if (taken.length === limit) break;
    const count = integerOf(row, 'receive_count');
    if (redrive !== undefined && count >= redrive.maxReceiveCount)
      moveToDlq(store, row, redrive.queue, nowMs);
    else taken.push(markReceived(store, row, count + 1, visibleAtMs, nowMs));
  }
  return taken;
}

function moveToDlq(store: EmulatorStore, row: Row, dlq: string, nowMs: number): void {
  store
    .statement(
      `UPDATE queue_messages SET queue = ?, visible_at_ms = ?, receive_count = 0, receipt_handle = NULL
       WHERE message_id = ?`,
    )
    .run(dlq, nowMs, textOf(row, 'message_id'));
}

function markReceived(
  store: EmulatorStore,
  row: Row,
  receiveCount: number,
  visibleAtMs: number,
  nowMs: number,
): ReceivedMessage {
  const messageId = textOf(row, 'message_id');
  const receiptHandle = `${messageId}:${randomUUID()}`;
  const firstReceivedAtMs = optionalIntegerOf(row, 'first_received_at_ms') ?? nowMs;
  store
    .statement(
      `UPDATE queue_messages SET visible_at_ms = ?, delayed = 0, receive_count = ?, receipt_handle = ?,
       first_received_at_ms = ? WHERE message_id = ?`,
    )
    .run(visibleAtMs, receiveCount, receiptHandle, firstReceivedAtMs, messageId);
  const body = textOf(row, 'body');
  return {
    messageId,
    receiptHandle,
    body,
    md5OfBody: md5Hex(body),
    messageAttributes: parseMessageAttributes(textOf(row, 'attributes')),
    receiveCount,
    sentAtMs: integerOf(row, 'sent_at_ms'),
    firstReceivedAtMs,
  };
}

function countMessages(
  store: EmulatorStore,
  queue: string,
  nowMs: number,
): { visible: number; inFlight: number; delayed: number } {
  const row = store
    .statement(
      `SELECT COUNT(*) FILTER (WHERE visible_at_ms <= :now) AS visible,
         COUNT(*) FILTER (WHERE visible_at_ms > :now AND delayed = 1) AS delayed,
         COUNT(*) FILTER (WHERE visible_at_ms > :now AND delayed = 0) AS in_flight
       FROM queue_messages WHERE queue = :queue`,
    )
    .get({ now: nowMs, queue });
  if (row === undefined) throw new Error('an aggregate always has a row');
  return {
    visible: integerOf(row, 'visible'),
    inFlight: integerOf(row, 'in_flight'),
    delayed: integerOf(row, 'delayed'),
  };
}

function earliestVisible(store: EmulatorStore, queues: readonly string[]): number | undefined {
  let earliest: number | undefined;
  for (const queue of queues) {
    const row = store
      .statement('SELECT MIN(visible_at_ms) AS at FROM queue_messages WHERE queue = ?')
      .get(queue);
    const atMs = row === undefined ? undefined : optionalIntegerOf(row, 'at');
    if (atMs !== undefined && (earliest === undefined || atMs < earliest)) earliest = atMs;
  }
  return earliest;
}

/** A handle is `<messageId>:<receive>`; SQS deletes by any handle of the message, also an older one. */
function messageIdOf(receiptHandle: string): string {
  return receiptHandle.split(':')[0] ?? '';
}
