import { describe, expect, it } from 'vitest';
import { createMovableClock } from './movable-clock.ts';

function memory() {
  const values = new Map<string, string>();
  return {
    values,
    setting: (name: string) => values.get(name),
    saveSetting: (name: string, value: string) => void values.set(name, value),
  };
}

describe('movable clock', () => {
  it('keeps its lead after a restart', () => {
    const kept = memory();
    createMovableClock(() => 1_000, kept).moveTo(90_000);
    expect(createMovableClock(() => 2_000, kept).nowMs()).toBe(91_000);
  });

  it('never goes backwards, neither by a move nor by the wall clock', () => {
    let wall = 50_000;
    const clock = createMovableClock(() => wall, memory());
    clock.moveTo(60_000);
    clock.moveTo(10_000);
    expect(clock.nowMs()).toBe(60_000);
    wall = 1_000;
    expect(clock.nowMs()).toBe(60_000);
  });

  it('goes on with the wall clock after a move', () => {
    let wall = 0;
    const clock = createMovableClock(() => wall, memory());
    clock.moveTo(86_400_000);
    wall += 250;
    expect(clock.now()).toBe('1970-01-02T00:00:00.250Z');
  });
});
