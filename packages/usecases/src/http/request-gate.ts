import { type ProblemKind, problemOf } from '@aftercare/contract/problem';
import { signedPayload, verifyWebhook } from '@aftercare/contract/request-signature';
import type { Instant } from '@aftercare/time/instant';
import type { Clinic, ClinicDirectory } from '../clinics.ts';
import type { Metrics } from '../ports.ts';
import { type HttpAnswer, type HttpRequest, problemAnswer } from './message.ts';
import { matchRoute, type PathParameters, type Route } from './routes.ts';

export type GateReach = {
  readonly clinics: ClinicDirectory;
  readonly metrics: Metrics;
  /**
   * A signature's time must be near one of them: one on AWS, two on a machine with a movable clock (design
   * 6.3).
   */
  readonly signatureClocks: () => readonly Instant[];
};

export type Admitted<Name extends string> = {
  readonly kind: 'admitted';
  readonly call: Name;
  readonly clinic: Clinic;
  readonly parameters: PathParameters;
  readonly query: URLSearchParams;
  /** Parsed JSON; undefined for calls without a body. Not validated further. */
  readonly body: unknown;
};
export type GateOutcome<Name extends string> =
  | Admitted<Name>
  | { readonly kind: 'refused'; readonly answer: HttpAnswer };

export const mostBodyBytes = 64 * 1024;

/**
 * What every signed call passes first, in the order of the contract (design 6.1): 404 path or clinic, 405,
 * 413, 415, 401, 400. Nothing is read from the body before its signature fits, and nothing is written at all.
 */
export async function admit<Name extends string>(
  system: GateReach,
  routes: readonly Route<Name>[],
  request: HttpRequest,
): Promise<GateOutcome<Name>> {
  const match = matchRoute(routes, request.method, request.path);
  if (match.kind === 'no_path') return refused('path-not-found', 'There is nothing at this path.');
  const clinicId = match.parameters.clinicId ?? '';
  const clinic = await system.clinics.load(clinicId);
  if (clinic === undefined) return refused('clinic-not-found', 'There is no clinic with this id.');
  if (match.kind === 'wrong_method') {
    const allow = match.allowed.join(', ');
    return refused('method-not-allowed', `This path answers ${allow}.`, { allow });
  }
  const hasBody = match.route.method === 'POST' || match.route.method === 'PUT';
  if (request.body.length > mostBodyBytes) {
    return refused('body-too-large', `The body has ${request.body.length} bytes; 65536 are allowed.`);
  }
  if (hasBody && !isJsonType(request.headers['content-type'])) {
    return refused('not-json-type', 'Send content-type: application/json.');
  }
  const verdict = verifyWebhook({
    headers: request.headers,
    payload: signedPayload({
      method: request.method,
      path: request.path,
      query: request.query,
      rawBody: request.body,
    }),
    secrets: clinic.webhookSecrets,
    clocks: system.signatureClocks(),
  });
  if (!verdict.ok) {
    system.metrics.count('signatures_refused', 1, { reason: verdict.reason });
    return refused('signature-refused', `${verdict.message}.`);
  }
  const body = hasBody ? parseJson(request.body) : { ok: true as const, value: undefined };
  if (!body.ok) return refused('not-json', 'The body is not JSON in UTF-8.');
  return {
    kind: 'admitted',
    call: match.route.name,
    clinic,
    parameters: match.parameters,
    query: new URLSearchParams(request.query),
    body: body.value,
  };
}

function refused(
  kind: ProblemKind,
  detail: string,
  headers?: { readonly [name: string]: string },
): { readonly kind: 'refused'; readonly answer: HttpAnswer } {
  return { kind: 'refused', answer: problemAnswer(problemOf(kind, detail), headers) };
}

function isJsonType(contentType: string | undefined): boolean {
  const [type = '', ...parameters] = (contentType ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  if (type !== 'application/json') return false;
  return parameters.every((parameter) => parameter === '' || /^charset="?utf-8"?$/.test(parameter));
}

type Parsed = { readonly ok: true; readonly value: unknown } | { readonly ok: false };

/**
 * JSON as the schemas expect it. Refuses bytes that are not UTF-8 rather than storing replacement characters.
 */
function parseJson(bytes: Uint8Array): Parsed {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
    const value: unknown = JSON.parse(text);
    return { ok: true, value };
  } catch {
    return { ok: false };
  }
}
