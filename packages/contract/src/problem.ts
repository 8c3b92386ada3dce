import * as z from 'zod/mini';
import type { FieldError } from './validate.ts';

/** Errors of the HTTP API as RFC 9457 `application/problem+json` (design 6.1). */

const kinds = {
  'path-not-found': [404, 'No such path'],
  'clinic-not-found': [404, 'No such clinic'],
  'session-not-found': [404, 'No such session'],
  'alert-not-found': [404, 'No such alert'],
  'task-not-found': [404, 'No such work item'],
  'method-not-allowed': [405, 'Method not allowed'],
  'session-exists': [409, 'A session with this id has another body'],
  'session-cancelled': [409, 'The session was cancelled'],
  'alert-not-open': [409, 'The alert is closed'],
  'body-too-large': [413, 'Body over 64 KiB'],
  'not-json-type': [415, 'Content type is not application/json'],
  'signature-refused': [401, 'Signature missing or wrong'],
  'not-json': [400, 'Body is not JSON'],
  'invalid-fields': [422, 'Some fields are wrong'],
  'protocol-not-approved': [422, 'The content is not approved for this clinic'],
  'too-many-requests': [429, 'Too many requests'],
  'internal-error': [500, 'Something broke on our side'],
  unavailable: [503, 'Not available for the moment'],
} as const satisfies Record<string, readonly [number, string]>;

export type ProblemKind = keyof typeof kinds;

export const fieldError = z
  .object({
    path: z.string().register(z.globalRegistry, { examples: ['patient.phone', 'treatment.areas[0]'] }),
    message: z.string(),
    code: z
      .exactOptional(z.string())
      .register(z.globalRegistry, { examples: ['required', 'unknown_field', 'country_not_supported'] }),
  })
  .register(z.globalRegistry, { id: 'FieldError' });

export const problem = z
  .object({
    type: z
      .string()
      .register(z.globalRegistry, { description: 'Stable: `urn:aftercare:problem:` and the kind.' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string().register(z.globalRegistry, { description: 'The kind with underscores, for programs.' }),
    errors: z.exactOptional(z.array(fieldError)),
  })
  .register(z.globalRegistry, { id: 'Problem' });
export type Problem = z.output<typeof problem>;

export const PROBLEM_CONTENT_TYPE = 'application/problem+json';

/**
 * Builds the body of an error answer; its `status` is the HTTP status. `detail` must hold no patient data.
 */
export function problemOf(kind: ProblemKind, detail: string, errors: readonly FieldError[] = []): Problem {
  const [status, title] = kinds[kind];
  return {
    type: `urn:aftercare:problem:${kind}`,
    title,
    status,
    detail,
    code: kind.replaceAll('-', '_'),
    ...(errors.length === 0 ? {} : { errors: errors.map((error) => ({ ...error })) }),
  };
}

/** 422 with every wrong field; the detail repeats them, for people who read only that. */
export function invalidFields(errors: readonly FieldError[]): Problem {
  const shown = errors
    .slice(0, 5)
    .map(({ path, message }) => `${path === '' ? 'The body' : path} ${message}`);
  const rest = errors.length > 5 ? ` (and ${errors.length - 5} more)` : '';
  return problemOf('invalid-fields', `${shown.join('; ')}${rest}.`, errors);
}

/** Every kind with its status and title, for the API reference. */
export function problemKinds(): {
  readonly kind: ProblemKind;
  readonly status: number;
  readonly title: string;
}[] {
  return problemKindNames.map((kind) => ({ kind, status: kinds[kind][0], title: kinds[kind][1] }));
}

const problemKindNames: readonly ProblemKind[] = [
  'path-not-found',
  'clinic-not-found',
  'session-not-found',
  'alert-not-found',
  'task-not-found',
  'method-not-allowed',
  'session-exists',
  'session-cancelled',
  'alert-not-open',
  'body-too-large',
  'not-json-type',
  'signature-refused',
  'not-json',
  'invalid-fields',
  'protocol-not-approved',
  'too-many-requests',
  'internal-error',
  'unavailable',
];
