import type { LocalAnswer, LocalRequest } from '../http/loopback-server.ts';
import { signatureScope } from '../http/signature-scope.ts';
import {
  createGroup,
  createSchedule,
  deleteGroup,
  deleteSchedule,
  getGroup,
  getSchedule,
  listGroups,
  listSchedules,
  listTags,
  type SchedulerCall,
  tagGroup,
  untagGroup,
  updateSchedule,
} from './schedule-operations.ts';
import type { ScheduleRows } from './schedule-rows.ts';
import { answerError, SchedulerError } from './scheduler-error.ts';

/** An operation on a collection has no name; the others get it percent-decoded. */
type Route = { readonly collection?: (call: SchedulerCall) => object } & Readonly<
  Partial<Record<'POST' | 'PUT' | 'GET' | 'DELETE', (name: string, call: SchedulerCall) => object>>
>;

const routes: ReadonlyMap<string, Route> = new Map<string, Route>([
  [
    'schedules',
    {
      collection: listSchedules,
      POST: createSchedule,
      PUT: updateSchedule,
      GET: getSchedule,
      DELETE: deleteSchedule,
    },
  ],
  ['schedule-groups', { collection: listGroups, POST: createGroup, GET: getGroup, DELETE: deleteGroup }],
  ['tags', { POST: tagGroup, GET: listTags, DELETE: untagGroup }],
]);

/** Answers EventBridge Scheduler's rest-json protocol as `@aws-sdk/client-scheduler` speaks it. */
export function answerScheduler(rows: ScheduleRows, nowMs: () => number) {
  return async (request: LocalRequest): Promise<LocalAnswer> => {
    try {
      const scope = signatureScope(request);
      if (scope === undefined)
        throw new SchedulerError('AccessDeniedException', 'Missing Authentication Token');
      const call: SchedulerCall = {
        rows,
        region: scope.region,
        nowMs: nowMs(),
        query: new URLSearchParams(request.rawQuery),
        body: bodyOf(request),
      };
      const output = dispatch(request, call);
      return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(output) };
    } catch (error) {
      if (error instanceof SchedulerError) return answerError(error);
      throw error;
    }
  };
}

function dispatch(request: LocalRequest, call: SchedulerCall): object {
  const [, kind = '', ...rest] = request.rawPath.split('/');
  const route = routes.get(kind);
  const name = decoded(rest.join('/'));
  if (route !== undefined && name === '' && request.method === 'GET' && route.collection !== undefined) {
    return route.collection(call);
  }
  const { method } = request;
  const named =
    method === 'POST' || method === 'PUT' || method === 'GET' || method === 'DELETE'
      ? route?.[method]
      : undefined;
  if (named === undefined) throw new SchedulerError('UnknownOperationException', 'Unknown operation.');
  return named(name, call);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new SchedulerError('ValidationException', 'The path is not percent-encoded correctly.');
  }
}

function bodyOf(request: LocalRequest): unknown {
  if (request.body.length === 0) return {};
  try {
    return JSON.parse(request.body.toString());
  } catch {
    throw new SchedulerError('ValidationException', 'The body is not JSON.');
  }
}
