import type { Instant } from '@aftercare/time/instant';
import { addHours, addMinutes, hoursBetween, isBefore, secondsBetween } from '@aftercare/time/instant';
import { isInside, nextOpening } from '@aftercare/time/window';
import type { ConversationContext } from './context.ts';
import type { NoReplyReason } from './decision.ts';

/** Issue 4 and Twilio 14107: two machines must not talk to each other for ever. */
export const capShort = { replies: 3, minutes: 10 };
export const capLong = { replies: 10, hours: 24 };
/** Product-rules 8: later than this, a calm reply waits for the next window. */
const freshMinutes = 30;
const severeOnceMinutes = 10;

/** Why a calm reply must not go out, or when it may; `undefined` = now. */
export function calmReplyGuard(
  context: ConversationContext,
  timeZone: string,
  answersQuestion: boolean,
): { readonly refuse: NoReplyReason } | { readonly deferUntil: Instant } | undefined {
  const { now, phone, text } = context;
  const recent = phone.repliesAt.filter((at) => isBefore(addMinutes(now, -capShort.minutes), at));
  const today = phone.repliesAt.filter((at) => isBefore(addHours(now, -capLong.hours), at));
  if (recent.length >= capShort.replies || today.length >= capLong.replies) return { refuse: 'loop_cap' };
  if (!answersQuestion && isRepeated(context)) return { refuse: 'same_text_again' };
  if (secondsBetween(text.receivedAt, now) <= freshMinutes * 60) return undefined;
  if (context.laterTextWaiting) return { refuse: 'later_text_waiting' };
  if (isInside(now, context.clinic.window, timeZone)) return undefined;
  return { deferUntil: nextOpening(now, context.clinic.window, timeZone) };
}

/** Product-rules 6: an identical severe reply goes at most once in 10 minutes. */
export function severeReplyGuard(
  context: ConversationContext,
  templateId: string,
): NoReplyReason | undefined {
  const last = context.phone.lastSevereReply;
  if (last === undefined || last.templateId !== templateId) return undefined;
  return secondsBetween(last.at, context.now) < severeOnceMinutes * 60
    ? 'same_severe_reply_within_10_minutes'
    : undefined;
}

function isRepeated(context: ConversationContext): boolean {
  const previous = context.earlier.at(-1);
  if (previous === undefined || context.text.mediaCount > 0) return false;
  const same = previous.body.trim().toLowerCase() === context.text.body.trim().toLowerCase();
  return same && hoursBetween(previous.at, context.text.receivedAt) * 60 < severeOnceMinutes;
}
