import { invalidFields, problemOf } from '@aftercare/contract/problem';
import type { FieldError } from '@aftercare/contract/validate';
import { acceptSession, type IntakeOutcome, type IntakeReach } from '../accept-session.ts';
import { amendSession } from '../amend-session.ts';
import { cancelSession } from '../cancel-session.ts';
import { sessionKeyOf } from '../keys.ts';
import { readSession } from '../read-session.ts';
import { type HttpAnswer, type HttpRequest, jsonAnswer, problemAnswer } from './message.ts';
import { type Admitted, admit, type GateReach } from './request-gate.ts';
import type { Route } from './routes.ts';

const sessions = '/v1/clinics/{clinicId}/sessions';

/** The session calls of the contract (design 6.1). */
export const sessionRoutes = [
  { name: 'accept', method: 'POST', pattern: sessions },
  { name: 'read', method: 'GET', pattern: `${sessions}/{sessionId}` },
  { name: 'amend', method: 'PUT', pattern: `${sessions}/{sessionId}` },
  { name: 'cancel', method: 'DELETE', pattern: `${sessions}/{sessionId}` },
] as const satisfies readonly Route<string>[];

type SessionCall = (typeof sessionRoutes)[number]['name'];
export type SessionCallReach = IntakeReach & GateReach;

/** Answers a session call, `GET /health`, or 404 problem+json for a path that belongs to nothing. */
export async function answerSessionCall(system: SessionCallReach, request: HttpRequest): Promise<HttpAnswer> {
  if (request.path === '/health') return healthAnswer(request.method);
  const gate = await admit<SessionCall>(system, sessionRoutes, request);
  return gate.kind === 'refused' ? gate.answer : answerAdmitted(system, gate);
}

function healthAnswer(method: string): HttpAnswer {
  if (method === 'GET') return jsonAnswer(200, { status: 'ok' });
  return problemAnswer(problemOf('method-not-allowed', 'This path answers GET.'), { allow: 'GET' });
}

async function answerAdmitted(system: SessionCallReach, call: Admitted<SessionCall>): Promise<HttpAnswer> {
  const { clinicId } = call.clinic.config;
  const sessionId = call.parameters.sessionId ?? '';
  switch (call.call) {
    case 'accept':
      return intakeAnswer(reported(system, call, await acceptSession(system, call.clinic, call.body)));
    case 'amend':
      return intakeAnswer(
        reported(system, call, await amendSession(system, call.clinic, sessionId, call.body)),
      );
    case 'cancel': {
      const outcome = await cancelSession(system, clinicId, sessionId);
      const sessionKey = sessionKeyOf(clinicId, sessionId);
      system.log.info('session_call', { call: 'cancel', clinicId, sessionKey, outcome: outcome.kind });
      return outcome.kind === 'unknown' ? noSuchSession() : jsonAnswer(200, outcome.answer);
    }
    case 'read': {
      const timeline = await readSession(system, clinicId, sessionId);
      return timeline === undefined ? noSuchSession() : jsonAnswer(200, timeline);
    }
  }
}

/** The line that ties a request to its session (docs/runbook.md, "Following one text"). */
function reported(
  system: Pick<SessionCallReach, 'log'>,
  { call, clinic }: Admitted<SessionCall>,
  outcome: IntakeOutcome,
): IntakeOutcome {
  const { clinicId } = clinic.config;
  const answer = 'answer' in outcome ? outcome.answer : undefined;
  system.log.info('session_call', {
    call,
    clinicId,
    sessionKey: answer === undefined ? undefined : sessionKeyOf(clinicId, answer.sessionId),
    revision: answer?.revision,
    outcome: outcome.kind,
  });
  return outcome;
}

function intakeAnswer(outcome: IntakeOutcome): HttpAnswer {
  switch (outcome.kind) {
    case 'created':
      return jsonAnswer(201, outcome.answer);
    case 'replayed':
      return jsonAnswer(200, outcome.answer, { 'idempotent-replayed': 'true' });
    case 'changed':
      return jsonAnswer(200, outcome.answer);
    case 'conflict':
      return problemAnswer(
        problemOf('session-exists', 'This sessionId is taken by another body. Amend the session with PUT.'),
      );
    case 'cancelled':
      return problemAnswer(
        problemOf('session-cancelled', 'This session was cancelled. Post a new one under another id.'),
      );
    case 'unknown':
      return noSuchSession();
    case 'invalid':
      return invalidAnswer(outcome.errors);
  }
}

function invalidAnswer(errors: readonly FieldError[]): HttpAnswer {
  const draft = errors.find((error) => error.code === 'protocol_not_approved');
  if (draft === undefined) return problemAnswer(invalidFields(errors));
  return problemAnswer(problemOf('protocol-not-approved', draft.message, errors));
}

function noSuchSession(): HttpAnswer {
  return problemAnswer(problemOf('session-not-found', 'This clinic has no session with this id.'));
}
