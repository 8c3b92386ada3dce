import { expect, it } from 'vitest';
import { killWalk, unexplained } from '../local/kill-walk.ts';

const killsWanted = 100;
const walkSeed = 7;

/** A small repeatable generator (Park and Miller), so that a failing run can be looked at again. */
function* delays(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (state * 48_271) % 2_147_483_647;
    yield 10 + (state % 700);
  }
}

it('loses and doubles nothing over 100 kills at random points', async () => {
  const random = delays(walkSeed);
  let kills = 0;
  let walks = 0;
  let planned = 0;
  let cutOff = 0;
  const ready: number[] = [];
  while (kills < killsWanted) {
    const walk = await killWalk(Array.from({ length: 6 }, () => random.next().value));
    expect(
      walk.days.map(({ day }) => day),
      `walk ${walks}`,
    ).toEqual([0, 1, 3, 7, 14]);
    expect(unexplained(walk), `walk ${walks}`).toEqual([]);
    cutOff += walk.days.filter(({ texts }) => texts === 0).length;
    planned += walk.days.length;
    kills += walk.kills;
    walks += 1;
    ready.push(...walk.readyMs);
  }
  const median = ready.sort((a, b) => a - b)[Math.floor(ready.length / 2)] ?? 0;
  // Nearly all of them must go: that a row explains its loss is no way out.
  expect(cutOff / planned).toBeLessThan(0.1);
  console.log(
    `${walks} walks, ${kills} kills: ${planned - cutOff} of ${planned} texts went, each once; ` +
      `${cutOff} were cut off by kills and say so; ready in ${median.toFixed(0)} ms`,
  );
}, 900_000);
