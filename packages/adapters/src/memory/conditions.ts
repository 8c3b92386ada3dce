import type { Condition, Item } from '@aftercare/usecases/ports';
import { sameJson } from './json.ts';

/**
 * Whether a condition holds for the stored item. Agrees with DynamoDB: a comparison with a missing attribute
 * or one of another type is false. Throws on an empty list of values or conditions: a bug.
 */
export function holds(condition: Condition, stored: Item | undefined): boolean {
  switch (condition.is) {
    case 'absent':
      return stored === undefined;
    case 'present':
      return stored !== undefined;
    case 'attributeAbsent':
      return stored?.[condition.attribute] === undefined;
    case 'attributePresent':
      return stored?.[condition.attribute] !== undefined;
    case 'equal':
      return stored !== undefined && sameJson(stored[condition.attribute], condition.value);
    case 'oneOf': {
      if (condition.values.length === 0) throw new Error('oneOf needs at least one value');
      const held = stored?.[condition.attribute];
      return held !== undefined && condition.values.some((value) => sameJson(held, value));
    }
    case 'below': {
      const held = stored?.[condition.attribute];
      if (typeof held === 'number' && typeof condition.value === 'number') return held < condition.value;
      if (typeof held === 'string' && typeof condition.value === 'string') return held < condition.value;
      return false;
    }
    case 'all':
      if (condition.of.length === 0) throw new Error('all needs at least one condition');
      return condition.of.every((part) => holds(part, stored));
    case 'any':
      if (condition.of.length === 0) throw new Error('any needs at least one condition');
      return condition.of.some((part) => holds(part, stored));
  }
}
