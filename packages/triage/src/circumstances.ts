import { isImagined } from './imagined.ts';
import type { Match } from './pattern.ts';
import { has, type Reading, wordAt, wordsFrom, wordsOf } from './read.ts';
import { trait } from './traits.ts';
import { firstPerson, writesForPatient } from './who-writes.ts';
import { listed, wordSet } from './word-set.ts';

/**
 * How a found sign stands: really there, denied, only imagined, long past, another being's, taken back,
 * a joke.
 */
export type Standing = 'present' | 'denied' | 'imagined' | 'past' | 'other' | 'corrected' | 'figure';

const nowWords = wordSet('now today again tonight since this ahora hoy otra desde esta este estoy');
const yearReach = 10;

/** "I fainted in 2009", but not "I fainted in 2009 and again today". */
function inAnEarlierYear({ words }: Reading, match: Match, yearsAt: readonly number[]): boolean {
  const clause = words[match.first]?.clause;
  return yearsAt.some((at) => {
    if (words[at]?.clause !== clause) return false;
    if (Math.min(Math.abs(at - match.last), Math.abs(match.first - at)) > yearReach) return false;
    return !words.some((other) => other.clause === clause && nowWords.has(other.word));
  });
}

const nowBetween = wordSet('now today again tonight ahora hoy this esta este');
/** "Same as last time, hives all over": what is like the past is there now. */
const alike = /(?:\b(?:like|as|than)|\b(?:igual|mismo|misma) que)$/u;

function longPast(reading: Reading, match: Match, pastAt: readonly number[]): boolean {
  const clause = reading.words[match.first]?.clause;
  return pastAt.some((at) => {
    if (reading.cells[at]?.clause !== clause) return false;
    if (/^(?:no|never|nunca|not)$/u.test(wordAt(reading, at - 1))) return false;
    if (alike.test(wordsFrom(reading, at - 2, 2))) return false;
    const between = reading.words.slice(at + 1, match.first);
    if (between.some(({ word }, index) => nowBetween.has(word) && index > 0)) return false;
    return at < match.first ? match.first - at <= 14 : at - match.last <= 4;
  });
}

const addressed = /^(?:tell|tells|digan|diganles?|diles?|avisen|cuiden)$/u;

const officeWords = listed('officeWords');

type About = { forPatient: boolean; office: boolean; selfFine: boolean };

/** "Home with the kids, tongue swelling": who is only there, or cared for, has no part in the sign. */
function isCompany(reading: Reading, at: number, sign: number): boolean {
  const between = reading.words.slice(at + 1, sign);
  if (between.some(({ word }) => /^(?:he|she|her|his|him|they|their|le|les|su|sus|who|que)$/u.test(word)))
    return false;
  const owner = /^(?:my|the|a|our|some|two|mi|mis|los|las|el|la|un|una)$/u.test(wordAt(reading, at - 1));
  return /^(?:with|con|up|watching|minding|dropping|picking|feeding|cuidando|recogiendo)$/u.test(
    wordAt(reading, owner ? at - 2 : at - 1),
  );
}

const sharedByWriter =
  /\b(?:so do i|so have i|me too|and i do too|same here|yo tambien|igual yo|y yo igual)\b/u;

/** "My son and I have a fever", "mi hijo y yo tenemos fiebre". */
const bothHave = new RegExp(
  '\\b(?:me and (?:my|the) \\w+|and (?:me|i)|y yo|yo y mis? \\w+|we both|both of us|l[ao]s dos|amb[ao]s)' +
    '(?: both| all| also)? (?:have|had|got|get|are|were|feel|woke|tenemos|tuvimos|estamos|andamos|' +
    'amanecimos|traemos|nos)\\b',
  'u',
);

function isShared({ words }: Reading, { first, last }: Match): boolean {
  const clause = words[first]?.clause;
  const own = words.filter((word, at) => word.clause === clause && at < first).map(({ word }) => word);
  const after = words.slice(last + 1, last + 7).map(({ word }) => word);
  return bothHave.test(own.join(' ')) || sharedByWriter.test(after.join(' '));
}

function isMasked({ first, last }: Match, { masked }: Circumstances): boolean {
  for (let at = first; at <= last; at += 1) if (masked.has(at)) return true;
  return false;
}

/** "Can somebody call an ambulance": who shall help is nobody's patient. */
const isAskedToHelp = (reading: Reading, { pattern }: Match, at: number): boolean =>
  pattern.concept === 'emergency_call' &&
  /^some(?:one|body) (?:\w+ ){0,4}(?:call|phone|ring|dial|get|send|drive|take)\b/u.test(
    wordsFrom(reading, at, 6),
  );

function othersSign(reading: Reading, match: Match, about: About): boolean {
  return belongsToOther(reading, match, about) && !isShared(reading, match);
}

function belongsToOther(reading: Reading, match: Match, about: About): boolean {
  const { forPatient, office, selfFine } = about;
  const start = reading.words[match.first];
  if (start === undefined) return false;
  for (let at = match.last; at >= 0; at -= 1) {
    const word = reading.words[at];
    const cell = reading.cells[at];
    if (word === undefined || word.clause !== start.clause) return false;
    if (at < match.first && firstPerson.has(word.word) && !/^(?:my|mi|mis|me|i)$/u.test(word.word))
      return false;
    if (at < match.first && word.word === 'i' && !/^(?:think|room|live)$/u.test(wordAt(reading, at + 1)))
      return false;
    if (
      at < match.first &&
      /^(?:says|said|dice|dicen|thinks|told|noticed|saw|vio|cree|me)$/u.test(word.word) &&
      at > 0 &&
      wordAt(reading, at - 1) !== 'se'
    )
      return false;
    if (has(cell, trait.pet)) return true;
    if (word.phrase !== start.phrase && isCompany(reading, at, match.first)) continue;
    if (has(cell, trait.person) && (!forPatient || selfFine)) return !isAskedToHelp(reading, match, at);
    if (has(cell, trait.family) && (!forPatient || selfFine)) {
      // What a child swallowed is danger now; "tell my kids I love them" is no sign of theirs.
      if (match.pattern.concept === 'overdose' || addressed.test(wordAt(reading, match.first))) return false;
      const child = /^(?:kid|kids|toddler|daycare|nino|ninos|children)$/u.test(word.word);
      if (child || office || selfFine) return true;
    }
  }
  return false;
}

function officeText(reading: Reading): boolean {
  return reading.words.some((word) => officeWords.has(word.word));
}

function takenBack(
  reading: Reading,
  match: Match,
  signs: readonly Match[],
  kiddingAt: readonly number[],
): boolean {
  for (const at of kiddingAt) {
    const cell = reading.cells[at];
    if (cell === undefined) continue;
    const beginsThought =
      cell.spans.some((span) => /@kidding/u.test(span.symbol)) &&
      /^(?:thought|pense|crei|sone|dreamt|dreamed|had|dream)$/u.test(wordAt(reading, at));
    if (beginsThought) {
      const phrase = cell.phrase;
      const reaches =
        match.first > at && reading.words[match.first]?.phrase === phrase && match.first - at <= 7;
      const later = reading.words.some((word, index) => index > match.last && word.clause === cell.clause);
      if (reaches && (later || reading.words.length > match.last + 1)) return true;
      continue;
    }
    const shortlyBefore = match.last < at && cell.clause - (reading.words[match.last]?.clause ?? 0) <= 1;
    if (shortlyBefore && signs.some((sign) => sign.first > at)) return true;
  }
  return false;
}

/** Everything about a text that decides how its signs stand, computed once per text. */
export type Circumstances = About & {
  masked: ReadonlySet<number>;
  kiddingAt: readonly number[];
  pastAt: readonly number[];
  yearsAt: readonly number[];
};

function placesOf(reading: Reading, traits: number): number[] {
  return reading.cells.flatMap((cell, at) => (has(cell, traits) ? [at] : []));
}

/** "in 2009", "en el 2019": a year gone by, not a price. */
function yearsGone({ words }: Reading): number[] {
  return words.flatMap(({ value = 0 }, at) => {
    const before = words[at - 1]?.word ?? '';
    const isYear = Number.isInteger(value) && value >= 1950 && value <= lastYearGone;
    return isYear && /^(?:in|en|el|del|back)$/u.test(before) ? [at] : [];
  });
}

/** The last year in which nothing can have to do with a session that this reads about. */
const lastYearGone = 2024;

const yourPatient =
  /(?<!\b(?:not|isnt|never|aint|no soy|no es) )\b(?:your|su|tu|vuestr[oa]) (?:patient|paciente)\b/u;

/** Looks once at who a text is about; `masked` are the words that belong to figures of speech. */
export function circumstancesOf(reading: Reading, masks: readonly Match[]): Circumstances {
  const masked = new Set<number>();
  for (const mask of masks) for (let at = mask.first; at <= mask.last; at += 1) masked.add(at);
  return {
    forPatient: writesForPatient(reading),
    office: officeText(reading),
    // "Not me, my wife, your patient": of her is told, not of whoever writes.
    selfFine: reading.cells.some((cell) => has(cell, trait.selfFine)) && !yourPatient.test(wordsOf(reading)),
    masked,
    kiddingAt: placesOf(reading, trait.kidding),
    pastAt: placesOf(reading, trait.longPast),
    yearsAt: yearsGone(reading),
  };
}

/** How one sign stands, apart from denial (E2 other person, E5 hypothetical, past and corrections). */
export function standingOf(
  reading: Reading,
  match: Match,
  circumstances: Circumstances,
  signs: readonly Match[],
): Standing {
  if (isMasked(match, circumstances) && !isShared(reading, match)) return 'figure';
  if (takenBack(reading, match, signs, circumstances.kiddingAt)) return 'corrected';
  if (othersSign(reading, match, circumstances)) return 'other';
  if (isImagined(reading, match)) return 'imagined';
  if (longPast(reading, match, circumstances.pastAt)) return 'past';
  if (inAnEarlierYear(reading, match, circumstances.yearsAt)) return 'past';
  return 'present';
}
