import type { Item, Json } from '@aftercare/usecases/ports';

/**
 * The wire form of what an item may hold. Structural on purpose: the SDK's type and the stream event's type
 * both fit, and none of the kinds we never store (sets, binary) is let in.
 */
export type WireValue =
  | { S: string }
  | { N: string }
  | { BOOL: boolean }
  | { NULL: true }
  | { L: WireValue[] }
  | { M: { [name: string]: WireValue } };
export type WireItem = { [name: string]: WireValue };

type Received = {
  readonly S?: string | undefined;
  readonly N?: string | undefined;
  readonly BOOL?: boolean | undefined;
  readonly NULL?: boolean | undefined;
  readonly L?: readonly Received[] | undefined;
  readonly M?: { readonly [name: string]: Received } | undefined;
};
/** What the SDK or a stream event hands over. */
export type ReceivedItem = { readonly [name: string]: Received };

/** Throws on a number that DynamoDB cannot hold: a bug. */
export function toWire(value: Json): WireValue {
  if (value === null) return { NULL: true };
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'boolean') return { BOOL: value };
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Error('a stored number must be finite');
    return { N: String(value) };
  }
  if (Array.isArray(value)) return { L: value.map(toWire) };
  return { M: toWireItem(value) };
}

/** Attributes that are `undefined` are left out. */
export function toWireItem(item: Item): WireItem {
  const wire: WireItem = {};
  for (const [name, value] of Object.entries(item)) {
    if (value !== undefined) wire[name] = toWire(value);
  }
  return wire;
}

/** Throws on a kind of value that we never store: somebody else wrote to the table. */
export function fromWire(value: Received): Json {
  if (value.S !== undefined) return value.S;
  if (value.N !== undefined) return Number(value.N);
  if (value.BOOL !== undefined) return value.BOOL;
  if (value.NULL !== undefined) return null;
  if (value.L !== undefined) return value.L.map(fromWire);
  if (value.M !== undefined) return fromWireItem(value.M);
  throw new Error(`a stored value of an unknown kind: ${Object.keys(value).join(', ')}`);
}

export function fromWireItem(wire: ReceivedItem): Item {
  const item: Item = {};
  for (const [name, value] of Object.entries(wire)) item[name] = fromWire(value);
  return item;
}
