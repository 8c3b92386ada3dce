import { acknowledgeRequest, alertQuery, doneRequest } from '@aftercare/contract/alert';
import { cohortQuery, digestQuery } from '@aftercare/contract/digest';
import { invalidFields, problemOf } from '@aftercare/contract/problem';
import { closeTaskRequest, taskQuery } from '@aftercare/contract/task';
import { type FieldError, type Validated, validate } from '@aftercare/contract/validate';
import { addDays, daysBetween } from '@aftercare/time/local-date';
import { localDateOf } from '@aftercare/time/zone';
import type { z } from 'zod/mini';
import { acknowledgeAlert, closeAlert } from '../alerts/acknowledge-alert.ts';
import { alertAnswer, listAlerts, readAlert } from '../alerts/list-alerts.ts';
import { cohortView } from '../cohorts.ts';
import { dailyDigest } from '../daily-digest.ts';
import type { ReplyReach } from '../inbound/reach.ts';
import { closeTask, listTasks } from '../tasks/work-list.ts';
import { type HttpAnswer, type HttpRequest, jsonAnswer, problemAnswer } from './message.ts';
import { type Admitted, admit, type GateReach } from './request-gate.ts';
import type { Route } from './routes.ts';

const clinic = '/v1/clinics/{clinicId}';

/** The calls of the clinic's staff (design 6.1, issue 7): alerts, work list, the day, cohorts. */
export const staffRoutes = [
  { name: 'listAlerts', method: 'GET', pattern: `${clinic}/alerts` },
  { name: 'readAlert', method: 'GET', pattern: `${clinic}/alerts/{alertId}` },
  { name: 'acknowledge', method: 'POST', pattern: `${clinic}/alerts/{alertId}/ack` },
  { name: 'closeAlert', method: 'POST', pattern: `${clinic}/alerts/{alertId}/done` },
  { name: 'listTasks', method: 'GET', pattern: `${clinic}/tasks` },
  { name: 'closeTask', method: 'POST', pattern: `${clinic}/tasks/{taskId}/done` },
  { name: 'digest', method: 'GET', pattern: `${clinic}/digest` },
  { name: 'cohorts', method: 'GET', pattern: `${clinic}/cohorts` },
] as const satisfies readonly Route<string>[];

type StaffCall = (typeof staffRoutes)[number]['name'];
export type StaffCallReach = ReplyReach & GateReach;

/** Answers a staff call, or 404 problem+json for a path that belongs to nothing. */
export async function answerStaffCall(system: StaffCallReach, request: HttpRequest): Promise<HttpAnswer> {
  const gate = await admit<StaffCall>(system, staffRoutes, request);
  return gate.kind === 'refused' ? gate.answer : answerAdmitted(system, gate);
}

async function answerAdmitted(system: StaffCallReach, call: Admitted<StaffCall>): Promise<HttpAnswer> {
  const { clinicId } = call.clinic.config;
  switch (call.call) {
    case 'listAlerts':
      return withFields(query(call, alertQuery), async (wanted) =>
        jsonAnswer(200, { alerts: await listAlerts(system, { clinicId, ...wanted }) }),
      );
    case 'readAlert': {
      const found = await readAlert(system, { clinicId, alertId: call.parameters.alertId ?? '' });
      return found === undefined ? noSuchAlert() : jsonAnswer(200, found);
    }
    case 'acknowledge':
      return acknowledge(system, call);
    case 'closeAlert':
      return close(system, call);
    case 'listTasks':
      return withFields(query(call, taskQuery), async (wanted) =>
        jsonAnswer(200, { tasks: await listTasks(system, { clinicId, ...wanted }) }),
      );
    case 'closeTask':
      return finishTask(system, call);
    case 'digest':
      return digest(system, call);
    case 'cohorts':
      return cohorts(system, call);
  }
}

function acknowledge(system: StaffCallReach, call: Admitted<StaffCall>): Promise<HttpAnswer> {
  const { clinicId } = call.clinic.config;
  return withFields(body(call, acknowledgeRequest, 'alertId'), async ({ alertId, by }) => {
    const outcome = await acknowledgeAlert(system, { clinicId, alertId, by });
    if (outcome.kind === 'not_found') return noSuchAlert();
    if (outcome.kind !== 'closed') return jsonAnswer(200, alertAnswer(outcome.alert));
    return problemAnswer(
      problemOf('alert-not-open', 'This alert was closed before; nobody needs to take it.'),
    );
  });
}

function close(system: StaffCallReach, call: Admitted<StaffCall>): Promise<HttpAnswer> {
  const { clinicId } = call.clinic.config;
  return withFields(body(call, doneRequest, 'alertId'), async (done) => {
    const outcome = await closeAlert(system, { clinicId, ...done });
    return outcome.kind === 'not_found' ? noSuchAlert() : jsonAnswer(200, alertAnswer(outcome.alert));
  });
}

function finishTask(system: StaffCallReach, call: Admitted<StaffCall>): Promise<HttpAnswer> {
  const { clinicId } = call.clinic.config;
  return withFields(body(call, closeTaskRequest, 'taskId'), async (done) => {
    const closed = await closeTask(system, { clinicId, ...done });
    if (closed !== undefined) return jsonAnswer(200, closed);
    return problemAnswer(problemOf('task-not-found', 'This clinic has no work item with this id.'));
  });
}

function digest(system: StaffCallReach, call: Admitted<StaffCall>): Promise<HttpAnswer> {
  const { config } = call.clinic;
  return withFields(query(call, digestQuery), async ({ onDate }) => {
    const today = localDateOf(system.clock.now(), config.timeZone);
    return jsonAnswer(200, await dailyDigest(system, config, onDate ?? today));
  });
}

const usualCohortDays = 30;
const mostCohortDays = 92;

function cohorts(system: StaffCallReach, call: Admitted<StaffCall>): Promise<HttpAnswer> {
  const { config } = call.clinic;
  return withFields(query(call, cohortQuery), async (asked) => {
    const to = asked.to ?? localDateOf(system.clock.now(), config.timeZone);
    const from = asked.from ?? addDays(to, -usualCohortDays);
    const length = daysBetween(from, to);
    if (length >= 0 && length <= mostCohortDays) {
      return jsonAnswer(200, await cohortView(system, config, from, to));
    }
    const message = `must be at most ${mostCohortDays} days before "to", and not after it`;
    return problemAnswer(invalidFields([{ path: 'from', code: 'invalid_value', message }]));
  });
}

/** What the query asks for; a repeated or unknown name is named. */
function query<T extends z.ZodMiniType>(call: Admitted<StaffCall>, schema: T): Validated<z.output<T>> {
  const given = Object.fromEntries(
    [...new Set(call.query.keys())].map((name) => {
      const values = call.query.getAll(name);
      return [name, values.length === 1 ? values[0] : values];
    }),
  );
  return validate(schema, given);
}

/** A body that names its object as the path does: so its signature fits this request only (design 6.1). */
function body<T extends z.ZodMiniType<{ [name in Name]: string }>, Name extends 'alertId' | 'taskId'>(
  call: Admitted<StaffCall>,
  schema: T,
  name: Name,
): Validated<z.output<T>> {
  const read = validate(schema, call.body);
  if (!read.ok || read.value[name] === call.parameters[name]) return read;
  return { ok: false, errors: [{ path: name, code: 'id_mismatch', message: 'must be the id in the path' }] };
}

async function withFields<T>(
  read: Validated<T>,
  answer: (value: T) => Promise<HttpAnswer>,
): Promise<HttpAnswer> {
  return read.ok ? answer(read.value) : wrong(read.errors);
}

const wrong = (errors: readonly FieldError[]): HttpAnswer => problemAnswer(invalidFields(errors));

function noSuchAlert(): HttpAnswer {
  return problemAnswer(problemOf('alert-not-found', 'This clinic has no alert with this id.'));
}
