import { createHash } from 'node:crypto';

const MAX_DEPTH = 200;

/**
 * One text for equal JSON values, in the manner of RFC 8785: names sorted by UTF-16 code units, no spaces,
 * numbers as ECMAScript writes them (`1.0` is `1`). Takes what `JSON.parse` gives and throws RangeError for
 * anything else. What lies deeper than 200 levels is written `…`: no schema of ours lets it in, and it must
 * not exhaust the stack.
 */
export function canonicalJson(value: unknown, depth = 0): string {
  if (depth > MAX_DEPTH) return '…';
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item, depth + 1)).join(',')}]`;
  if (typeof value !== 'object') throw new RangeError('not a JSON value');
  const members = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member, depth + 1)}`);
  return `{${members.join(',')}}`;
}

/**
 * SHA-256 of the canonical text, 43 characters of base64url: equal bodies have equal hashes whatever their
 * spacing and order (design 6.1).
 */
export function canonicalHash(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('base64url');
}
