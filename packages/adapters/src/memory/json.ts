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

/**
 * A copy that nobody can change, so that it may be handed out again and again: whoever tries throws, which no
 * answer of the real table would make happen, and which is a bug there too.
 */
export function frozenItem(item: Item): Item {
  const copy: Item = {};
  for (const name of Object.keys(item)) {
    const value = item[name];
    if (value !== undefined) copy[name] = frozenJson(value);
  }
  return Object.freeze(copy);
}

/** Like `frozenItem`, for any value. Throws on a number that DynamoDB cannot hold: a bug. */
export function frozenJson(value: Json): Json {
  if (!Array.isArray(value))
    return typeof value === 'object' && value !== null ? frozenItem(value) : copyJson(value);
  const copy = value.map(frozenJson);
  Object.freeze(copy);
  return copy;
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
  return size(value, exact);
}

/** Bytes of a whole item, without the overhead that a nested map has. */
export function itemSize(item: Item): number {
  return sizeOfNamed(item, exact);
}

type Measure = { readonly text: (text: string) => number; readonly number: (value: number) => number };

const exact: Measure = {
  text: Buffer.byteLength,
  number: (value) => Math.ceil(String(value).length / 2) + 1,
};

/** UTF-8 needs at most three bytes for one unit of a JavaScript text. */
const atMost: Measure = { text: (text) => text.length * 3, number: () => 20 };

/** Whether an item, or several together, may be stored: exact only where it is close. */
export function fits(items: readonly Item[], mostBytes: number): boolean {
  let most = 0;
  for (const item of items) most += sizeOfNamed(item, atMost);
  if (most <= mostBytes) return true;
  return items.reduce((sum, item) => sum + itemSize(item), 0) <= mostBytes;
}

function size(value: Json, measure: Measure): number {
  if (typeof value === 'string') return measure.text(value);
  if (typeof value === 'number') return measure.number(value);
  if (typeof value !== 'object' || value === null) return 1;
  if (!Array.isArray(value)) return sizeOfNamed(value, measure) + Object.keys(value).length + 3;
  let sum = 3;
  for (const entry of value) sum += size(entry, measure) + 1;
  return sum;
}

function sizeOfNamed(item: Item, measure: Measure): number {
  let sum = 0;
  for (const name in item) {
    const value = item[name];
    if (value !== undefined) sum += measure.text(name) + size(value, measure);
  }
  return sum;
}
