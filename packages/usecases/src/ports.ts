import type { Instant } from '@aftercare/time/instant';

/**
 * The outside world, as the use cases see it. One method is one SDK call, so that a fault injected at a
 * method is a fault that can happen. Every port has a real and a memory adapter under one contract suite.
 */

/** What an attribute can hold. `undefined` is never stored. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
export type Item = { [name: string]: Json };
export type Key = { readonly pk: string; readonly sk: string };

/** A guard on one stored item, read as a sentence. Attribute names are top-level. */
export type Condition =
  | { readonly is: 'absent' }
  | { readonly is: 'present' }
  | { readonly is: 'attributeAbsent'; readonly attribute: string }
  | { readonly is: 'attributePresent'; readonly attribute: string }
  | { readonly is: 'equal'; readonly attribute: string; readonly value: Json }
  | { readonly is: 'oneOf'; readonly attribute: string; readonly values: readonly Json[] }
  | { readonly is: 'below'; readonly attribute: string; readonly value: number | string }
  | { readonly is: 'all'; readonly of: readonly Condition[] }
  | { readonly is: 'any'; readonly of: readonly Condition[] };

export type Put = { readonly write: 'put'; readonly item: Item & Key; readonly condition?: Condition };
export type Update = {
  readonly write: 'update';
  readonly key: Key;
  readonly set?: Item;
  readonly remove?: readonly string[];
  readonly add?: { readonly [attribute: string]: number };
  readonly condition?: Condition;
};
export type Delete = { readonly write: 'delete'; readonly key: Key; readonly condition?: Condition };
export type Check = { readonly write: 'check'; readonly key: Key; readonly condition: Condition };
export type Write = Put | Update | Delete | Check;

/** `conflict`: a condition did not hold (or another transaction was in the way); nothing was written. */
export type TransactResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly failed: readonly { readonly index: number; readonly stored?: Item }[] };

export type WriteResult =
  | { readonly ok: true; readonly item?: Item }
  | { readonly ok: false; readonly stored?: Item };

export type QueryRange = {
  readonly pk: string;
  readonly skPrefix?: string;
  /** Exclusive lower bound of `sk`; together with `skPrefix` it pages. */
  readonly after?: string;
  readonly descending?: boolean;
  readonly limit?: number;
};

/** The one table (design 4). Reads are strongly consistent, except `workDue`. */
export type Table = {
  get(key: Key): Promise<Item | undefined>;
  /**
   * Up to 100 different items in one call, in the order of the keys. Each is read for itself: together they
   * need not be what the table held at any one moment.
   */
  getAll(keys: readonly Key[]): Promise<readonly (Item | undefined)[]>;
  /** One page; `next` is the `sk` to pass as `after` while there is more. */
  query(range: QueryRange): Promise<{ readonly items: readonly Item[]; readonly next?: string }>;
  /** One write. An update answers with the whole new item. */
  write(write: Put | Update | Delete): Promise<WriteResult>;
  /** All or nothing; at most 100 writes, no two on one item. */
  transact(writes: readonly Write[]): Promise<TransactResult>;
  /** Keys of rows in a work shard whose `attendAt` is not after `until`. May lag: decide by `get`. */
  workDue(
    shard: string,
    until: Instant,
    limit: number,
    after?: string,
  ): Promise<{ readonly keys: readonly Key[]; readonly next?: string }>;
};

export type QueueName =
  | 'reminders-due'
  | 'inbound-received'
  | 'alerts-due'
  | 'webhooks-due'
  | 'inbound-fallback';

/** One-time schedules (EventBridge Scheduler), each targeting a queue. */
export type Schedules = {
  /** `exists`: a schedule of that name is there already, which is as good. */
  create(schedule: {
    readonly name: string;
    readonly at: Instant;
    readonly queue: QueueName;
    readonly body: Item;
    /** After this many seconds an undelivered event is dropped rather than arriving at night (60–86,400). */
    readonly maximumEventAgeSeconds: number;
  }): Promise<'created' | 'exists'>;
  remove(name: string): Promise<'removed' | 'absent'>;
};

export type Queues = {
  /** `delaySeconds` 0–900. */
  enqueue(queue: QueueName, body: Item, delaySeconds?: number): Promise<void>;
  /** Throws unless every message was accepted; some of them may have been. */
  enqueueAll(queue: QueueName, bodies: readonly Item[]): Promise<void>;
};

/** The carrier's word for a message, provider spellings already translated. */
export type CarrierStatus =
  | 'accepted'
  | 'queued'
  | 'sending'
  | 'sent'
  | 'delivered'
  | 'undelivered'
  | 'failed'
  | 'canceled';

export type SendOutcome =
  | {
      readonly kind: 'accepted';
      readonly providerSid: string;
      readonly status: CarrierStatus;
      readonly segments?: number;
    }
  /** The provider answered that it will not send; `code` is its error code. */
  | { readonly kind: 'rejected'; readonly code: number | undefined; readonly httpStatus: number }
  /** Proven not processed (429, no connection made): safe to try again. */
  | { readonly kind: 'not_processed'; readonly code: number | undefined }
  /** Time-out, reset after bytes were sent, 5xx: it may have been sent. Never send again on this alone. */
  | { readonly kind: 'unknown'; readonly cause: string };

export type ListedMessage = {
  readonly providerSid: string;
  readonly direction: 'inbound' | 'outbound';
  readonly to: string;
  readonly from: string;
  readonly body: string;
  readonly status: CarrierStatus | 'received';
  readonly errorCode?: number;
  readonly createdAt: Instant;
};

export type Sms = {
  send(message: {
    readonly to: string;
    readonly from: string;
    readonly body: string;
    /** Opaque reference that comes back in the status callback's URL; never a phone number. */
    readonly ref: string;
    readonly validityPeriodSeconds: number;
    /** The clinic's sender pool, when `from` belongs to one; alert numbers do not. */
    readonly messagingServiceSid?: string;
  }): Promise<SendOutcome>;
  /** All messages to `to` (and/or from `from`) created at or after `since`. */
  list(filter: {
    readonly to?: string;
    readonly from?: string;
    readonly since: Instant;
  }): Promise<
    | { readonly kind: 'listed'; readonly messages: readonly ListedMessage[] }
    | { readonly kind: 'failed'; readonly cause: string }
  >;
};

export type WebhookOutcome =
  | { readonly kind: 'answered'; readonly httpStatus: number; readonly retryAfterSeconds?: number }
  | { readonly kind: 'failed'; readonly cause: string }
  /** The address itself is not allowed (private range, not https, redirect). */
  | { readonly kind: 'refused'; readonly cause: string };

export type ClinicWebhook = {
  /** One signed attempt (Standard Webhooks); every active secret signs. */
  post(request: {
    readonly url: string;
    readonly webhookId: string;
    readonly sentAt: Instant;
    readonly body: string;
    readonly secrets: readonly string[];
  }): Promise<WebhookOutcome>;
};

/** What only Secrets Manager (or the local secret file) holds. Lists are newest first; all are active. */
export type SystemSecrets = {
  readonly twilioAccountSid: string;
  readonly twilioAuthTokens: readonly string[];
  /** Base64 of 32 bytes: keys `phoneKey`. Never rotated (design 4). */
  readonly phonePepper: string;
  /** Base64 of 32 bytes each: AES-256-GCM keys under which clinic secrets are stored. */
  readonly dataKeys: readonly { readonly id: string; readonly key: string }[];
};
export type Secrets = { current(): Promise<SystemSecrets> };

export type Clock = { now(): Instant };
export type Random = {
  /** 26 characters, sortable by the time given. */
  ulid(at: Instant): string;
  /** Uniform in [0, 1). */
  fraction(): number;
  /** Secret material. */
  bytes(count: number): Uint8Array;
};

/** Ids, codes, counts and reasons only: no phone number, name, text or secret. */
export type LogFields = { readonly [name: string]: string | number | boolean | undefined };
export type Log = {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
};
export type Metrics = {
  count(name: string, value?: number, dimension?: { readonly [name: string]: string }): void;
  seconds(name: string, value: number): void;
};

/** Everything a use case may reach. Each takes the part it needs: `Pick<System, 'table' | 'clock'>`. */
export type System = {
  readonly table: Table;
  readonly schedules: Schedules;
  readonly queues: Queues;
  readonly sms: Sms;
  readonly clinicWebhook: ClinicWebhook;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Settings of the deployment, from the environment at composition. */
  readonly settings: Settings;
};

export type Settings = {
  /** `emulator`: nothing leaves this machine, so draft content may be sent to anybody (product-rules 1). */
  readonly carrier: 'emulator' | 'live';
  /** When set, only these numbers are ever sent to (design 5.10). */
  readonly allowedNumbers?: readonly string[];
};
