import type { z } from 'zod/mini';
import type { Condition, Item, Json, Key, Put } from './ports.ts';

/** A value as the table can hold it: absent members left out. Throws on what JSON cannot carry. */
export function toJson(value: unknown): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value === 'object') return toItem(value);
  throw new Error(`A ${typeof value} cannot be stored in the table`);
}

export function toItem(value: object): Item {
  const item: Item = {};
  addMembers(item, value);
  return item;
}

function addMembers(item: Item, value: object): void {
  for (const [name, member] of Object.entries(value)) {
    if (member !== undefined) item[name] = toJson(member);
  }
}

/** The put of one row, checked against its schema on the way in. */
export function putRow<Row extends Key>(schema: z.ZodMiniType<Row>, row: Row, condition?: Condition): Put {
  const checked = schema.parse(row);
  const item: Item & Key = { pk: checked.pk, sk: checked.sk };
  addMembers(item, checked);
  return condition === undefined ? { write: 'put', item } : { write: 'put', item, condition };
}
