import { randomBytes } from 'node:crypto';
import { segmentsOf } from '@aftercare/sms/encoding';
import { parseUsPhone } from '@aftercare/sms/phone-number';
import type { LocalAnswer } from '../http/loopback-server.ts';
import type { EmulatorStore } from '../store/emulator-store.ts';
import type { TwilioAccount } from './account.ts';
import { type CreateFate, fateOf, magicNumbers, type NumberFate } from './magic-numbers.ts';
import { messageAnswer } from './message-answer.ts';
import type { MessageRows, TwilioStatus } from './message-rows.ts';
import type { MessageTimers } from './message-timers.ts';
import { refuse } from './twilio-error.ts';

/** What sending and receiving share. */
export type TwilioParts = {
  readonly store: EmulatorStore;
  readonly rows: MessageRows;
  readonly timers: MessageTimers;
  readonly account: TwilioAccount;
  readonly nowMs: () => number;
};

const bodyCharactersMax = 1600;
const sentAfterMs = 1_000;
const receiptAfterMs = 3_000;
const sendAtMinMs = 300_000;
const sendAtMaxMs = 35 * 86_400_000;

/** `POST Messages.json`. */
export function createMessage(parts: TwilioParts, form: URLSearchParams): LocalAnswer {
  const to = form.get('To') ?? '';
  const sender = senderOf(parts.account, form);
  if (to === '') return refuse(21604);
  if (typeof sender === 'number') return refuse(sender);
  const problem = requestProblem(form, to, sender.from);
  if (problem !== undefined) return refuse(problem);
  const sendAtMs = sendAtOf(form, sender.serviceSid, parts.nowMs());
  if (sendAtMs === 'late') return refuse(35114);
  if (sendAtMs === 'unserviced') return refuse(35118);
  const fate = fateOf(to, parts.rows.countAttempt(to));
  if (fate.create.kind === 'refused') return refuse(fate.create.code, fate.create.status);
  if (parts.rows.optedOut(sender.from, to)) return refuse(21610);
  const sid = parts.store.transaction(() => store(parts, form, { to, ...sender, fate, sendAtMs }));
  return answerAccepted(parts, sid, fate.create);
}

function answerAccepted(parts: TwilioParts, sid: string, create: CreateFate): LocalAnswer {
  switch (create.kind) {
    case 'acceptedButReset':
      return { status: 'reset' };
    case 'acceptedButSilent':
      return { status: 'silent' };
    case 'acceptedButError':
      return refuse(20500, create.status);
    case 'refused':
      return refuse(create.code, create.status);
    case 'accepted': {
      const message = parts.rows.find(sid);
      if (message === undefined) throw new Error('a message just stored can be read');
      const body = JSON.stringify(messageAnswer(parts.account.accountSid, message));
      return { status: 201, headers: { 'content-type': 'application/json' }, body };
    }
  }
}

type Sender = { readonly from: string; readonly serviceSid: string | undefined };

/** The sender, or the code to refuse with. */
function senderOf(account: TwilioAccount, form: URLSearchParams): Sender | number {
  const serviceSid = form.get('MessagingServiceSid') ?? undefined;
  const named = form.get('From') ?? undefined;
  if (serviceSid === undefined && named === undefined) return 21603;
  const pool = serviceSid === undefined ? undefined : account.services?.get(serviceSid);
  if (serviceSid !== undefined && pool === undefined) return 21701;
  const from = named ?? pool?.[0];
  if (from === undefined || !/^\+?[0-9]{3,15}$/.test(from)) return 21212;
  if (!account.numbers().has(from)) return 21606;
  return { from, serviceSid };
}

function requestProblem(form: URLSearchParams, to: string, from: string): number | undefined {
  const body = form.get('Body') ?? '';
  if (body === '' && !form.has('MediaUrl')) return 21602;
  if ([...body].length > bodyCharactersMax) return 21617;
  if (to === from) return 21266;
  if (!magicNumbers.has(to)) {
    if (!/^\+[1-9][0-9]{6,14}$/.test(to)) return 21211;
    const phone = parseUsPhone(to);
    if (!phone.ok) return phone.code === 'malformed' ? 21211 : 21408;
  }
  const validity = form.get('ValidityPeriod');
  if (validity !== null && !(/^\d+$/.test(validity) && Number(validity) >= 1 && Number(validity) <= 36_000))
    return 21624;
  const callback = form.get('StatusCallback');
  if (callback !== null && !isCallbackUrl(callback)) return 21609;
  return undefined;
}

/** Twilio refuses host names with an underscore. */
function isCallbackUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && !url.hostname.includes('_');
}

function sendAtOf(
  form: URLSearchParams,
  serviceSid: string | undefined,
  nowMs: number,
): number | undefined | 'late' | 'unserviced' {
  if (!form.has('ScheduleType')) return undefined;
  if (serviceSid === undefined) return 'unserviced';
  const atMs = Date.parse(form.get('SendAt') ?? '');
  return atMs >= nowMs + sendAtMinMs && atMs <= nowMs + sendAtMaxMs ? atMs : 'late';
}

function store(
  parts: TwilioParts,
  form: URLSearchParams,
  plan: Sender & { to: string; fate: NumberFate; sendAtMs: number | undefined },
): string {
  const nowMs = parts.nowMs();
  const body = form.get('Body') ?? '';
  const mediaCount = form.getAll('MediaUrl').length;
  const sid = newSid(mediaCount > 0 ? 'MM' : 'SM');
  parts.rows.insert({
    sid,
    direction: 'outbound-api',
    to: plan.to,
    from: plan.from,
    serviceSid: plan.serviceSid,
    body,
    status: initialStatus(plan),
    errorCode: undefined,
    segments: segmentsOf(body),
    mediaCount,
    statusCallback: form.get('StatusCallback') ?? undefined,
    createdMs: nowMs,
    updatedMs: nowMs,
    sentMs: undefined,
    keyword: undefined,
  });
  planFate(parts.timers, sid, plan.fate, plan.sendAtMs ?? nowMs);
  return sid;
}

/** No callback is ever sent for the first status. */
function initialStatus(plan: { serviceSid: string | undefined; sendAtMs: number | undefined }): TwilioStatus {
  if (plan.sendAtMs !== undefined) return 'scheduled';
  return plan.serviceSid === undefined ? 'queued' : 'accepted';
}

/** Sets the timers that carry a text to its end. */
export function planFate(timers: MessageTimers, sid: string, fate: NumberFate, fromMs: number): void {
  const callbacks = fate.callbacks === 'none' ? 0 : fate.callbacks === 'normal' ? 1 : 2;
  const { status, errorCode } = fate.later;
  const end = {
    kind: 'status',
    sid,
    status,
    callbacks,
    ...(errorCode === undefined ? {} : { errorCode }),
  } as const;
  const sent = { kind: 'status', sid, status: 'sent', callbacks } as const;
  if (fate.callbacks === 'doubledAndReversed') {
    timers.set(fromMs + sentAfterMs, end);
    timers.set(fromMs + receiptAfterMs, sent);
    return;
  }
  if (status !== 'failed') timers.set(fromMs + sentAfterMs, sent);
  if (status !== 'sent') timers.set(fromMs + receiptAfterMs, end);
}

export function newSid(prefix: 'SM' | 'MM'): string {
  return `${prefix}${randomBytes(16).toString('hex')}`;
}
