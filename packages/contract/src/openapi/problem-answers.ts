import { type Problem, type ProblemKind, problem, problemKinds, problemOf } from '../problem.ts';

/** One example of every error, grouped into the answers of an operation. */

const details: Readonly<Record<ProblemKind, string>> = {
  'path-not-found': 'There is nothing at this path. The API reference lists all of them.',
  'clinic-not-found': 'There is no clinic with this id.',
  'session-not-found': 'This clinic has no session with this id.',
  'alert-not-found': 'This clinic has no alert with this id.',
  'task-not-found': 'This clinic has no work item with this id.',
  'method-not-allowed': 'Allowed here: GET, PUT, DELETE.',
  'session-exists': 'A session with this id was posted with another body. To change it, PUT it.',
  'session-cancelled': 'The session was cancelled; post a new one under a new id.',
  'alert-not-open': 'The alert was closed before.',
  'body-too-large': 'The body has more than 65536 bytes.',
  'not-json-type': 'Send the header content-type: application/json.',
  'signature-refused': 'header webhook-signature is missing: sign requests as docs/signing shows',
  'not-json': 'The body is not JSON: unexpected end at position 17.',
  'invalid-fields':
    'patient.phone only numbers of the United States and its territories are supported; ' +
    'colour is not a field of this object.',
  'protocol-not-approved':
    'Protocol microneedling v1 (es) is a draft that no clinician has signed for this clinic.',
  'too-many-requests': 'Slow down; try again after the seconds in retry-after.',
  'internal-error': 'Something broke on our side. The request may be repeated as it is.',
  unavailable: 'A part we need does not answer. The request may be repeated as it is.',
};

/** The example of one kind of error. */
export function exampleProblem(kind: ProblemKind): Problem {
  const errors =
    kind === 'invalid-fields'
      ? [
          {
            path: 'patient.phone',
            message: 'only numbers of the United States and its territories are supported',
            code: 'country_not_supported',
          },
          { path: 'colour', message: 'is not a field of this object', code: 'unknown_field' },
        ]
      : [];
  return problemOf(kind, details[kind], errors);
}

/** One object per kind: the generator writes an object with an id once, and refers to it everywhere else. */
const examples = new Map(
  problemKinds().map(({ kind }) => {
    const value = exampleProblem(kind);
    return [kind, { id: value.code, summary: value.title, value }] as const;
  }),
);

/** The error answers of an operation, by status; each kind is an example under its status. */
export function problemAnswers(kinds: readonly ProblemKind[]) {
  const shown = kinds.map((kind) => examples.get(kind)).filter((example) => example !== undefined);
  const byStatus = Map.groupBy(shown, ({ value }) => String(value.status));
  return Object.fromEntries(
    [...byStatus].map(([status, group]) => [
      status,
      {
        description: group.map(({ summary }) => summary).join(' · '),
        content: {
          'application/problem+json': {
            schema: problem,
            examples: Object.fromEntries(group.map((example) => [example.id, example])),
          },
        },
      },
    ]),
  );
}

/** What any signed request may be answered. */
export const signedProblems: readonly ProblemKind[] = [
  'clinic-not-found',
  'signature-refused',
  'too-many-requests',
  'internal-error',
  'unavailable',
];

/** What any signed request with a body may be answered besides. */
export const bodyProblems: readonly ProblemKind[] = [
  ...signedProblems,
  'body-too-large',
  'not-json-type',
  'not-json',
  'invalid-fields',
];
