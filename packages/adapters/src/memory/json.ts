import type { Item, Json } from '@aftercare/usecases/ports';

/**
 * A copy that shares nothing with the original; attributes that are `undefined` are left out, as on the wire.
 */
export function copyItem(item: Item): Item {
  const copy: Item = {};
  for (const name of Object.keys(item)) {
    const value = item[name];
    if (value !== undefined) copy[name] = copyJson(value);
  }
  return copy;
}

/** A deep copy. Throws on a number that DynamoDB cannot hold: a bug. */
export function copyJson(value: Json): Json {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error('a stored number must be finite');
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value) ? value.map(copyJson) : copyItem(value);
}

/** Equal as DynamoDB sees it: by type and content, attributes in any order. */
export function sameJson(left: Json | undefined, right: Json | undefined): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) || Array.isArray(right)) {
    if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
    return left.every((value, index) => sameJson(value, right[index]));
  }
  const names = Object.keys(left);
  if (names.length !== Object.keys(right).length) return false;
  return names.every((name) => sameJson(left[name], right[name]));
}

/** Bytes as DynamoDB counts them: UTF-8 of names and texts, and a few for each number, list and map. */
export function sizeOf(value: Json): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return Math.ceil(String(value).length / 2) + 1;
  if (typeof value !== 'object' || value === null) return 1;
  if (Array.isArray(value)) return value.reduce<number>((sum, entry) => sum + sizeOf(entry) + 1, 3);
  return Object.entries(value).reduce((sum, [name, entry]) => {
    return sum + Buffer.byteLength(name) + sizeOf(entry) + 1;
  }, 3);
}

/** Bytes of a whole item, without the overhead that a nested map has. */
export function itemSize(item: Item): number {
  return Object.entries(item).reduce((sum, [name, value]) => {
    return sum + Buffer.byteLength(name) + sizeOf(value);
  }, 0);
}
