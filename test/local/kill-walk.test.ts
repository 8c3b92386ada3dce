import { expect, it } from 'vitest';
import { killWalk } from './kill-walk.ts';

it('ends with the same four texts although the process is killed while it walks', async () => {
  const { kills, messages } = await killWalk([40, 150, 300]);
  expect(kills).toBeGreaterThan(0);
  const reminders = messages.filter((message) => message.kind === 'reminder');
  expect(reminders.map((message) => message.day)).toEqual([1, 3, 7, 14]);
  expect(messages.filter((message) => message.kind === 'confirmation')).toHaveLength(1);
}, 60_000);
