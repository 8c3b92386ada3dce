import * as deskRows from '@aftercare/usecases/desk-rows';
import * as personRows from '@aftercare/usecases/person-rows';
import type { Item } from '@aftercare/usecases/ports';
import * as rows from '@aftercare/usecases/rows';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { fineAsItIs } from './fine-as-it-is.ts';
import { storeClinics } from './outside.ts';
import { createSeedWorld } from './seed-world.ts';

const schemas = {
  session: rows.sessionRow,
  reminder: rows.reminderRow,
  message: rows.messageRow,
  event: rows.eventRow,
  patient: personRows.patientRow,
  phone: personRows.phoneRow,
  inbound: personRows.inboundRow,
  alert: deskRows.alertRow,
} as const;

const wrong = [undefined, null, '', 'x', 1, 1.5, -0, Number.NaN, true, [], ['x'], [{}], {}, { x: 1 }];

async function storedRows(seed: number): Promise<readonly Item[]> {
  const world = createSeedWorld(seed, false);
  await storeClinics(world.outside.table, world.clinics);
  world.start();
  await world.engine.run(world.endMs, () => false);
  return world.outside.table.everything();
}

/** Each row with one member changed, one left out, one added. */
function* spoilt(row: Item): Generator<object> {
  yield { ...row, surplus: 1 };
  for (const name of Object.keys(row)) {
    const { [name]: _dropped, ...rest } = row;
    yield rest;
    for (const value of wrong) yield { ...row, [name]: value };
  }
}

describe('the quick look at a row', () => {
  it('knows every stored row, and calls none fine that its schema would refuse or change', async () => {
    const seen = new Map<string, number>();
    const mistakes: unknown[] = [];
    for (const item of [...(await storedRows(3)), ...(await storedRows(5))]) {
      const kind = item.row as keyof typeof schemas;
      const schema: z.ZodMiniType | undefined = schemas[kind];
      if (schema === undefined) continue;
      const isFine = fineAsItIs(schema);
      expect(isFine(item), `a stored ${kind}`).toBe(true);
      const count = (seen.get(kind) ?? 0) + 1;
      seen.set(kind, count);
      if (count > 5) continue;
      for (const other of spoilt(item)) {
        const parsed = z.safeParse(schema, other);
        const same = parsed.success && z.core.util.isObject(parsed.data) && sameMembers(parsed.data, other);
        if (isFine(other) && !same) mistakes.push({ kind, other });
      }
    }
    expect(mistakes).toEqual([]);
    expect([...seen.keys()].sort()).toEqual(Object.keys(schemas).sort());
  });
});

const sameMembers = (left: object, right: object): boolean => {
  const [one, other] = [Object.entries(left), new Map(Object.entries(right))];
  return (
    one.length === other.size &&
    one.every(([name, value]) => other.has(name) && sameJson(value, other.get(name)))
  );
};
const sameJson = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);
