import type { LocalAnswer } from '../http/loopback-server.ts';
import { messageAnswer } from './message-answer.ts';
import type { MessageRows, TwilioMessage } from './message-rows.ts';
import { refuse } from './twilio-error.ts';

const pageSizeDefault = 50;
const pageSizeMax = 1000;

/** `GET Messages.json`: newest first, filtered by To, From and DateSent, paged by the last sid given. */
export function listMessages(rows: MessageRows, accountSid: string, query: URLSearchParams): LocalAnswer {
  const within = dateFilter(query);
  const pageSize = Number(query.get('PageSize') ?? pageSizeDefault);
  const page = Number(query.get('Page') ?? 0);
  if (
    within === undefined ||
    !Number.isInteger(pageSize) ||
    pageSize < 1 ||
    !Number.isInteger(page) ||
    page < 0
  ) {
    return refuse(20001);
  }
  const size = Math.min(pageSize, pageSizeMax);
  const matching = rows.newest(query.get('To') ?? undefined, query.get('From') ?? undefined).filter(within);
  const token = query.get('PageToken');
  const after = token === null ? undefined : matching.findIndex((message) => `PA${message.sid}` === token);
  const first = after === undefined ? page * size : after + 1;
  const shown = matching.slice(first, first + size);
  const path = `/2010-04-01/Accounts/${accountSid}/Messages.json`;
  const uriOf = (number: number, pageToken?: string): string => {
    const parameters = new URLSearchParams(query);
    parameters.set('PageSize', String(size));
    parameters.set('Page', String(number));
    parameters.delete('PageToken');
    if (pageToken !== undefined) parameters.set('PageToken', pageToken);
    return `${path}?${parameters}`;
  };
  const last = shown.at(-1);
  const more = last !== undefined && first + size < matching.length;
  const body = {
    messages: shown.map((message) => messageAnswer(accountSid, message)),
    page,
    page_size: size,
    start: first,
    end: Math.max(first, first + shown.length - 1),
    uri: uriOf(page),
    first_page_uri: uriOf(0),
    next_page_uri: more ? uriOf(page + 1, `PA${last.sid}`) : null,
    previous_page_uri: page === 0 ? null : uriOf(page - 1),
  };
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/**
 * `DateSent`, `DateSent<` (at or before) and `DateSent>` (at or after), each a date or an ISO time. A text
 * that has no DateSent yet matches none of them. Undefined when a value is no date.
 */
function dateFilter(query: URLSearchParams): ((message: TwilioMessage) => boolean) | undefined {
  const tests: ((sentMs: number) => boolean)[] = [];
  for (const [name, value] of query) {
    if (!/^DateSent[<>]?$/.test(name)) continue;
    const atMs = Date.parse(value);
    const wholeDay = /^\d{4}-\d{2}-\d{2}$/.test(value);
    if (Number.isNaN(atMs)) return undefined;
    const endMs = wholeDay ? atMs + 86_400_000 - 1 : atMs;
    if (name === 'DateSent>') tests.push((sentMs) => sentMs >= atMs);
    else if (name === 'DateSent<') tests.push((sentMs) => sentMs <= endMs);
    else tests.push((sentMs) => sentMs >= atMs && sentMs <= endMs);
  }
  return (message) => tests.every((test) => message.sentMs !== undefined && test(message.sentMs));
}
