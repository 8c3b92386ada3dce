import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalHash, canonicalJson } from './canonical-json.ts';

describe('canonical JSON', () => {
  it('writes the number and key order example of RFC 8785', () => {
    const value: unknown = JSON.parse(
      '{"b":[1e30,4.50,2e-3,1.0,-0],"a":"€$\\u000f\\nA\'\\"","\\u00e9":null,"B":true}',
    );
    expect(canonicalJson(value)).toBe(
      '{"B":true,"a":"€$\\u000f\\nA\'\\"","b":[1e+30,4.5,0.002,1,0],"é":null}',
    );
  });

  it('gives one hash for one value whatever the order and spacing', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true }), (value) => {
        const shuffled: unknown = JSON.parse(JSON.stringify(reversed(value), null, 3));
        const same: unknown = JSON.parse(JSON.stringify(value));
        expect(canonicalHash(shuffled)).toBe(canonicalHash(same));
        expect(JSON.parse(canonicalJson(same))).toEqual(same);
      }),
    );
  });

  it('gives different texts for different values', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        const [first, second]: unknown[] = JSON.parse(JSON.stringify([a, b]));
        const equal = JSON.stringify(sorted(first)) === JSON.stringify(sorted(second));
        expect(canonicalJson(first) === canonicalJson(second)).toBe(equal);
      }),
    );
  });

  it('refuses what JSON.parse cannot give', () => {
    for (const value of [undefined, Number.NaN, () => 1, 1n])
      expect(() => canonicalJson(value)).toThrow(RangeError);
  });

  it('survives nesting that would exhaust the stack, and gives it no hash of a body we accept', () => {
    const deep: unknown = JSON.parse(`{"sessionId":"v1","x":${'['.repeat(30_000)}${']'.repeat(30_000)}}`);
    expect(canonicalHash(deep)).toMatch(/^[\w-]{43}$/);
    expect(() => JSON.parse(canonicalJson(deep))).toThrow(SyntaxError);
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, reversed(member)]),
  );
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return ['list', ...value.map(sorted)];
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .map(([name, member]) => [name, sorted(member)])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
}
