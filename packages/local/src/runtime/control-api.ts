import { problemOf } from '@aftercare/contract/problem';
import { validate } from '@aftercare/contract/validate';
import { parseUsPhone } from '@aftercare/sms/phone-number';
import { parseDuration } from '@aftercare/time/duration';
import { epochMs, parseInstant } from '@aftercare/time/instant';
import * as z from 'zod';
import type { MovableClock } from '../clock/movable-clock.ts';
import type { Timekeeper } from '../clock/timekeeper.ts';
import type { LocalAnswer, LocalRequest } from '../http/loopback-server.ts';
import type { TwilioEmulator } from '../twilio-emulator/twilio-emulator.ts';
import type { MessageLog, ShownMessage } from './message-log.ts';

/** What `/local/info` tells; only a program on this machine can ask. */
export type LocalInfo = {
  readonly clinicId: string;
  readonly webhookSecret: string;
  readonly clinicPhone: string;
  readonly alertPhone: string;
  readonly onCallPhone: string;
  readonly twilioAccountSid: string;
  readonly twilioAuthToken: string;
  readonly live: boolean;
  readonly endpoints: Readonly<
    Record<'api' | 'console' | 'dynamodb' | 'scheduler' | 'sqs' | 'twilio', string>
  >;
};

export type ControlParts = {
  readonly info: LocalInfo;
  readonly clock: MovableClock;
  readonly timekeeper: Timekeeper;
  readonly messageLog: MessageLog;
  readonly carrier: TwilioEmulator;
  /** Brings the emulated account's numbers up to date before a text comes in. */
  readonly refreshNumbers: () => Promise<void>;
  readonly onChange: (listener: () => void) => () => void;
};

export type PhoneText = {
  readonly from: string;
  readonly to?: string;
  readonly body: string;
  readonly mediaUrls?: readonly string[];
};

const clockMove = z.union([
  z.strictObject({ advanceBy: z.string() }),
  z.strictObject({ advanceTo: z.string() }),
  z.strictObject({ toNext: z.literal(true) }),
]);
const phoneText = z.strictObject({
  from: z.string(),
  to: z.string().optional(),
  body: z.string().max(1600, 'must be at most 1600 characters'),
  mediaUrls: z.array(z.url()).max(10).optional(),
});

/** Two years: far beyond every timer of the system, and a slip of the pen still ends. */
const advanceMaxSeconds = 2 * 366 * 86_400;

/** The control endpoints of design 6.3. `undefined` for paths that are not among them. */
export async function answerControl(
  parts: ControlParts,
  request: LocalRequest,
): Promise<LocalAnswer | undefined> {
  if (!request.rawPath.startsWith('/local/')) return undefined;
  if (isFromElsewhere(request)) return refuse(403, 'The control endpoints answer this machine only.');
  const call = `${request.method} ${request.rawPath}`;
  switch (call) {
    case 'GET /local/info':
      return json(parts.info);
    case 'GET /local/clock':
      return json({ now: parts.clock.now() });
    case 'POST /local/clock':
      return moveClock(parts, request);
    case 'GET /local/messages':
      return json(await parts.messageLog.after(0));
    case 'POST /local/phone':
      return receive(parts, request);
    case 'GET /local/changes':
      return changes(parts);
    default:
      return refuse(404, 'There is nothing at this path.');
  }
}

/** A page from elsewhere must neither read secrets through a host name of its own nor post into this one. */
function isFromElsewhere({ headers }: LocalRequest): boolean {
  const { host = '', origin } = headers;
  if (!/^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host)) return true;
  return origin !== undefined && origin !== `http://${host}`;
}

async function moveClock(parts: ControlParts, request: LocalRequest): Promise<LocalAnswer> {
  if (parts.info.live) return refuse(409, 'A live run keeps real time: the clock cannot be moved.');
  const move = clockMove.safeParse(parseBody(request));
  if (!move.success) {
    return refuse(
      400,
      'Send {"advanceBy": "P1D"}, {"advanceTo": "2026-11-22T15:00:00Z"} or {"toNext": true}.',
    );
  }
  if ('toNext' in move.data) {
    await parts.timekeeper.advanceToNext();
    return json({ now: parts.clock.now() });
  }
  const target =
    'advanceBy' in move.data ? laterBy(parts, move.data.advanceBy) : instantMs(move.data.advanceTo);
  if (target === undefined)
    return refuse(
      400,
      'That is not an ISO 8601 duration such as P1DT2H, or instant such as 2026-11-22T15:00:00Z.',
    );
  const nowMs = parts.clock.nowMs();
  if (target < nowMs) return refuse(400, `The clock shows ${parts.clock.now()} and never goes backwards.`);
  if (target - nowMs > advanceMaxSeconds * 1000)
    return refuse(400, 'The clock moves at most two years at once.');
  const arrived = await parts.timekeeper.advanceTo(target);
  if (!arrived) return refuse(503, `The system is being stopped; the clock got to ${parts.clock.now()}.`);
  return json({ now: parts.clock.now() });
}

function laterBy(parts: ControlParts, duration: string): number | undefined {
  const seconds = parseDuration(duration);
  return seconds === undefined ? undefined : parts.clock.nowMs() + seconds * 1000;
}

function instantMs(text: string): number | undefined {
  const instant = parseInstant(text);
  return instant === undefined ? undefined : epochMs(instant);
}

async function receive(parts: ControlParts, request: LocalRequest): Promise<LocalAnswer> {
  if (parts.info.live) return refuse(409, 'A live run has real phones: send a text to the clinic’s number.');
  const read = validate(phoneText, parseBody(request));
  if (!read.ok)
    return refuse(400, read.errors.map((error) => `${error.path} ${error.message}`.trim()).join('; '));
  const { from, to, body, mediaUrls } = read.value;
  const answered = await textFromPhone(parts, {
    from,
    body,
    ...(to === undefined ? {} : { to }),
    ...(mediaUrls === undefined ? {} : { mediaUrls }),
  });
  return answered.ok
    ? json({ received: answered.received, replies: answered.replies })
    : refuse(400, answered.message);
}

export type PhoneAnswer =
  | { readonly ok: true; readonly received: ShownMessage; readonly replies: readonly ShownMessage[] }
  | { readonly ok: false; readonly message: string };

/**
 * A text through the emulated carrier, and the replies to that phone that it caused before the system was
 * at rest.
 */
export async function textFromPhone(parts: ControlParts, text: PhoneText): Promise<PhoneAnswer> {
  const from = parseUsPhone(text.from);
  if (!from.ok) return { ok: false, message: `from: ${from.message}.` };
  await parts.refreshNumbers();
  const before = parts.carrier.messagesAfter(0).at(-1)?.sequence ?? 0;
  const received = parts.carrier.receive({
    from: from.e164,
    to: text.to ?? parts.info.clinicPhone,
    body: text.body,
    ...(text.mediaUrls === undefined ? {} : { mediaUrls: text.mediaUrls }),
  });
  if (!received.ok) return { ok: false, message: received.message };
  await parts.timekeeper.settle();
  // Of this phone alone: two hundred at once would each look up what all the others were sent.
  const since = await parts.messageLog.after(before, from.e164);
  const own = since.find((message) => message.sid === received.sid);
  if (own === undefined) throw new Error('a text just received can be read');
  const replies = since.filter((message) => message.direction === 'outbound');
  return { ok: true, received: own, replies };
}

/** Server-sent events: one `change` whenever something happened, so that a page need not poll. */
function changes(parts: ControlParts): LocalAnswer {
  return {
    status: 'stream',
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
    open: (write, onClose) => {
      const say = (): void => write(`event: change\ndata: ${JSON.stringify({ now: parts.clock.now() })}\n\n`);
      say();
      onClose(parts.onChange(say));
    },
  };
}

function parseBody(request: LocalRequest): unknown {
  try {
    return JSON.parse(request.body.toString());
  } catch {
    return undefined;
  }
}

function json(value: unknown): LocalAnswer {
  return {
    status: 200,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify(value),
  };
}

function refuse(status: 400 | 403 | 404 | 409 | 503, detail: string): LocalAnswer {
  const kind = status === 404 ? 'path-not-found' : 'invalid-fields';
  const problem = {
    ...problemOf(kind, detail),
    status,
    ...(status === 404 ? {} : { title: 'Not possible' }),
  };
  return {
    status,
    headers: { 'content-type': 'application/problem+json' },
    body: JSON.stringify(problem),
  };
}
