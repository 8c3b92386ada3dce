import { expect, it } from 'vitest';
import { killWalk } from './kill-walk.ts';

it('ends with the same four texts although the process is killed while it walks', async () => {
  const { kills, messages } = await killWalk([40, 150, 300]);
  expect(kills).toBeGreaterThan(0);
  const reminders = messages.filter((message) => message.kind === 'reminder');
  expect(reminders.map((message) => message.day)).toEqual([1, 3, 7, 14]);
  // One that a kill kept from leaving is not sent again: its row says never_left, and day 1 brings the terms.
  const confirmations = messages.filter((message) => message.kind === 'confirmation');
  expect(confirmations.length).toBeLessThanOrEqual(1);
}, 60_000);
