import { addMinutes, type Instant, isBefore, latest } from '@aftercare/time/instant';

/** Kinds of texts, by what a lost one costs. */
export type SettledKind = 'confirmation' | 'reminder' | 'reply' | 'opt_out' | 'alert' | 'notice';

/** What the carrier's list of texts to that number, since the claim, says. */
export type Listing = 'not_done' | 'found' | 'not_found' | 'failed';

export type UnknownSend = {
  claimedAt: Instant;
  /** When the list was read, or now when it was not. */
  now: Instant;
  kind: SettledKind;
  listing: Listing;
  /** How often this text was sent once more already. */
  resendsDone: number;
  /** Reminders and confirmations only: when their window on their date is over. */
  windowClosesAt?: Instant;
};

export type Settlement =
  | { do: 'wait'; until: Instant }
  | { do: 'list' }
  | { do: 'sent' }
  | { do: 'resend' }
  /** It never left, and it is not sent again. */
  | { do: 'not_sent' }
  /** Nobody will ever know; the clinic is told. */
  | { do: 'final_unknown' }
  /** A patient may be waiting for an answer: a person must look. */
  | { do: 'human' };

/** Twilio's list may lag behind an accepted text by this much (design 5.3, 7.1). */
export const listAfterMinutes = 10;
export const resendAfterMinutes = 15;
const relistMinutes = 5;
const giveUpMinutes = 60;

/**
 * What to do with a text whose hand-over got no answer, when no receipt with our reference has settled it
 * (design 5.3, twilio-and-sms-rules 1.5). Never before 10 minutes; a resend once, for a reminder inside its
 * window, never before 15 minutes and never after a listing that failed.
 */
export function settleUnknown(unknown: UnknownSend): Settlement {
  const { claimedAt, now } = unknown;
  if (unknown.listing === 'found') return { do: 'sent' };
  const listAt = addMinutes(claimedAt, listAfterMinutes);
  if (isBefore(now, listAt)) return { do: 'wait', until: listAt };
  switch (unknown.listing) {
    case 'not_done':
      return { do: 'list' };
    case 'failed':
      return afterFailedListing(unknown);
    case 'not_found':
      return afterEmptyListing(unknown);
  }
}

function afterFailedListing({ claimedAt, now, kind, windowClosesAt }: UnknownSend): Settlement {
  const again: Settlement = { do: 'wait', until: addMinutes(now, relistMinutes) };
  switch (kind) {
    case 'reply':
    case 'notice':
      return isBefore(now, addMinutes(claimedAt, resendAfterMinutes)) ? again : { do: 'human' };
    case 'confirmation':
    case 'reminder':
    case 'opt_out':
    case 'alert': {
      const patienceEndsAt = addMinutes(claimedAt, giveUpMinutes);
      const giveUpAt = windowClosesAt === undefined ? patienceEndsAt : latest(patienceEndsAt, windowClosesAt);
      return isBefore(now, giveUpAt) ? again : { do: 'final_unknown' };
    }
  }
}

function afterEmptyListing({ claimedAt, now, kind, resendsDone, windowClosesAt }: UnknownSend): Settlement {
  switch (kind) {
    case 'reply':
    case 'notice':
      return { do: 'human' };
    case 'opt_out':
    case 'alert':
    case 'confirmation':
    case 'reminder': {
      // The text left up to a function's time-out after its claim, and the list has ten minutes from then.
      const certainAt = addMinutes(claimedAt, resendAfterMinutes);
      if (isBefore(now, certainAt)) return { do: 'wait', until: certainAt };
      const inWindow = windowClosesAt !== undefined && isBefore(now, windowClosesAt);
      return kind === 'reminder' && resendsDone < 1 && inWindow ? { do: 'resend' } : { do: 'not_sent' };
    }
  }
}
