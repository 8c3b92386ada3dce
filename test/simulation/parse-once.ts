import { sessionRequest } from '@aftercare/contract/session-request';
import * as clinicRows from '@aftercare/usecases/clinic-rows';
import * as deskRows from '@aftercare/usecases/desk-rows';
import * as personRows from '@aftercare/usecases/person-rows';
import * as rows from '@aftercare/usecases/rows';
import * as z from 'zod/mini';

/**
 * The memory table hands out the same frozen item until it is replaced, and a seed reads each a few times: it
 * is checked against its schema once. What the schema made of it is frozen too, so that no reader can change
 * what another one sees.
 */
export function parseStoredRowsOnce(): void {
  const files = [rows, personRows, deskRows, clinicRows];
  for (const exported of [sessionRequest, ...files.flatMap((file) => Object.values<unknown>(file))]) {
    if (exported instanceof z.ZodMiniType) rememberResults(exported);
  }
}

const done = new WeakSet<object>();

function rememberResults(schema: z.ZodMiniType): void {
  if (done.has(schema)) return;
  done.add(schema);
  const parse = schema.parse;
  const known = new WeakMap<object, ReturnType<typeof parse>>();
  schema.parse = (value, params) => {
    if (typeof value !== 'object' || value === null || !Object.isFrozen(value)) return parse(value, params);
    const before = known.get(value);
    if (before !== undefined) return before;
    const parsed = freezeWhole(parse(value, params));
    known.set(value, parsed);
    return parsed;
  };
}

function freezeWhole<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const member of Object.values(value)) freezeWhole(member);
  return Object.freeze(value);
}
