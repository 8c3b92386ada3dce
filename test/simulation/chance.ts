import { createMemoryRandom } from '@aftercare/adapters/memory/random';
import type { Random } from '@aftercare/usecases/ports';

/** Everything a seed decides comes from here, in one order: that is what makes a run repeatable. */
export type Chance = {
  readonly random: Random;
  fraction(): number;
  /** True with that probability. Draws nothing when it is 0. */
  hits(probability: number): boolean;
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number;
  pick<T>(values: readonly T[]): T;
  /** One name, by weight. */
  weighted<Name extends string>(weights: Readonly<Record<Name, number>>): Name;
};

export function createChance(seed: number): Chance {
  const random = createMemoryRandom(seed);
  const fraction = (): number => random.fraction();
  // Neighbouring seeds start alike in a 32-bit generator: a few turns pull them apart.
  for (let turn = 0; turn < 4; turn += 1) fraction();
  const whole = (least: number, most: number): number => least + Math.floor(fraction() * (most - least + 1));
  return {
    random,
    fraction,
    hits: (probability) => probability > 0 && fraction() < probability,
    whole,
    pick(values) {
      const value = values[whole(0, values.length - 1)];
      if (value === undefined) throw new Error('nothing to pick from');
      return value;
    },
    weighted<Name extends string>(weights: Readonly<Record<Name, number>>): Name {
      const names = Object.keys(weights) as Name[];
      let left = fraction() * names.reduce((sum, name) => sum + weights[name], 0);
      for (const name of names) {
        left -= weights[name];
        if (left < 0) return name;
      }
      return names[names.length - 1] as Name;
    },
  };
}
