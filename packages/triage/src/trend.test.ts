import { describe, expect, it } from 'vitest';
import { assess } from './assess.ts';
import { readText } from './read.ts';
import { trendOf } from './trend.ts';

const directionOf = (text: string): string | undefined => trendOf(readText(text))?.direction;

describe('growth told by comparison', () => {
  it.each([
    ['a coin on monday, a saucer today', 'up'],
    ['ayer era una moneda y hoy es un plato', 'up'],
    ['today a plum, yesterday a grape', 'up'],
    ['was a plate, now a coin', 'down'],
    ['3.1 cm yesterday, 4.6 cm today', 'up'],
    ['pain sunday 1, monday 3, tuesday 6', 'up'],
    ['red 8 then 7 then 5 now 3', 'down'],
  ])('%s goes %s', (text, direction) => {
    expect(directionOf(text)).toBe(direction);
  });

  it.each(['day 1 day 2 day 3', 'a spot the size of a pea', 'see you at 3, 4 or 5 pm'])(
    '%s tells none',
    (text) => {
      expect(directionOf(text)).toBeUndefined();
    },
  );
});

describe('an earlier text', () => {
  it('says what "worse" is about when this one names nothing', () => {
    const now = {
      text: 'it is getting worse',
      hoursSinceTreatment: 70,
      device: 'pen',
      needleDepthMm: 1,
    } as const;
    const earlier = [{ text: 'my cheek is red', level: 'self_care', hoursAgo: 20 }] as const;
    expect(assess({ ...now, earlier }).evidence.map(({ rule }) => rule)).toContain('UR-growing');
  });
});
