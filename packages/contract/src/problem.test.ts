import { describe, expect, it } from 'vitest';
import { invalidFields, problem, problemKinds, problemOf } from './problem.ts';

describe('problem', () => {
  it('carries the five members of RFC 9457 and a code for programs', () => {
    const body = problemOf('session-cancelled', 'Session v1 was cancelled.');
    expect(body).toEqual({
      type: 'urn:aftercare:problem:session-cancelled',
      title: 'The session was cancelled',
      status: 409,
      detail: 'Session v1 was cancelled.',
      code: 'session_cancelled',
    });
    expect(problem.parse(body)).toEqual(body);
  });

  it('names every wrong field, and in the detail the first five', () => {
    const errors = Array.from({ length: 7 }, (_, index) => ({
      path: `treatment.areas[${index}]`,
      message: 'must be one of …',
      code: 'invalid_value',
    }));
    const body = invalidFields(errors);
    expect(body.errors).toHaveLength(7);
    expect(body.detail).toContain('treatment.areas[4] must be');
    expect(body.detail).toContain('(and 2 more)');
  });

  it('calls a wrong body as a whole "The body"', () => {
    expect(invalidFields([{ path: '', message: 'must be an object', code: 'invalid_type' }]).detail).toBe(
      'The body must be an object.',
    );
  });

  it('lists each kind once, under its HTTP status', () => {
    const kinds = problemKinds();
    expect(new Set(kinds.map(({ kind }) => kind)).size).toBe(kinds.length);
    for (const { kind, status } of kinds) expect(problemOf(kind, '').status).toBe(status);
  });
});
