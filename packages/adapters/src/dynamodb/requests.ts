import type { Delete, Key, Put, Update, Write } from '@aftercare/usecases/ports';
import { toWireItem, type WireItem, type WireValue } from './attribute-values.ts';
import { conditionExpression, createPlaceholders } from './conditions.ts';

type Expressions = {
  ConditionExpression?: string;
  UpdateExpression?: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Record<string, WireValue>;
};

const all = 'ALL_OLD' as const;

export const wireKey = (key: Key): WireItem => ({ pk: { S: key.pk }, sk: { S: key.sk } });

/** Each request asks for the stored item when its condition fails, which saves the read after a conflict. */
export function putRequest(tableName: string, put: Put) {
  return {
    TableName: tableName,
    Item: toWireItem(put.item),
    ReturnValuesOnConditionCheckFailure: all,
    ...conditionOnly(put),
  };
}

export function deleteRequest(tableName: string, deletion: Delete) {
  return {
    TableName: tableName,
    Key: wireKey(deletion.key),
    ReturnValuesOnConditionCheckFailure: all,
    ...conditionOnly(deletion),
  };
}

export function updateRequest(tableName: string, update: Update) {
  return {
    TableName: tableName,
    Key: wireKey(update.key),
    ReturnValuesOnConditionCheckFailure: all,
    ...updateExpressions(update),
  };
}

/** One member of TransactWriteItems. */
export function transactMember(tableName: string, write: Write) {
  switch (write.write) {
    case 'put':
      return { Put: putRequest(tableName, write) };
    case 'delete':
      return { Delete: deleteRequest(tableName, write) };
    case 'update': {
      const { UpdateExpression, ...rest } = updateRequest(tableName, write);
      if (UpdateExpression === undefined) throw new Error('an update in a transaction must change something');
      return { Update: { ...rest, UpdateExpression } };
    }
    case 'check': {
      const placeholders = createPlaceholders();
      const ConditionExpression = conditionExpression(write.condition, placeholders);
      return {
        ConditionCheck: {
          TableName: tableName,
          Key: wireKey(write.key),
          ReturnValuesOnConditionCheckFailure: all,
          ConditionExpression,
          ...placeholders.attributes(),
        },
      };
    }
  }
}

function conditionOnly(write: Put | Delete): Expressions {
  if (write.condition === undefined) return {};
  const placeholders = createPlaceholders();
  const ConditionExpression = conditionExpression(write.condition, placeholders);
  return { ConditionExpression, ...placeholders.attributes() };
}

function updateExpressions(update: Update): Expressions {
  const placeholders = createPlaceholders();
  const set = Object.entries(update.set ?? {}).flatMap(([attribute, value]) =>
    value === undefined ? [] : [`${placeholders.name(attribute)} = ${placeholders.value(value)}`],
  );
  const add = Object.entries(update.add ?? {}).map(
    ([attribute, amount]) => `${placeholders.name(attribute)} ${placeholders.value(amount)}`,
  );
  const remove = (update.remove ?? []).map((attribute) => placeholders.name(attribute));
  const clauses = [
    set.length === 0 ? '' : `SET ${set.join(', ')}`,
    add.length === 0 ? '' : `ADD ${add.join(', ')}`,
    remove.length === 0 ? '' : `REMOVE ${remove.join(', ')}`,
  ].filter((clause) => clause !== '');
  const condition =
    update.condition === undefined ? undefined : conditionExpression(update.condition, placeholders);
  return {
    ...(clauses.length === 0 ? {} : { UpdateExpression: clauses.join(' ') }),
    ...(condition === undefined ? {} : { ConditionExpression: condition }),
    ...placeholders.attributes(),
  };
}
