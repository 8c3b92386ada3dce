import { storedSession } from '@aftercare/contract/stored-session';
import * as clinicRows from '@aftercare/usecases/clinic-rows';
import * as deskRows from '@aftercare/usecases/desk-rows';
import * as personRows from '@aftercare/usecases/person-rows';
import * as rows from '@aftercare/usecases/rows';
import * as z from 'zod/mini';
import { fineAsItIs } from './fine-as-it-is.ts';

/**
 * Rows are checked against their schemas at every write and every read, half the time of a run. Here a row
 * that its schema would answer as it is, is found out faster; and as the memory table hands out the same
 * frozen item until it is replaced, each is looked at once. All other rows go to the schema itself; what it
 * makes of a stored item is frozen too, so that no reader can change what another one sees.
 */
export function parseStoredRowsOnce(): void {
  const files = [rows, personRows, deskRows, clinicRows];
  for (const exported of [storedSession, ...files.flatMap((file) => Object.values<unknown>(file))]) {
    if (exported instanceof z.ZodMiniType) rememberResults(exported);
  }
}

const done = new WeakSet<object>();

function rememberResults(schema: z.ZodMiniType): void {
  if (done.has(schema)) return;
  done.add(schema);
  const { parse } = schema;
  const isFine = fineAsItIs(schema);
  const known = new WeakMap<object, ReturnType<typeof parse>>();
  schema.parse = (value, params) => {
    if (typeof value !== 'object' || value === null || !Object.isFrozen(value))
      return isFine(value) ? value : parse.call(schema, value, params);
    const before = known.get(value);
    if (before !== undefined) return before;
    const parsed = isFine(value) ? value : freezeWhole(parse.call(schema, value, params));
    known.set(value, parsed);
    return parsed;
  };
}

function freezeWhole<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const member of Object.values(value)) freezeWhole(member);
  return Object.freeze(value);
}
