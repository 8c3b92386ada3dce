import { sessionRequest } from '@aftercare/contract/session-request';
import * as clinicRows from '@aftercare/usecases/clinic-rows';
import * as deskRows from '@aftercare/usecases/desk-rows';
import * as personRows from '@aftercare/usecases/person-rows';
import * as rows from '@aftercare/usecases/rows';
import * as z from 'zod/mini';

/**
 * The memory table hands out the same frozen item until it is replaced, and a seed reads each a few times: it
 * is checked against its schema once. Of a row that was checked before, only the columns that changed since
 * are checked. What a schema made of a stored item is frozen too, so that no reader can change what another
 * one sees.
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
  const parse = isPlainRow(schema) ? onlyWhatChanged(schema) : freezingWhatIsStored(schema.parse);
  const known = new WeakMap<object, ReturnType<typeof parse>>();
  schema.parse = (value, params) => {
    if (typeof value !== 'object' || value === null || !Object.isFrozen(value)) return parse(value, params);
    const before = known.get(value);
    if (before !== undefined) return before;
    const parsed = parse(value, params);
    known.set(value, parsed);
    return parsed;
  };
}

type Parse = z.ZodMiniType['parse'];
type Row = Readonly<Record<string, unknown>>;
type Checked = { readonly input: Row; readonly result: Row };

const freezingWhatIsStored =
  (parse: Parse): Parse =>
  (value, params) => {
    const parsed = parse(value, params);
    return Object.isFrozen(value) ? freezeWhole(parsed) : parsed;
  };

/** Worlds are many and their keys alike: after so many rows all are forgotten. */
const mostRows = 4000;

/**
 * Checks the columns of a row that are not as they were when a row of the same key was checked. A column is
 * as it was when it is the same text or number, or the very same frozen object.
 */
function onlyWhatChanged(schema: z.ZodMiniObject): Parse {
  const parse = freezingWhatIsStored(schema.parse);
  const columns = new Map(Object.entries(schema.def.shape));
  const required = [...columns]
    .filter(([, column]) => column._zod.optin !== 'optional')
    .map(([name]) => name);
  const latest = new Map<string, Checked>();

  /** The columns that are the same as before and the others checked, or `undefined` when one is wrong. */
  function checkChanged(value: Row, before: Checked): Row | undefined {
    const isStored = Object.isFrozen(value);
    const result: Record<string, unknown> = {};
    for (const name in value) {
      const held = value[name];
      const column = columns.get(name);
      if (held === undefined || column === undefined) continue;
      if (held === before.result[name] && cannotChange(held)) result[name] = held;
      else if (held === before.input[name] && cannotChange(held)) result[name] = before.result[name];
      else {
        const checked = z.safeParse(column, held);
        if (!checked.success) return undefined;
        result[name] = isStored ? freezeWhole(checked.data) : checked.data;
      }
    }
    if (!required.every((name) => result[name] !== undefined)) return undefined;
    return isStored ? Object.freeze(result) : result;
  }

  return (value, params) => {
    if (!isRow(value)) return parse(value, params);
    const id = `${String(value.pk)}\n${String(value.sk)}`;
    const before = latest.get(id);
    const changed = before === undefined ? undefined : checkChanged(value, before);
    // Of a row that is wrong, the whole schema says what is wrong.
    const result = changed ?? (parse(value, params) as Row);
    if (latest.size >= mostRows) latest.clear();
    latest.set(id, { input: value, result });
    return result;
  };
}

/** A row whose columns are checked each by itself, and nothing else. */
const isPlainRow = (schema: z.ZodMiniType): schema is z.ZodMiniObject =>
  schema instanceof z.ZodMiniObject &&
  (schema.def.checks ?? []).length === 0 &&
  schema.def.catchall === undefined &&
  'pk' in schema.def.shape &&
  'sk' in schema.def.shape;

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && 'pk' in value;

const cannotChange = (value: unknown): boolean =>
  typeof value !== 'object' || value === null || Object.isFrozen(value);

function freezeWhole<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const member of Object.values(value)) freezeWhole(member);
  return Object.freeze(value);
}
