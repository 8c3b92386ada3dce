import type { DueWork } from '../clock/timekeeper.ts';
import type { LocalAnswer, LocalRequest } from '../http/loopback-server.ts';
import type { EmulatorStore } from '../store/emulator-store.ts';
import { isAuthenticated, type TwilioAccount } from './account.ts';
import { type IncomingText, type ReceivedText, receiveText } from './inbound-text.ts';
import { messageAnswer } from './message-answer.ts';
import { createMessage, type TwilioParts } from './message-create.ts';
import { listMessages } from './message-list.ts';
import { createMessageRows, type TwilioMessage } from './message-rows.ts';
import { createMessageTimers } from './message-timers.ts';
import { refuse } from './twilio-error.ts';

export type TwilioEmulator = {
  /** The REST API. */
  readonly answer: (request: LocalRequest) => Promise<LocalAnswer>;
  /** Status changes and webhooks, on the clock. */
  readonly work: DueWork;
  /** A phone texts one of the account's numbers. */
  readonly receive: (text: IncomingText) => ReceivedText;
  /** Every text of the account in order, after that sequence number (0 for all). */
  readonly messagesAfter: (sequence: number) => readonly TwilioMessage[];
};

/** Twilio's Message resource, keyword handling, callbacks and inbound webhooks on the movable clock. */
export function createTwilioEmulator(options: {
  readonly store: EmulatorStore;
  readonly account: TwilioAccount;
  readonly nowMs: () => number;
  readonly onFailedCall: (sid: string, outcome: string) => void;
}): TwilioEmulator {
  const rows = createMessageRows(options.store);
  const timers = createMessageTimers({ ...options, rows });
  const parts: TwilioParts = { ...options, rows, timers };
  return {
    answer: async (request) => answerRest(parts, request),
    work: timers,
    receive: (text) => receiveText(parts, text),
    messagesAfter: rows.after,
  };
}

const resourcePath = /^\/2010-04-01\/Accounts\/([^/]+)\/Messages(?:\/([^/]+?)(\/Media)?)?\.json$/;

function answerRest(parts: TwilioParts, request: LocalRequest): LocalAnswer {
  if (!isAuthenticated(parts.account, request.headers.authorization)) return refuse(20003, 401);
  const [, accountSid, sid, media] = resourcePath.exec(request.rawPath) ?? [];
  if (accountSid !== parts.account.accountSid) return refuse(20404, 404);
  const form = new URLSearchParams(request.body.toString());
  if (sid === undefined) {
    if (request.method === 'POST') return createMessage(parts, form);
    if (request.method === 'GET') {
      return listMessages(parts.rows, accountSid, new URLSearchParams(request.rawQuery));
    }
    return refuse(20004, 405);
  }
  const message = parts.rows.find(sid);
  if (message === undefined) return refuse(20404, 404);
  if (media !== undefined) return json(200, { media_list: [], page: 0, page_size: 50, next_page_uri: null });
  switch (request.method) {
    case 'GET':
      return json(200, messageAnswer(accountSid, message));
    case 'POST':
      return updateMessage(parts, message, form);
    case 'DELETE':
      return deleteMessage(parts, message);
    default:
      return refuse(20004, 405);
  }
}

const ended = new Set(['delivered', 'undelivered', 'failed', 'canceled', 'received', 'sent']);

/** `Body=` (empty) redacts a finished text; `Status=canceled` cancels one that has not left. */
function updateMessage(parts: TwilioParts, message: TwilioMessage, form: URLSearchParams): LocalAnswer {
  const body = form.get('Body');
  const status = form.get('Status');
  if ((body !== null && body !== '') || (status !== null && status !== 'canceled')) return refuse(20001);
  if (body !== null && !ended.has(message.status)) return refuse(20009, 409);
  if (status === 'canceled' && message.status !== 'scheduled') return refuse(30409);
  const changed: TwilioMessage = {
    ...message,
    body: body ?? message.body,
    status: status === 'canceled' ? 'canceled' : message.status,
    updatedMs: parts.nowMs(),
  };
  parts.rows.update(changed);
  return json(200, messageAnswer(parts.account.accountSid, changed));
}

function deleteMessage(parts: TwilioParts, message: TwilioMessage): LocalAnswer {
  if (!ended.has(message.status)) return refuse(20009, 409);
  parts.rows.remove(message.sid);
  return { status: 204 };
}

function json(status: number, body: object): LocalAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
