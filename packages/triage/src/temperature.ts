import { has, type Reading, wordAt } from './read.ts';
import { trait } from './traits.ts';
import { wordSet } from './word-set.ts';

/** A body temperature that the text states; `first`/`last` are word indexes, `celsius` is converted. */
export type Temperature = { celsius: number; first: number; last: number };

const units = new Map(
  Object.entries({
    one: 1,
    two: 2,
    three: 3,
    four: 4,
    five: 5,
    six: 6,
    seven: 7,
    eight: 8,
    nine: 9,
    uno: 1,
    un: 1,
    dos: 2,
    tres: 3,
    cuatro: 4,
    cinco: 5,
    seis: 6,
    siete: 7,
    ocho: 8,
    nueve: 9,
    zero: 0,
    cero: 0,
  }),
);
const tens = new Map(
  Object.entries({
    thirty: 30,
    forty: 40,
    treinta: 30,
    cuarenta: 40,
    ninety: 90,
    hundred: 100,
    cien: 100,
    ciento: 100,
  }),
);
const pointWords = wordSet('point punto con coma y dot');

type Candidate = { value: number; decimal: boolean; first: number; last: number };

const decimal = (value: number, first: number, last: number): Candidate => {
  return { value, decimal: true, first, last };
};

/** A digit, written or in words, that can stand after a decimal point; 10 where there is none. */
function digitAt(reading: Reading, at: number): number {
  return reading.words[at]?.value ?? units.get(wordAt(reading, at)) ?? 10;
}

/** Spanish numbers in one word, as most write them. */
const inOneWord = new Map(
  ['seis', 'siete', 'ocho', 'nueve'].flatMap((unit, index) =>
    ['treinti', 'treintai', 'treintay'].map((start) => [start + unit, 36 + index] as const),
  ),
);

/** "treintiocho", "treintayocho cinco", "treintaiocho con dos". */
function gluedNumber(reading: Reading, at: number): Candidate | undefined {
  const value = inOneWord.get(wordAt(reading, at));
  if (value === undefined) return undefined;
  const joined = pointWords.has(wordAt(reading, at + 1));
  const digit = digitAt(reading, joined ? at + 2 : at + 1);
  if (digit >= 10 || otherUnits.has(wordAt(reading, at + 2)))
    return { value, decimal: false, first: at, last: at };
  return decimal(value + digit / 10, at, joined ? at + 2 : at + 1);
}

/** "thirty eight point six", "treinta y ocho con seis", "a hundred and one point two". */
function spelledNumber(reading: Reading, at: number): Candidate | undefined {
  const base = tens.get(wordAt(reading, at));
  if (base === undefined) return undefined;
  let value = base;
  let last = at;
  let index = at + 1;
  if (/^(?:and|y)$/u.test(wordAt(reading, index))) index += 1;
  const unit = units.get(wordAt(reading, index));
  if (unit !== undefined) {
    value += unit;
    last = index;
    index += 1;
  }
  const joiner = wordAt(reading, index);
  if (pointWords.has(joiner)) {
    const digit = digitAt(reading, index + 1);
    if (digit < 10 && (joiner !== 'y' || unit !== undefined))
      return decimal(value + digit / 10, at, index + 1);
    if (/^(?:medio|media)$/u.test(wordAt(reading, index + 1))) return decimal(value + 0.5, at, index + 1);
  }
  if (/^and a half$/u.test(wordsFrom(reading, index, 3))) return decimal(value + 0.5, at, index + 2);
  const tenth = units.get(joiner);
  // "thirty eight four"
  if (
    base !== 100 &&
    unit !== undefined &&
    tenth !== undefined &&
    !otherUnits.has(wordAt(reading, index + 1))
  )
    return decimal(value + tenth / 10, at, index);
  return { value, decimal: false, first: at, last };
}

const wordsFrom = (reading: Reading, at: number, count: number): string =>
  Array.from({ length: count }, (_, step) => wordAt(reading, at + step)).join(' ');

/** "one oh one", "one hundred two point four": digit by digit from a hundred on. */
function dictatedNumber(reading: Reading, at: number): Candidate | undefined {
  if (wordAt(reading, at) !== 'one') return undefined;
  const zero = /^(?:oh|o|zero)$/u.test(wordAt(reading, at + 1));
  const unit = units.get(wordAt(reading, at + 2));
  if (!zero || unit === undefined) return undefined;
  const digit = digitAt(reading, at + 4);
  const value = 100 + unit;
  if (pointWords.has(wordAt(reading, at + 3)) && digit < 10) return decimal(value + digit / 10, at, at + 4);
  return decimal(value, at, at + 2);
}

const halves = /^(?:medio|media|half)$/u;
/** "38 y pico", "38 and a bit", "38 something": a little more than the number. */
const littleMore = new RegExp(
  '^(?:y (?:cachito|pico|algo|piquito|rato|decimas|tantos)(?= |$)|and a (?:bit|little|touch|smidge)|' +
    'something\\b|point something|and some\\b|and change\\b)',
  'u',
);

function writtenNumber(reading: Reading, at: number): Candidate | undefined {
  const word = reading.words[at];
  const value = word?.value;
  if (value === undefined) return undefined;
  const plain = { value, first: at, last: at };
  if (!Number.isInteger(value) || word?.word.includes('.') === true) return { ...plain, decimal: true };
  const next = wordAt(reading, at + 1);
  const afterNext = wordAt(reading, at + 2);
  if ((next === 'y' || next === 'and') && halves.test(afterNext)) return decimal(value + 0.5, at, at + 2);
  if (next === 'and' && afterNext === 'a' && halves.test(wordAt(reading, at + 3)))
    return decimal(value + 0.5, at, at + 3);
  const more = value >= 37 && value <= 41 ? littleMore.exec(wordsFrom(reading, at + 1, 3)) : null;
  if (more !== null) return decimal(value + 0.2, at, at + more[0].split(' ').length);
  const digit = digitAt(reading, at + 2);
  if (/^(?:point|punto|con|coma)$/u.test(next) && digit < 10) return decimal(value + digit / 10, at, at + 2);
  return { ...plain, decimal: false };
}

const otherUnits = wordSet(
  'years year yr yo anos ano dollars bucks percent mg ml mm am pm km miles mile lb lbs pounds kg ' +
    'st street ave sessions people pm min minutes mins hours horas hora dias days day weeks semanas ' +
    'weeks meses months followers k x stars euros pesos dolares cuadras pisos personas pages units ' +
    'tubes am oclock veces times lbs inches foot feet tall quid stories pics photos texts seconds ' +
    'secs segundos minutos',
);

const otherMeasures = wordSet(
  'spf factor tub hottub jacuzzi sauna temazcal steam oven horno vegas phoenix weather outside ' +
    'outdoors afuera clima car carro carretera highway exit room apt apartment suite size talla kilo ' +
    'kilos insta instagram followers degrees_outside ac aire_acondicionado agua water bath ducha ' +
    'pool price precio bus age edad cumpli turned turning street calle club sunscreen bloqueador ' +
    'highs desert arizona dubai shade road traffic bathwater wash laundry cycle lavadora lavado ' +
    'pillowcases sheets sabanas followers seguidores insta tiktok canje collab',
);

const verbsBefore = wordSet(
  'at im running hes shes is was its of de con tengo trae marca dice said says reads read tiene estoy ' +
    'a got hit have has hits amaneci ando traigo mom mum around like about todavia sale salio subio llego ' +
    'hasta to gave mine yes now ahora still again por over mas es fue tuve tenia ya',
);

function preceded(reading: Reading, candidate: Candidate): boolean {
  return verbsBefore.has(wordAt(reading, candidate.first - 1));
}

function elsewhere(reading: Reading, candidate: Candidate): boolean {
  const next = wordAt(reading, candidate.last + 1);
  if (otherUnits.has(next)) return true;
  const start = reading.words[candidate.first];
  const end = reading.words[candidate.last];
  if (start === undefined || end === undefined) return true;
  const symbolBefore = reading.original.slice(Math.max(0, start.start - 1), start.start);
  const symbolAfter = reading.original.slice(end.end, end.end + 1);
  if (/[$£€#]/u.test(symbolBefore) || symbolAfter === '%' || symbolAfter === '$') return true;
  if (
    /^(?:spf|factor|age|edad|dia|day|number|room|vegas|gate|bus|exit|apt|suite|highway|a|from)$/u.test(
      wordAt(reading, candidate.first - 1),
    ) &&
    candidate.value < 100.4 &&
    !candidate.decimal &&
    wordAt(reading, candidate.first - 1) !== 'a'
  ) {
    return true;
  }
  for (let at = candidate.first - 5; at <= candidate.last + 5; at += 1) {
    const word = reading.words[at];
    if (word === undefined || word.clause !== start.clause) continue;
    if (word.phrase !== start.phrase && Math.abs(at - candidate.first) > 2) continue;
    if (otherMeasures.has(word.word)) return true;
  }
  return false;
}

/** Where a thermometer is held. */
const heldAt = wordSet('armpit arm axila axilas sobaco oido ear tongue lengua forehead rectal');

/** What a thermometer does, and whoever reads it. */
const shows = wordSet(
  'reads read says said showed shows hit hits tipped topped reached touched registered marca marco ' +
    'marcaba dice decia dio llego subio pegaba over above past pasa paso arriba',
);

/** "it tipped 38", "llegó a 39", "just over 38": a reading ends its phrase, a number of things does not. */
function isShown(reading: Reading, { first, last }: Candidate): boolean {
  const place = reading.words[first];
  const next = reading.words[last + 1];
  if (next !== undefined && next.phrase === place?.phrase && !laterWord.test(next.word)) return false;
  const linked = /^(?:a|de|en|los|to)$/u.test(wordAt(reading, first - 1));
  return shows.has(wordAt(reading, linked ? first - 2 : first - 1));
}

const laterWord =
  /^(?:last|this|since|when|and|but|anoche|hoy|ayer|esta|desde|cuando|y|pero|c|f|now|again)$/u;

function isHeld(reading: Reading, { first, last }: Candidate): boolean {
  return reading.words.some(
    ({ word, clause }, at) =>
      at >= first - 4 && at <= last + 4 && clause === reading.words[first]?.clause && heldAt.has(word),
  );
}

const hasDegreeSign = (reading: Reading, { last }: Candidate): boolean => {
  const end = reading.words[last]?.end ?? 0;
  return /^\s?[°º˚]/u.test(reading.original.slice(end, end + 2));
};

function nearContext(reading: Reading, candidate: Candidate): boolean {
  return reading.cells.some((cell, at) => Math.abs(at - candidate.first) <= 12 && has(cell, trait.fever));
}

function celsiusOf(value: number): number | undefined {
  if (value >= 34 && value <= 42.9) return value;
  if (value >= 93.5 && value <= 109) return Math.round(((value - 32) / 1.8) * 10) / 10;
  return undefined;
}

function believable(reading: Reading, candidate: Candidate, celsius: number, asked: boolean): boolean {
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
  if (celsius < 38) return false;
  if (hasDegreeSign(reading, candidate) || isHeld(reading, candidate) || isShown(reading, candidate))
    return true;
  const before = wordAt(reading, candidate.first - 1);
  return (
    /^(?:tengo|trae|traigo|marca|tiene|con|running|hit)$/u.test(before) &&
    !/^(?:no|anos)$/u.test(wordAt(reading, candidate.last + 1))
  );
}

const numberAt = (reading: Reading, at: number): Candidate | undefined =>
  writtenNumber(reading, at) ??
  dictatedNumber(reading, at) ??
  gluedNumber(reading, at) ??
  spelledNumber(reading, at);

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
    const celsius = celsiusOf(candidate.value);
    if (celsius !== undefined && believable(reading, candidate, celsius, asked)) {
      found.push({ celsius, first: candidate.first, last: candidate.last });
    }
    at = candidate.last;
  }
  return found;
}
