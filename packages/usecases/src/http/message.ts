import { PROBLEM_CONTENT_TYPE, type Problem } from '@aftercare/contract/problem';

/** One HTTP request, free of the gateway that brought it. */
export type HttpRequest = {
  readonly method: string;
  /** As on the request line, percent-encoding kept: signatures cover it. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** Lower-case names. */
  readonly headers: { readonly [name: string]: string | undefined };
  /** Raw bytes, already decoded from base64 where the gateway encoded them. */
  readonly body: Uint8Array;
};

export type HttpAnswer = {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
};

/** Answers hold patient data: nobody may keep a copy, and no browser may guess another type. */
const always = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

export function jsonAnswer(
  status: number,
  value: unknown,
  headers: { readonly [name: string]: string } = {},
): HttpAnswer {
  return {
    status,
    headers: { ...always, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(value),
  };
}

export function problemAnswer(
  problem: Problem,
  headers: { readonly [name: string]: string } = {},
): HttpAnswer {
  return jsonAnswer(problem.status, problem, { 'content-type': PROBLEM_CONTENT_TYPE, ...headers });
}

export const emptyAnswer: HttpAnswer = { status: 204, headers: always, body: '' };

/** What Twilio takes as "received, nothing to say": replies go out through our own sender (design 5.4). */
export const emptyTwiml: HttpAnswer = {
  status: 200,
  headers: { ...always, 'content-type': 'text/xml' },
  body: '<?xml version="1.0" encoding="UTF-8"?><Response/>',
};
