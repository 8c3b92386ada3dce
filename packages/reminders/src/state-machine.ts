/** What became of a reminder: our intention for one day of one session (design 5.3). */
export const reminderStatuses = [
  'planned',
  'scheduled',
  'sending',
  'sent',
  'failed',
  'unknown',
  'delivered',
  'undelivered',
  'skipped',
  'cancelled',
  'superseded',
] as const;
export type ReminderStatus = (typeof reminderStatuses)[number];

/** What can happen to a reminder. */
export const reminderEvents = [
  /** Its one-time schedule exists. */
  'scheduled',
  /** A worker took it, and will hand over a text unless it crashes. */
  'claimed',
  /** The carrier took a text of it, by its answer, by a receipt, or by its list. */
  'accepted',
  /** The carrier answered that it will not send. */
  'rejected',
  /** Proven not handed over (429, no connection): the claim is given back. */
  'not_processed',
  /** No answer: it may have been sent. */
  'timed_out',
  /** The carrier's list, read late enough, does not show it, and it is not sent again. */
  'not_found',
  /** The carrier's list, read late enough, does not show it: the one resend is planned. */
  'resend_planned',
  'delivered',
  'undelivered',
  /** The carrier accepted the text and failed to send it. */
  'delivery_failed',
  /** The one later retry, as a new text, is planned. */
  'retry_planned',
  'skipped',
  'cancelled',
  'superseded',
] as const;
export type ReminderEvent = (typeof reminderEvents)[number];

/**
 * Why an event changes nothing: it already took effect, came too late, or presupposes a claim that never was.
 */
export type Refusal = 'repeated' | 'not_claimed' | 'already_claimed' | 'overtaken' | 'finished';
export type Transition<Status> = { ok: true; next: Status } | { ok: false; why: Refusal };

type Moves = Partial<Record<ReminderEvent, ReminderStatus>>;

const withdrawn: Moves = { skipped: 'skipped', cancelled: 'cancelled', superseded: 'superseded' };
const receipts: Moves = { delivered: 'delivered', undelivered: 'undelivered', delivery_failed: 'failed' };
// A reminder may have two texts. When one that was thought lost turns up, the repeat must not go.
const lostTextTurnsUp: Moves = { accepted: 'sent', delivered: 'delivered' };

// A failure that one later text may mend leads straight back to planned, or to failed first.
const again: Moves = { retry_planned: 'planned' };

const moves: Record<ReminderStatus, Moves> = {
  planned: { scheduled: 'scheduled', claimed: 'sending', ...withdrawn, ...lostTextTurnsUp },
  scheduled: { claimed: 'sending', ...withdrawn, ...lostTextTurnsUp },
  sending: {
    accepted: 'sent',
    rejected: 'failed',
    not_processed: 'planned',
    timed_out: 'unknown',
    ...receipts,
    ...again,
  },
  sent: { ...receipts, ...again },
  unknown: {
    accepted: 'sent',
    rejected: 'failed',
    not_found: 'failed',
    resend_planned: 'planned',
    ...receipts,
    ...again,
  },
  failed: { ...again, ...lostTextTurnsUp },
  undelivered: { ...again, ...lostTextTurnsUp },
  delivered: {},
  skipped: {},
  cancelled: {},
  superseded: {},
};

const resultOf: Record<ReminderEvent, ReminderStatus> = {
  scheduled: 'scheduled',
  claimed: 'sending',
  accepted: 'sent',
  rejected: 'failed',
  not_processed: 'planned',
  timed_out: 'unknown',
  not_found: 'failed',
  resend_planned: 'planned',
  delivered: 'delivered',
  undelivered: 'undelivered',
  delivery_failed: 'failed',
  retry_planned: 'planned',
  skipped: 'skipped',
  cancelled: 'cancelled',
  superseded: 'superseded',
};

const withdrawals: ReadonlySet<ReminderEvent> = new Set(['skipped', 'cancelled', 'superseded']);
const beginnings: ReadonlySet<ReminderEvent> = new Set(['scheduled', 'claimed']);

/** Where an event leads, for every status and every event (design 5.3). Never throws. */
export function transition(status: ReminderStatus, event: ReminderEvent): Transition<ReminderStatus> {
  const next = moves[status][event];
  return next === undefined ? { ok: false, why: refusal(status, event) } : { ok: true, next };
}

/** Whether any event leads from one status to the other: what a checker of stored histories asks. */
export function isAllowedMove(from: ReminderStatus, to: ReminderStatus): boolean {
  return Object.values(moves[from]).includes(to);
}

/** Nothing that can happen changes it any more. */
export function isFinal(status: ReminderStatus): boolean {
  return Object.keys(moves[status]).length === 0;
}

/** Still to be claimed: cancelling or amending the session stops it. */
export function isOpen(status: ReminderStatus): boolean {
  return status === 'planned' || status === 'scheduled';
}

/**
 * A text of it went, or may have gone: it counts against the limits and is never planned again (design 5.3).
 */
export function countsAsSent(status: ReminderStatus): boolean {
  return status === 'sending' || status === 'sent' || status === 'unknown' || status === 'delivered';
}

function refusal(status: ReminderStatus, event: ReminderEvent): Refusal {
  if (resultOf[event] === status) return event === 'claimed' ? 'already_claimed' : 'repeated';
  if (isFinal(status)) return 'finished';
  if (isOpen(status)) return 'not_claimed';
  if (withdrawals.has(event) || beginnings.has(event)) return 'already_claimed';
  return 'overtaken';
}

/** What became of handing one text to the carrier. */
export const messageStatuses = ['sending', 'sent', 'failed', 'unknown'] as const;
export type MessageStatus = (typeof messageStatuses)[number];
/** `receipt`: any status callback with our reference, which proves that the carrier has the text. */
export const messageEvents = [
  'accepted',
  'rejected',
  'not_processed',
  'timed_out',
  'found',
  'not_found',
  'receipt',
] as const;
export type MessageEvent = (typeof messageEvents)[number];

const messageMoves: Record<MessageStatus, Partial<Record<MessageEvent, MessageStatus>>> = {
  sending: {
    accepted: 'sent',
    rejected: 'failed',
    not_processed: 'failed',
    timed_out: 'unknown',
    found: 'sent',
    not_found: 'failed',
    receipt: 'sent',
  },
  unknown: { accepted: 'sent', rejected: 'failed', found: 'sent', not_found: 'failed', receipt: 'sent' },
  // Written off because the list did not show it, and yet the carrier reports on it.
  failed: { found: 'sent', receipt: 'sent' },
  sent: {},
};
const messageResults: Record<MessageEvent, MessageStatus> = {
  accepted: 'sent',
  rejected: 'failed',
  not_processed: 'failed',
  timed_out: 'unknown',
  found: 'sent',
  not_found: 'failed',
  receipt: 'sent',
};

/** Where an event leads for one text, for every status and event. A text starts as `sending`: claimed. */
export function messageTransition(status: MessageStatus, event: MessageEvent): Transition<MessageStatus> {
  const next = messageMoves[status][event];
  if (next !== undefined) return { ok: true, next };
  return { ok: false, why: messageResults[event] === status ? 'repeated' : 'overtaken' };
}
