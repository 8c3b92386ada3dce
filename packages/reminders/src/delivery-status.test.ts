import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Delivery,
  deliveryRank,
  deliveryStatuses,
  isTerminal,
  mergeDelivery,
} from './delivery-status.ts';

describe('mergeDelivery', () => {
  it.each([
    ['sent overtaken by delivered', { status: 'delivered' }, { status: 'sent' }, { status: 'delivered' }],
    [
      'a late failure after delivered',
      { status: 'delivered' },
      { status: 'failed', errorCode: 30_008 },
      { status: 'delivered' },
    ],
    [
      'a late delivered after undelivered',
      { status: 'undelivered', errorCode: 30_003 },
      { status: 'delivered' },
      { status: 'undelivered', errorCode: 30_003 },
    ],
    [
      'a repeat without the code',
      { status: 'failed', errorCode: 30_007 },
      { status: 'failed' },
      { status: 'failed', errorCode: 30_007 },
    ],
    [
      'a repeat with another code',
      { status: 'failed', errorCode: 30_007 },
      { status: 'failed', errorCode: 30_008 },
      { status: 'failed', errorCode: 30_007 },
    ],
    [
      'the code comes second',
      { status: 'failed' },
      { status: 'failed', errorCode: 30_007 },
      { status: 'failed', errorCode: 30_007 },
    ],
    [
      'a code held while climbing',
      { status: 'sent', errorCode: 30_017 },
      { status: 'delivered' },
      { status: 'delivered', errorCode: 30_017 },
    ],
  ] as const)('%s', (_, held, receipt, expected) => {
    expect(mergeDelivery(held, receipt).delivery).toEqual(expected);
  });

  const receipt = fc
    .tuple(
      fc.constantFrom(...deliveryStatuses),
      fc.option(fc.constantFrom(30_003, 30_007), { nil: undefined }),
    )
    .map(([status, errorCode]): Delivery => (errorCode === undefined ? { status } : { status, errorCode }));

  it('in any order with repeats: never backwards, never out of a terminal, never losing a code', () => {
    fc.assert(
      fc.property(fc.array(receipt, { minLength: 1, maxLength: 20 }), (receipts) => {
        let held: Delivery | undefined;
        for (const next of receipts) {
          const merged = mergeDelivery(held, next);
          if (held !== undefined) {
            expect(deliveryRank(merged.delivery.status)).toBeGreaterThanOrEqual(deliveryRank(held.status));
            if (isTerminal(held.status)) expect(merged.delivery.status).toBe(held.status);
            if (held.errorCode !== undefined) expect(merged.delivery.errorCode).toBeDefined();
            if (isTerminal(held.status) && held.errorCode !== undefined)
              expect(merged.delivery).toEqual(held);
            expect(merged.changed).toBe(JSON.stringify(merged.delivery) !== JSON.stringify(held));
          }
          held = merged.delivery;
        }
      }),
      { numRuns: 2000 },
    );
  });
});
