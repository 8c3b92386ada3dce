import { bodyCelsius, feverFromCelsius } from './body-heat.ts';
import { has, type Reading, wordAt } from './read.ts';
import { numberAt, otherUnits, type StatedNumber } from './stated-number.ts';
import { trait } from './traits.ts';
import { listed, wordSet } from './word-set.ts';

/** A body temperature that the text states; `first`/`last` are word indexes, `celsius` is converted. */
export type Temperature = { celsius: number; first: number; last: number };

/** What is never told with a decimal: "38.5 and sunscreen burns" is a fever. */
const countedInWholes =
  'spf factor sunscreen bloqueador age edad cumpli turned turning insta instagram followers seguidores ' +
  'tiktok';
const wholeOnly = wordSet(countedInWholes);

const otherMeasures = wordSet(
  `${countedInWholes} tub hottub jacuzzi sauna temazcal steam oven horno vegas phoenix weather outside ` +
    'outdoors afuera clima car carro carretera highway exit room apt apartment suite size talla kilo ' +
    'kilos degrees_outside ac aire_acondicionado agua water bath ducha pool price precio bus street ' +
    'calle club highs desert arizona dubai shade road traffic bathwater wash laundry cycle lavadora ' +
    'lavado pillowcases sheets sabanas canje collab',
);

const verbsBefore = listed('verbsBefore');

function preceded(reading: Reading, candidate: StatedNumber): boolean {
  return verbsBefore.has(wordAt(reading, candidate.first - 1));
}

function elsewhere(reading: Reading, candidate: StatedNumber): boolean {
  const next = wordAt(reading, candidate.last + 1);
  // "38.9 am so cold" is no time of day.
  const isHour = Number.isInteger(candidate.value) && candidate.value <= 12;
  if (otherUnits.has(next) && (isHour || !/^(?:am|pm|oclock)$/u.test(next))) return true;
  const start = reading.words[candidate.first];
  const end = reading.words[candidate.last];
  if (start === undefined || end === undefined) return true;
  const symbolBefore = reading.original.slice(Math.max(0, start.start - 1), start.start);
  const symbolAfter = reading.original.slice(end.end, end.end + 1);
  if (/[$£€#]/u.test(symbolBefore) || symbolAfter === '%' || symbolAfter === '$') return true;
  if (
    /^(?:spf|factor|age|edad|dia|day|number|room|vegas|gate|bus|exit|apt|suite|highway|from)$/u.test(
      wordAt(reading, candidate.first - 1),
    ) &&
    candidate.value < 100.4 &&
    !candidate.decimal
  ) {
    return true;
  }
  for (let at = candidate.first - 5; at <= candidate.last + 5; at += 1) {
    const word = reading.words[at];
    if (word === undefined || word.clause !== start.clause) continue;
    if (word.phrase !== start.phrase && Math.abs(at - candidate.first) > 2) continue;
    if (candidate.decimal && wholeOnly.has(word.word)) continue;
    if (otherMeasures.has(word.word)) return true;
  }
  return false;
}

/** Where a thermometer is held. */
const heldAt = wordSet('armpit arm axila axilas sobaco oido ear tongue lengua forehead rectal');

/** What a thermometer does, and whoever reads it. */
const shows = listed('shows');

/** "it tipped 38", "llegó a 39", "just over 38": a reading ends its phrase, a number of things does not. */
function isShown(reading: Reading, { first, last }: StatedNumber): boolean {
  const place = reading.words[first];
  const next = reading.words[last + 1];
  if (next !== undefined && next.phrase === place?.phrase && !laterWord.test(next.word)) return false;
  const linked = /^(?:a|de|en|los|to)$/u.test(wordAt(reading, first - 1));
  return shows.has(wordAt(reading, linked ? first - 2 : first - 1));
}

const laterWord =
  /^(?:last|this|since|when|and|but|anoche|hoy|ayer|esta|desde|cuando|y|pero|c|f|now|again)$/u;

function isHeld(reading: Reading, { first, last }: StatedNumber): boolean {
  return reading.words.some(
    ({ word, clause }, at) =>
      at >= first - 4 && at <= last + 4 && clause === reading.words[first]?.clause && heldAt.has(word),
  );
}

const hasDegreeSign = (reading: Reading, { last }: StatedNumber): boolean => {
  const end = reading.words[last]?.end ?? 0;
  return /^(?:\s?[°º˚]|[cCfF]\b)/u.test(reading.original.slice(end, end + 2));
};

function nearContext(reading: Reading, candidate: StatedNumber): boolean {
  return reading.cells.some((cell, at) => Math.abs(at - candidate.first) <= 12 && has(cell, trait.fever));
}

function believable(reading: Reading, candidate: StatedNumber, celsius: number, asked: boolean): boolean {
  if (elsewhere(reading, candidate)) return false;
  if (asked || nearContext(reading, candidate)) return true;
  if (candidate.decimal) return true;
  const place = reading.words[candidate.first];
  const ownPhrase = (at: number): boolean => reading.words[at]?.phrase !== place?.phrase;
  const alone = ownPhrase(candidate.first - 1) && ownPhrase(candidate.last + 1);
  const flat = /^(?:flat|even|exactly)$/u.test(wordAt(reading, candidate.last + 1));
  const opens =
    ownPhrase(candidate.first - 1) &&
    /^(?:and|with|y|con|pero|but)$/u.test(wordAt(reading, candidate.last + 1));
  if (candidate.value > 100) return preceded(reading, candidate) || alone || flat || opens;
  if (celsius < feverFromCelsius) return false;
  if (hasDegreeSign(reading, candidate) || isHeld(reading, candidate) || isShown(reading, candidate))
    return true;
  const before = wordAt(reading, candidate.first - 1);
  return (
    /^(?:tengo|trae|traigo|marca|tiene|con|running|hit)$/u.test(before) &&
    !/^(?:no|anos)$/u.test(wordAt(reading, candidate.last + 1))
  );
}

/**
 * Body temperatures in a text, in Celsius. 38-42.9 and 34-37.9 are C, 93.5-109 are F (E5, numbers); a
 * whole number needs a temperature word near it or a verb before it, and prices, ages, factors, rooms
 * and hot tubs are left out. `asked` = the living question asks for the temperature, so a bare number
 * is one.
 */
export function temperaturesIn(reading: Reading, asked: boolean): Temperature[] {
  const found: Temperature[] = [];
  for (let at = 0; at < reading.words.length; at += 1) {
    const candidate = numberAt(reading, at);
    if (candidate === undefined) continue;
    const celsius = bodyCelsius(candidate.value);
    if (celsius !== undefined && believable(reading, candidate, celsius, asked)) {
      found.push({ celsius, first: candidate.first, last: candidate.last });
    }
    at = candidate.last;
  }
  return found;
}
