import { PROBLEM_CONTENT_TYPE, problemOf } from '@aftercare/contract/problem';
import type { LocalAnswer, LocalRequest } from '../http/loopback-server.ts';
import type { FunctionHandlers } from './function-handlers.ts';
import { httpAnswer, httpEvent } from './http-event.ts';
import { matchRoute } from './route-match.ts';

/** Answers paths that only exist on this machine (console, control); undefined for all others. */
export type LocalPages = (request: LocalRequest) => Promise<LocalAnswer | undefined>;

/**
 * The HTTP API in front of the functions: local pages first, then the routes of the deployed API.
 *
 * @param serving hears that a function is about to run, and by its answer when it has: something may have
 *   become due
 */
export function createApi(options: {
  readonly handlers: FunctionHandlers;
  readonly pages: readonly LocalPages[];
  readonly nowMs: () => number;
  readonly serving: () => (changed: boolean) => void;
  readonly onError: (route: string, error: unknown) => void;
}): (request: LocalRequest) => Promise<LocalAnswer> {
  const routeKeys = [...options.handlers.http.keys()].filter((key) => key !== '$default');
  return async (request) => {
    for (const page of options.pages) {
      const answered = await page(request);
      if (answered !== undefined) return answered;
    }
    const route = matchRoute(routeKeys, request.method, request.rawPath);
    const handler = options.handlers.http.get(route.routeKey);
    if (handler === undefined) throw new Error('the API has a $default route');
    const served = options.serving();
    try {
      return httpAnswer(await handler(httpEvent(request, route, options.nowMs())));
    } catch (error) {
      options.onError(route.routeKey, error);
      return internalError();
    } finally {
      // A read changes nothing, and whoever listens for changes reads.
      served(request.method !== 'GET');
    }
  };
}

/** What the frame around every function answers on AWS when the handler throws. */
function internalError(): LocalAnswer {
  const problem = problemOf('internal-error', 'Nothing is known to be wrong with the request.');
  return { status: 500, headers: { 'content-type': PROBLEM_CONTENT_TYPE }, body: JSON.stringify(problem) };
}
