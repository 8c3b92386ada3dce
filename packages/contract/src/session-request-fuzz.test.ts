import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exampleSession } from './openapi/examples.ts';
import { invalidFields } from './problem.ts';
import { readSessionRequest } from './session-request.ts';

const rules = {
  now: '2026-11-21T17:00:00.000Z',
  window: { opens: '09:00', closes: '20:00' },
  locationIds: ['brickell'],
} as const;

/** Unmistakable, so that finding it in an answer can only mean that the answer repeats what was sent. */
const marker = 'Xylqvwz';

const anyValue = fc.oneof(
  fc.constantFrom<unknown>(
    marker,
    `+1416${marker}`,
    [marker],
    { [`+1416 ${marker}`]: marker },
    `${marker}\n`,
    Number.MAX_VALUE,
    {},
    [],
  ),
  fc.string().map((text) => text + marker),
  fc.jsonValue(),
);

/**
 * The example with some of its fields, at any depth, replaced, removed or joined by a foreign one. A name
 * that reads like a field is repeated on purpose (unknown fields are named); markers make names that do not.
 */
function mutated(value: unknown): fc.Arbitrary<unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return fc.oneof({ weight: 3, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: anyValue });
  }
  const members = Object.entries(value).map(([name, member]) =>
    fc.oneof(
      { weight: 5, arbitrary: mutated(member).map((changed) => [[name, changed]]) },
      { weight: 1, arbitrary: anyValue.map((changed) => [[name, changed]]) },
      { weight: 1, arbitrary: anyValue.map((changed) => [[`${name} ${marker}`, changed]]) },
      { weight: 1, arbitrary: fc.constant([]) },
    ),
  );
  return fc.tuple(...members).map((parts) => Object.fromEntries(parts.flat()));
}

it('never throws and never repeats what was sent, whatever is wrong with it', () => {
  let refused = 0;
  fc.assert(
    fc.property(mutated(exampleSession), (body) => {
      const read = readSessionRequest(body, rules);
      if (read.ok) return;
      refused += 1;
      expect(JSON.stringify(invalidFields(read.errors))).not.toContain(marker);
      expect(read.errors.length).toBeGreaterThan(0);
    }),
    { numRuns: 400 },
  );
  expect(refused).toBeGreaterThan(200);
});

it('never throws on any JSON at all', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (body) => {
      expect(readSessionRequest(body, rules).ok).toBe(false);
    }),
    { numRuns: 300 },
  );
});
