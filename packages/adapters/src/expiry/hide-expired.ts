import { epochMs } from '@aftercare/time/instant';
import type { Clock, Condition, Item, Table, Write } from '@aftercare/usecases/ports';

/** The attribute by which DynamoDB deletes (adapters/dynamodb/table-definition.ts). */
const expiryAttribute = 'expiresAtEpochSeconds';

/**
 * Retention in code as well as by the expiry attribute (issue 6): DynamoDB deletes an expired item days
 * later, and until then nobody may read it. A read does not see it, and a write that asks for `absent`
 * takes its place. Other conditions name attributes that were read before, so they need no change.
 */
export function hideExpired(table: Table, clock: Clock): Table {
  const nowSeconds = (): number => Math.floor(epochMs(clock.now()) / 1000);
  const isAlive = (item: Item): boolean => {
    const expiresAt = item[expiryAttribute];
    return typeof expiresAt !== 'number' || expiresAt > nowSeconds();
  };
  const readable = (item: Item | undefined): Item | undefined =>
    item !== undefined && isAlive(item) ? item : undefined;
  return {
    get: async (key) => readable(await table.get(key)),
    getAll: async (keys) => (await table.getAll(keys)).map(readable),
    async query(range) {
      const page = await table.query(range);
      return { ...page, items: page.items.filter(isAlive) };
    },
    write: (write) => table.write(overExpired(write, nowSeconds())),
    transact: (writes) => table.transact(writes.map((write) => overExpired(write, nowSeconds()))),
    workDue: (...asked) => table.workDue(...asked),
  };
}

function overExpired<W extends Write>(write: W, nowSeconds: number): W {
  return write.condition === undefined
    ? write
    : { ...write, condition: absentOrExpired(write.condition, nowSeconds) };
}

function absentOrExpired(condition: Condition, nowSeconds: number): Condition {
  switch (condition.is) {
    case 'absent':
      return {
        is: 'any',
        of: [condition, { is: 'below', attribute: expiryAttribute, value: nowSeconds + 1 }],
      };
    case 'all':
    case 'any':
      return { ...condition, of: condition.of.map((part) => absentOrExpired(part, nowSeconds)) };
    default:
      return condition;
  }
}
