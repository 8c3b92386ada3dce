import { isCue } from './denial-cue.ts';
import { beginsStatement, crossesComma, deniesAll, endsBetween, listsOn, listsSigns } from './denial-list.ts';
import { endsByNow, isRestored } from './now-and-then.ts';
import type { Match } from './pattern.ts';
import { has, type Reading, wordAt, wordsFrom, wordsOf } from './read.ts';
import { saidFine } from './said-fine.ts';
import { trait } from './traits.ts';
import { listed, wordSet } from './word-set.ts';

const reach = 8;

function saidImpossible(reading: Reading, from: number): boolean {
  for (let at = from - 1; at >= 0 && at >= from - 7; at -= 1) {
    if (wordAt(reading, at) === 'cant' && /^(?:say|honestly|tell|promise)$/u.test(wordAt(reading, at + 1))) {
      return true;
    }
  }
  return false;
}

/** "ya no me escriban que ando con calentura": what is told of oneself is not denied by what went before. */
const restarts = listed('restarts');

const between = wordSet('lo la los las me te le se siquiera');

/** "I don't think I have a fever", "no veo que haya": what is doubted is denied. */
const thought = wordSet('think believe feel like see know do creo veo parece que that');
const thoughtReach = 5;

/** "no tengo", "no lo tengo", "ni siquiera tengo". */
function followsCue(reading: Reading, at: number): boolean {
  let before = at - 1;
  while (before > at - thoughtReach && thought.has(wordAt(reading, before))) before -= 1;
  if (isCue(reading, before)) return true;
  return isCue(reading, at - 1) || (between.has(wordAt(reading, at - 1)) && isCue(reading, at - 2));
}

const takesBack = new RegExp(
  [
    'take (?:the no|that|it) back',
    'change (?:that|it|my answer) to (?:a )?yes',
    'make that a yes',
    'i lied',
    'me retracto',
    'cambio (?:mi|la) respuesta',
    'said no (?:to|earlier|before)',
  ].join('|'),
  'u',
);

/** "I put no. I take the no back", "change that to yes". */
function takenBackLater(reading: Reading): boolean {
  const known = takenBack.get(reading);
  if (known !== undefined) return known;
  const found = takesBack.test(wordsOf(reading));
  takenBack.set(reading, found);
  return found;
}

/** Looked up once per text, however many words of it are denied. */
const takenBack = new WeakMap<Reading, boolean>();

/** Is this word part of something else that was said before the sign ("dont text me again fever and pus")? */
function isSpokenFor(at: number, first: number, others: readonly Match[]): boolean {
  return others.some(
    (other) =>
      other.first <= at &&
      at <= other.last &&
      other.last < first &&
      (other.pattern.ownNegation || notSigns.has(other.pattern.concept)),
  );
}

/** What a denial may belong to instead of a sign. */
const notSigns = wordSet('opt_out opt_in not_improving ask_is_normal booking');

/** After a sign that is denied another begins that is there: "no fever no pus yes chest pain". */
function isThereAgain({ words, cells }: Reading, at: number): boolean {
  return (
    /^(?:si|yes|much[ao]|bastante|harta|harto|pura)$/u.test(words[at]?.word ?? '') &&
    has(cells[at - 1], trait.signWord)
  );
}

function deniedBefore(reading: Reading, first: number, others: readonly Match[]): boolean {
  const start = reading.words[first];
  if (start === undefined) return false;
  if (deniesAll(reading, first)) return !takenBackLater(reading);
  for (let at = first - 1; at >= 0 && at >= first - reach; at -= 1) {
    const word = reading.words[at];
    if (word === undefined || word.clause !== start.clause) return false;
    const next = reading.words[at + 1];
    if (next !== undefined && next.phrase !== word.phrase && !crossesComma(reading, at, first)) return false;
    if (isCue(reading, at) && !isSpokenFor(at, first, others)) {
      const samePhrase = word.phrase === start.phrase;
      const listed = samePhrase || (listsOn(reading, at) && listsSigns(reading, at));
      if (!listed || endsBetween(reading, at, first)) return false;
      return !saidImpossible(reading, at) && !takenBackLater(reading);
    }
    if (restarts.has(word.word) && !followsCue(reading, at)) return false;
    if (has(reading.cells[at], trait.scopeEnd) && !has(reading.cells[at], trait.not)) return false;
    if (isThereAgain(reading, at)) return false;
    if ((word.word === 'and' || word.word === 'y') && beginsStatement(next?.word ?? '')) return false;
  }
  return false;
}

function endsHere(reading: Reading, at: number): boolean {
  const word = reading.words[at];
  const next = reading.words[at + 1];
  return (
    word !== undefined &&
    (next === undefined || next.phrase !== word.phrase || has(reading.cells[at + 1], trait.scopeEnd))
  );
}

const plainFollow = /^(?:he|hay|tengo|veo|tiene|ha|estoy|esta|i|at|de)$/u;
const polite = /^(?:thanks|thank|gracias)$/u;

const nothingElse = listed('nothingElse');

/** Does a phrase say no from here on and nothing else ("no tengo", "no he visto", not "no tengo epipen")? */
function isNothingBut({ words }: Reading, at: number): boolean {
  return words.every(
    ({ word, phrase }, index) => index <= at || phrase !== words[at]?.phrase || nothingElse.has(word),
  );
}

/** "fever no chills no pus no": each sign with its no behind it, and nothing else. */
function isCheckList({ words, cells, questions }: Reading, at: number): boolean {
  const own = words[at];
  if (own === undefined || questions.has(own.clause)) return false;
  const clause = words.flatMap((word, index) => (word.clause === own.clause ? [index] : []));
  if (words[clause.at(-1) ?? at]?.word !== own.word) return false;
  return clause.every((index) =>
    words[index]?.word === own.word
      ? has(cells[index - 1], trait.signWord)
      : has(cells[index], trait.signWord),
  );
}

const longestAsked = 4;
const notSoFar = /^not (?:one|so far|at all|yet|any)\b(?! (?:better|less|gone|worse))/u;

/** "Fever/pus? none": a short question of ours, repeated and answered with no. */
function answeredNo(reading: Reading, last: number): boolean {
  const clause = reading.words[last]?.clause;
  if (clause === undefined || !reading.questions.has(clause)) return false;
  let from = last;
  let to = last;
  while (reading.words[from - 1]?.clause === clause) from -= 1;
  while (reading.words[to + 1]?.clause === clause) to += 1;
  const answers = reading.words[to + 1]?.clause === clause + 1;
  if (to - from >= longestAsked || !answers) return false;
  return has(reading.cells[to + 1], trait.noAfter) || notSoFar.test(wordsFrom(reading, to + 1, 4));
}

/** "fever no,", "ronchas cero", "pus? no", "blisters no he visto". */
function deniedAfter(reading: Reading, last: number): boolean {
  if (answeredNo(reading, last)) return true;
  const end = reading.words[last];
  if (end === undefined) return false;
  for (let at = last + 1; at <= last + 2; at += 1) {
    const word = reading.words[at];
    if (word === undefined) return false;
    // "hives, fever no": the no belongs to what stands beside it.
    if (at > last + 1 && reading.words[last + 1]?.phrase !== end.phrase) return false;
    const asked = word.clause === end.clause + 1 && reading.questions.has(end.clause) && at === last + 1;
    if (word.clause !== end.clause && !asked) return false;
    if (has(reading.cells[at], trait.noAfter)) {
      // "fever isn't gone"
      if (at > last + 1 && has(reading.cells[at - 1], trait.not)) return false;
      if (endsHere(reading, at)) return true;
      if (isCheckList(reading, at)) return true;
      if (at !== last + 1 || asked || word.word === 'nothing') return false;
      const follow = wordAt(reading, at + 1);
      // "ronchas, no tengo", but not "me desmayé, no tengo dolor" or "oxygen 86, no thanks"
      if (word.phrase === end.phrase && polite.test(follow)) return true;
      return plainFollow.test(follow) && isNothingBut(reading, at);
    }
    if (has(reading.cells[at], trait.scopeEnd)) return false;
  }
  return false;
}

const withinReach = 4;
/** "Hasn't stopped swelling", "isn't pink, its black": what is not over, or said anew, is there. */
const goesOn = new RegExp(
  '^(?:stop\\w*|quit|done|slow\\w*|calm\\w*|better|let|gone|eas\\w*|improv\\w*|healing|dej\\w*|' +
    'par[oae]\\w*|ced\\w*|mejor\\w*|baj\\w*|abre|desinflam\\w*|its|is|esta|sigue|so|like|much|habia)$',
  'u',
);

/** "My chest never hurt so much": it hurts. */
const isBeyond = (reading: Reading, at: number): boolean =>
  /^(?:never|nunca|jamas)$/u.test(wordAt(reading, at)) &&
  /\b(?:so|like|this|such|tan|tanto|asi)\b/u.test(wordsFrom(reading, at + 1, 4));

/** "The skin isn't black": a denial inside the words of a sign, right before what would make it one. */
function deniedWithin(reading: Reading, { pattern, first, last }: Match): boolean {
  if (pattern.ownNegation || pattern.saysNo) return false;
  const phrase = reading.words[last]?.phrase;
  for (let at = last - 1; at > first && at >= last - withinReach; at -= 1) {
    if (reading.words[at]?.phrase !== phrase || has(reading.cells[at], trait.scopeEnd)) return false;
    if (goesOn.test(wordAt(reading, at))) return false;
    if (isCue(reading, at) && !isBeyond(reading, at))
      return !goesOn.test(wordAt(reading, last)) && !endsBetween(reading, at, last);
  }
  return false;
}

/** "Fiebre no, pus si": a sign with its own yes. */
function isAffirmed(reading: Reading, last: number): boolean {
  const yes = reading.words[last + 1];
  if (yes === undefined || yes.phrase !== reading.words[last]?.phrase) return false;
  return /^(?:yes|yep|si|tambien|too)$/u.test(yes.word) && reading.words[last + 2]?.phrase !== yes.phrase;
}

/**
 * Is this match denied by the words around it? `ownNegation` patterns carry their denial as part of the
 * sign; a denial that belongs to one of the `others`, all matches of the text, denies nothing after it.
 */
export function isDenied(reading: Reading, match: Match, others: readonly Match[]): boolean {
  const head = reading.cells[match.first];
  const carriesDenial = match.pattern.ownNegation && has(head, trait.not | trait.cant);
  if (carriesDenial) {
    // "can't wait, breathing fine"
    const { words } = reading;
    const phrase = words[match.first]?.phrase;
    const torn = phrase !== words[match.last]?.phrase && phrase === words[match.first + 1]?.phrase;
    return torn && saidFine(reading, match);
  }
  // "ayer respiraba bien, hoy no"
  if (saidFine(reading, match)) return !endsByNow(reading, match.last);
  if (isAffirmed(reading, match.last)) return false;
  if (deniedWithin(reading, match)) return true;
  if (deniedBefore(reading, match.first, others)) return !isRestored(reading, match.last);
  return deniedAfter(reading, match.last);
}

/** Words that may stand between a denial and the number it denies ("hasn't even gone over 38"). */
const beforeNumber = listed('beforeNumber');
const numberReach = 5;

/**
 * Is a measured number denied ("not 38.6", "38? no")? A denial of another sign does not run on to it:
 * "no pus, 38.6" tells a fever.
 */
export function isNumberDenied(reading: Reading, { first, last }: Match): boolean {
  const phrase = reading.words[first]?.phrase;
  for (let at = first - 1; at >= first - numberReach; at -= 1) {
    const word = reading.words[at];
    if (word === undefined || word.phrase !== phrase) break;
    if (isCue(reading, at)) return true;
    if (!beforeNumber.has(word.word)) break;
  }
  return deniedAfter(reading, last);
}
