import { has, type Reading, wordAt } from './read.ts';
import { trait } from './traits.ts';

/** A size or a number that the text says has grown or shrunk; `first`/`last` are word indexes. */
export type Trend = { direction: 'up' | 'down'; first: number; last: number };

/** Things people measure a mark by, smallest first. */
const sizes: readonly string[] = [
  'pinhead pin speck dot punto puntito lentil lenteja seed semilla freckle peca',
  'pea chicharo frijol bean dime pebble',
  'grape uva marble canica coin moneda penny nickel quarter button boton fingertip yema thumbnail',
  'walnut nuez plum ciruela apricot thumb golf almond almendra strawberry',
  'egg huevo lime limon saucer platito biscuit galleta cookie pong postcard golfball',
  'palm palma lemon peach tennis fist puno orange naranja apple manzana hand plate plato pancake tortilla',
];
const rankOf = new Map(sizes.flatMap((line, rank) => line.split(' ').map((word) => [word, rank] as const)));

const lengths = /^(?:cm|cms|mm|centimeter|centimeters|centimetros|inch|inches|pulgadas|milimetros)$/u;
const nowWords = /^(?:now|today|hoy|ahora|ya|ahorita|tonight|amanecio)$/u;
const beforeWords =
  /^(?:yesterday|was|were|ayer|era|estaba|monday|lunes|sunday|domingo|before|antes|friday)$/u;

type Measure = { size: number; at: number };

/** Is this word told as of now (+1), of earlier (-1), or neither (0)? Its neighbours in the clause tell. */
function when(reading: Reading, at: number): number {
  const own = reading.words[at];
  for (const part of ['phrase', 'clause'] as const) {
    for (let step = 1; step <= 5; step += 1) {
      for (const other of [at - step, at + step]) {
        const word = reading.words[other];
        if (word === undefined || word[part] !== own?.[part]) continue;
        if (nowWords.test(word.word)) return 1;
        if (beforeWords.test(word.word)) return -1;
      }
    }
  }
  return 0;
}

function change(reading: Reading, measures: readonly Measure[]): Trend | undefined {
  const [first] = measures;
  const last = measures.at(-1);
  if (first === undefined || last === undefined || first.size === last.size) return undefined;
  const told = reading.words.some((word) => nowWords.test(word.word) || beforeWords.test(word.word));
  const linked = reading.words
    .slice(first.at, last.at)
    .some((word) => /^(?:to|a|then|luego)$/u.test(word.word));
  if (!told && !linked) return undefined;
  const reversed = when(reading, first.at) === 1 && when(reading, last.at) === -1;
  const grew = last.size > first.size !== reversed;
  return { direction: grew ? 'up' : 'down', first: first.at, last: last.at };
}

function sizesIn({ words }: Reading): Measure[] {
  const found: Measure[] = [];
  for (const [at, { word }] of words.entries()) {
    const singular = word.endsWith('s') ? word.slice(0, -1) : word;
    const size = rankOf.get(singular) ?? rankOf.get(word);
    if (size !== undefined) found.push({ size, at });
  }
  return found;
}

function lengthsIn({ words }: Reading): Measure[] {
  const found: Measure[] = [];
  for (const [at, { value }] of words.entries())
    if (value !== undefined && lengths.test(words[at + 1]?.word ?? '')) found.push({ size: value, at });
  return found;
}

const counted =
  /^(?:day|dia|d|am|pm|hours|hrs|h|horas|days|dias|x|of|de|weeks|min|minutes|year|years|anos|mm|ml)$/u;
const shortestRow = 3;

/** "Sunday 1, Monday 3, Tuesday 6", "8, 7, 7, 5, 3": a row of scores that goes one way. */
function scores(reading: Reading): Trend | undefined {
  const row: Measure[] = [];
  const isCounted = (at: number): boolean => counted.test(wordAt(reading, at));
  for (const [at, { value }] of reading.words.entries()) {
    if (value === undefined || value > 10 || !Number.isInteger(value)) continue;
    if (!isCounted(at - 1) && !isCounted(at + 1)) row.push({ size: value, at });
  }
  const [first] = row;
  const last = row.at(-1);
  if (row.length < shortestRow || first === undefined || last === undefined) return undefined;
  const steps = row.slice(1).map((entry, index) => entry.size - (row[index]?.size ?? 0));
  const consecutive =
    steps.every((step) => step === 1) && !reading.cells.some((cell) => has(cell, trait.pain));
  if (consecutive || first.size === last.size) return undefined;
  const up = steps.every((step) => step >= 0);
  const down = steps.every((step) => step <= 0);
  if (!up && !down) return undefined;
  return { direction: up ? 'up' : 'down', first: first.at, last: last.at };
}

/**
 * Growth told by comparison instead of by a word for it: "a coin on Monday, a saucer today", "3.1 cm
 * yesterday, 4.6 today", "pain 1, then 3, now 6" (E2, trend).
 */
export function trendOf(reading: Reading): Trend | undefined {
  return change(reading, lengthsIn(reading)) ?? change(reading, sizesIn(reading)) ?? scores(reading);
}
