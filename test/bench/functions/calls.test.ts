import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServices } from './emulated-services.ts';
import { type CallsByEvent, countOf, type EventName, oneOfEach } from './one-of-each.ts';
import { createRecordedFunctions } from './recorded-functions.ts';

/** What each event may ask of AWS and Twilio; why no fewer: docs/performance.md, "Work per event". */
const most: Readonly<Record<EventName, readonly string[]>> = {
  'a session is accepted': [
    'Query',
    'TransactWriteItems',
    'SendMessage',
    'CreateSchedule',
    'CreateSchedule',
    'CreateSchedule',
    'CreateSchedule',
    'UpdateItem',
  ],
  'a confirmation is sent': ['BatchGetItem', 'TransactWriteItems', 'CreateMessage', 'TransactWriteItems'],
  'a reminder is sent': ['BatchGetItem', 'TransactWriteItems', 'CreateMessage', 'TransactWriteItems'],
  'a receipt: sent': ['UpdateItem'],
  'a receipt: delivered': ['UpdateItem', 'BatchGetItem', 'TransactWriteItems'],
  'a text comes in': ['GetItem', 'PutItem', 'SendMessage'],
  'a text is answered': [
    'GetItem',
    'GetItem',
    'Query',
    'Query',
    'GetItem',
    'TransactWriteItems',
    'CreateMessage',
    'TransactWriteItems',
  ],
};

describe('calls through the real clients', () => {
  const world: { calls?: CallsByEvent; end: () => Promise<void> } = { end: async () => undefined };

  beforeAll(async () => {
    const services = await startServices();
    const functions = createRecordedFunctions(services);
    world.end = async () => {
      functions.close();
      await services.stop();
    };
    world.calls = await oneOfEach(functions, services);
  }, 60_000);
  afterAll(() => world.end());

  it.each(Object.entries(most))('are no more than they have to be when %s', (name, operations) => {
    const event = name as EventName;
    expect(world.calls?.[event].map(({ operation }) => operation)).toEqual(operations);
  });

  it('make the schedules of a session side by side', () => {
    const schedules = world.calls?.['a session is accepted'].filter(({ service }) => service === 'scheduler');
    const lastBegan = Math.max(...(schedules ?? []).map(({ began }) => began));
    const firstEnded = Math.min(...(schedules ?? []).map(({ ended }) => ended));
    expect(lastBegan).toBeLessThan(firstEnded);
  });

  it('reach the table three times for a session and three times for a reminder', () => {
    const of = (event: EventName) => countOf(world.calls?.[event] ?? [], 'dynamodb');
    expect([of('a session is accepted'), of('a reminder is sent')]).toEqual([3, 3]);
  });
});
