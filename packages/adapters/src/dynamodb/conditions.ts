import type { Condition, Json } from '@aftercare/usecases/ports';
import { toWire, type WireValue } from './attribute-values.ts';
import { tableDefinition } from './table-definition.ts';

/** Collects placeholders, so that no attribute name collides with one of DynamoDB's 570 reserved words. */
export type Placeholders = {
  name(attribute: string): string;
  value(value: Json): string;
  /** The two maps of a request, each only when something was collected. */
  attributes(): {
    ExpressionAttributeNames?: Record<string, string>;
    ExpressionAttributeValues?: Record<string, WireValue>;
  };
};

export function createPlaceholders(): Placeholders {
  const names: Record<string, string> = {};
  const values: Record<string, WireValue> = {};
  const byAttribute = new Map<string, string>();
  return {
    name(attribute) {
      const known = byAttribute.get(attribute);
      if (known !== undefined) return known;
      const placeholder = `#n${byAttribute.size}`;
      byAttribute.set(attribute, placeholder);
      names[placeholder] = attribute;
      return placeholder;
    },
    value(value) {
      const placeholder = `:v${Object.keys(values).length}`;
      values[placeholder] = toWire(value);
      return placeholder;
    },
    attributes: () => ({
      ...(byAttribute.size === 0 ? {} : { ExpressionAttributeNames: names }),
      ...(Object.keys(values).length === 0 ? {} : { ExpressionAttributeValues: values }),
    }),
  };
}

/** A condition as DynamoDB's condition expression. Throws on an empty list of values or conditions: a bug. */
export function conditionExpression(condition: Condition, placeholders: Placeholders): string {
  switch (condition.is) {
    case 'absent':
      return `attribute_not_exists(${placeholders.name(tableDefinition.partitionKey)})`;
    case 'present':
      return `attribute_exists(${placeholders.name(tableDefinition.partitionKey)})`;
    case 'attributeAbsent':
      return `attribute_not_exists(${placeholders.name(condition.attribute)})`;
    case 'attributePresent':
      return `attribute_exists(${placeholders.name(condition.attribute)})`;
    case 'equal':
      return `${placeholders.name(condition.attribute)} = ${placeholders.value(condition.value)}`;
    case 'below':
      return `${placeholders.name(condition.attribute)} < ${placeholders.value(condition.value)}`;
    case 'oneOf': {
      if (condition.values.length === 0) throw new Error('oneOf needs at least one value');
      const values = condition.values.map((value) => placeholders.value(value)).join(', ');
      return `${placeholders.name(condition.attribute)} IN (${values})`;
    }
    case 'all':
      return joined(condition.of, ' AND ', placeholders);
    case 'any':
      return joined(condition.of, ' OR ', placeholders);
  }
}

function joined(parts: readonly Condition[], word: ' AND ' | ' OR ', placeholders: Placeholders): string {
  if (parts.length === 0) throw new Error('all and any need at least one condition');
  return `(${parts.map((part) => conditionExpression(part, placeholders)).join(word)})`;
}
