import { describe, expect, it } from 'vitest';
import { readText } from './read.ts';
import { temperaturesIn } from './temperature.ts';

const celsiusIn = (text: string): number[] =>
  temperaturesIn(readText(text), false).map(({ celsius }) => celsius);

describe('a temperature buried in a long text is not lost', () => {
  it.each([
    ['thirty eight and a half', 38.5],
    ['thirty eight four', 38.4],
    ['38 and a bit', 38.2],
    ['38 something', 38.2],
    ['38 y tantos', 38.2],
    ['it tipped 38', 38],
    ['it reads 38°', 38],
    ['39 in her armpit', 39],
    ['39 en la axila', 39],
    ['just over 38', 38],
    ['llegó a 39', 39],
    ['marcó 39 anoche', 39],
    ['treinta y nueve y medio', 39.5],
    ['treintiocho cinco', 38.5],
    ['treintayocho con dos', 38.2],
    ['tengo treintainueve', 39],
    ['treintaiocho y medio', 38.5],
    ['treinta y ocho y pico', 38.2],
    ['thirty eight and half', 38.5],
    ['one oh one point six', 38.7],
  ])('%s', (told, celsius) => {
    const text = `sorry, the school run was mad, her face is flaking, ${told}, is the cream ok for swimming`;
    expect(celsiusIn(text)).toEqual([celsius]);
  });
});

describe('another number is not taken for a temperature', () => {
  it.each([
    'I am 39 and my skin is pink',
    'parking was 38 and worth it',
    'we turned up 38 minutes late',
    'it reached 38 people',
    'page 39 of your leaflet',
    'mi bus es el 38',
    'llegué a 38 páginas',
    'la página 39 dice sin sol',
    'it said 39 dollars',
    'over 38 weeks pregnant, my friend is',
    'thirty eight two year olds came',
    'cumplí treintiocho años',
    'treintiocho cinco kilos',
  ])('%s', (text) => {
    expect(celsiusIn(text)).toEqual([]);
  });
});
