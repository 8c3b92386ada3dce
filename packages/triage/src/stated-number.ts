import { type Reading, wordAt, wordsFrom } from './read.ts';
import { listed, wordSet } from './word-set.ts';

/** A number that a text states, in digits or in words; `first`/`last` are word indexes. */
export type StatedNumber = { value: number; decimal: boolean; first: number; last: number };

/**
 * The whole part of a number; `unitSaid` = its last digit was said as a word ("thirty eight"), so that a
 * tenth may follow without a point.
 */
type Whole = { value: number; last: number; unitSaid: boolean };

const numbered = (words: string, from: number): [string, number][] =>
  words.split(' ').map((word, index) => [word, from + index]);

const units = new Map([
  ...numbered('zero one two three four five six seven eight nine', 0),
  ...numbered('cero uno dos tres cuatro cinco seis siete ocho nueve', 0),
  ['un', 1],
]);

const tens = new Map([
  ['thirty', 30],
  ['treinta', 30],
  ['forty', 40],
  ['cuarenta', 40],
  ['ninety', 90],
  ['hundred', 100],
  ['cien', 100],
  ['ciento', 100],
]);

/** Spanish numbers in one word, as most write them. */
const inOneWord = new Map(
  ['treinti', 'treintai', 'treintay'].flatMap((start) =>
    numbered('seis siete ocho nueve', 36).map(([unit, value]) => [start + unit, value] as const),
  ),
);

/** What follows a number that counts something else than degrees. */
export const otherUnits = listed('otherUnits');

const points = wordSet('point punto con coma dot');
const half = /^(?:(?:y|and|con) (?:medio|media|half)|and a half)(?= |$)/u;

/** "38 y pico", "38 and a bit", "38 something": a little more than the number. */
const littleMore = new RegExp(
  '^(?:y (?:cachito|pico|algo|piquito|rato|decimas|tantos)(?= |$)|and a (?:bit|little|touch|smidge)|' +
    'something\\b|point something|and some\\b|and change\\b)',
  'u',
);
const littleMoreTenths = 2;

const lengthOf = (words: string): number => words.split(' ').length;

/** A digit, in figures or as a word; undefined where there is none. */
function digitAt(reading: Reading, at: number): number | undefined {
  const digit = reading.words[at]?.value ?? units.get(wordAt(reading, at));
  return digit !== undefined && digit < 10 && Number.isInteger(digit) ? digit : undefined;
}

/** "one oh one": digit by digit from a hundred on. */
function dictated(reading: Reading, at: number): Whole | undefined {
  if (wordAt(reading, at) !== 'one' || !/^(?:oh|o|zero)$/u.test(wordAt(reading, at + 1))) return undefined;
  const unit = units.get(wordAt(reading, at + 2));
  return unit === undefined ? undefined : { value: 100 + unit, last: at + 2, unitSaid: false };
}

/** "thirty eight", "treinta y ocho", "a hundred and one", "treintiocho". */
function spelled(reading: Reading, at: number): Whole | undefined {
  const glued = inOneWord.get(wordAt(reading, at));
  if (glued !== undefined) return { value: glued, last: at, unitSaid: true };
  const base = tens.get(wordAt(reading, at));
  if (base === undefined) return undefined;
  const last = /^(?:and|y)$/u.test(wordAt(reading, at + 1)) ? at + 2 : at + 1;
  const unit = units.get(wordAt(reading, last));
  return unit === undefined
    ? { value: base, last: at, unitSaid: false }
    : { value: base + unit, last, unitSaid: true };
}

/** What is said after the whole part, in tenths, and where it ends. */
function tenthsAfter(
  reading: Reading,
  { value, last, unitSaid }: Whole,
): { tenths: number; last: number } | undefined {
  const at = last + 1;
  const following = wordsFrom(reading, at, 3);
  const halved = half.exec(following);
  if (halved !== null) return { tenths: 5, last: last + lengthOf(halved[0]) };
  const more = value >= 37 && value <= 41 ? littleMore.exec(following) : null;
  if (more !== null) return { tenths: littleMoreTenths, last: last + lengthOf(more[0]) };
  const next = wordAt(reading, at);
  const pointed = points.has(next) || (unitSaid && next === 'y');
  const tenths = digitAt(reading, pointed ? at + 1 : at);
  if (tenths === undefined) return undefined;
  if (pointed) return { tenths, last: at + 1 };
  // "thirty eight four", but not "thirty eight two year olds" and not "a hundred and one two".
  const counted = !unitSaid || value >= 100 || otherUnits.has(wordAt(reading, at + 1));
  return counted ? undefined : { tenths, last: at };
}

/**
 * The number that begins at a word, in digits or in words of English or Spanish: "38,5", "thirty eight and
 * a half", "treintiocho con dos", "one oh one point two". Words reach from 30 to 49 and from 90 to 109:
 * those of a thermometer.
 */
export function numberAt(reading: Reading, at: number): StatedNumber | undefined {
  const word = reading.words[at];
  const value = word?.value;
  if (value !== undefined && (!Number.isInteger(value) || word?.word.includes('.') === true))
    return { value, decimal: true, first: at, last: at };
  const whole =
    value === undefined
      ? (dictated(reading, at) ?? spelled(reading, at))
      : { value, last: at, unitSaid: false };
  if (whole === undefined) return undefined;
  const fraction = tenthsAfter(reading, whole);
  if (fraction === undefined) return { value: whole.value, decimal: false, first: at, last: whole.last };
  return { value: whole.value + fraction.tenths / 10, decimal: true, first: at, last: fraction.last };
}
