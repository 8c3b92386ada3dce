import { expect, it } from 'vitest';
import { killWalk, unexplained } from './kill-walk.ts';

it('ends with the same texts, none lost and none twice, although it is killed while it walks', async () => {
  const walk = await killWalk([40, 150, 300]);
  expect(walk.kills).toBeGreaterThan(0);
  expect(walk.days.map(({ day }) => day)).toEqual([0, 1, 3, 7, 14]);
  expect(unexplained(walk)).toEqual([]);
}, 60_000);
