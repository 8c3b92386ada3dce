import { expect, it } from 'vitest';
import { killWalk } from '../local/kill-walk.ts';

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
  const ready: number[] = [];
  while (kills < killsWanted) {
    const walk = await killWalk(Array.from({ length: 6 }, () => random.next().value));
    const reminders = walk.messages.filter((message) => message.kind === 'reminder');
    expect(
      reminders.map((message) => message.day),
      `walk ${walks}`,
    ).toEqual([1, 3, 7, 14]);
    expect(walk.messages.filter((message) => message.kind === 'confirmation')).toHaveLength(1);
    kills += walk.kills;
    walks += 1;
    ready.push(...walk.readyMs);
  }
  const median = ready.sort((a, b) => a - b)[Math.floor(ready.length / 2)] ?? 0;
  console.log(
    `${walks} walks, ${kills} kills: nothing lost, nothing twice; ready in ${median.toFixed(0)} ms`,
  );
}, 900_000);
