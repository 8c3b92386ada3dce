import { isCue } from './denial-cue.ts';
import type { Match } from './pattern.ts';
import { has, type Reading, wordAt } from './read.ts';
import { trait } from './traits.ts';
import { wordSet } from './word-set.ts';

const reach = 8;
const listItem = 3;

/** Words that begin a new statement, so that a denial before a comma no longer holds. */
const newStatement = wordSet(
  'i im ive its is are was my me the have has had got get getting feel feels tengo tiene esta ' +
    'estoy estan se la el mi lo los las hay siento veo sale salio me te le yo ando anda sigo sigue ' +
    'amaneci this that she he they we today hoy yes si keeps started starting can could should when ' +
    'cuando puedo wow please your you',
);

const joiners = wordSet('or nor ni o and y u e');

function saidImpossible(reading: Reading, from: number): boolean {
  for (let at = from - 1; at >= 0 && at >= from - 7; at -= 1) {
    if (wordAt(reading, at) === 'cant' && /^(?:say|honestly|tell|promise)$/u.test(wordAt(reading, at + 1))) {
      return true;
    }
  }
  return false;
}

function crossesComma(reading: Reading, at: number, first: number): boolean {
  const phrase = reading.words[at + 1]?.phrase;
  let length = 0;
  for (let index = at + 1; index <= first; index += 1) {
    const word = reading.words[index];
    if (word === undefined || word.phrase !== phrase) break;
    length += 1;
    if (index < first && newStatement.has(word.word)) return false;
    if (index === first && newStatement.has(word.word)) return false;
  }
  const opener = wordAt(reading, at + 1);
  return joiners.has(opener) || length <= listItem;
}

const listDeniers = wordSet('no sin without ni nor none zero nothing cero tampoco nunca never nada any');
const havers = wordSet('have had got get see seen tengo hay he feel notice noticed veo');

/**
 * May this denial run over a comma? "no fever, pus" and "dont have fever, pus" do, "not himself,
 * drowsy" does not.
 */
function listsOn(reading: Reading, at: number): boolean {
  const word = wordAt(reading, at);
  if (listDeniers.has(word)) return true;
  if (havers.has(wordAt(reading, at + 1))) return true;
  const clause = reading.words[at]?.clause;
  return reading.words.some(
    (other, index) => index > at && other.clause === clause && /^(?:or|nor|ni)$/u.test(other.word),
  );
}

/** "ya no me escriban que ando con calentura": what is told of oneself is not denied by what went before. */
const restarts = wordSet('its theres im ive es but pero ando traigo amaneci estoy tengo sigo');

const between = wordSet('lo la los las me te le se siquiera');

/** "no tengo", "no lo tengo", "ni siquiera tengo". */
function followsCue(reading: Reading, at: number): boolean {
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
  const found = takesBack.test(reading.words.map((word) => word.word).join(' '));
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

/** Tags of words that are no sign by themselves. */
const talk = wordSet('@not @negafter @product @fine @calmword');
const isSignTag = (symbol: string): boolean => symbol.startsWith('@') && !talk.has(symbol);

/** Before a comma that a denial runs over a sign must stand: "no fever, pus", but not "no sleep, pus". */
function listsSigns({ words, cells }: Reading, at: number): boolean {
  const phrase = words[at]?.phrase;
  // "zero: blisters, pus"
  if (/^(?:zero|cero|none)$/u.test(words[at]?.word ?? '') && words[at + 1]?.phrase !== phrase) return true;
  return words.some(
    (word, index) => index > at && word.phrase === phrase && cells[index]?.known.symbols.some(isSignTag),
  );
}

function deniedBefore(reading: Reading, first: number, others: readonly Match[]): boolean {
  const start = reading.words[first];
  if (start === undefined) return false;
  for (let at = first - 1; at >= 0 && at >= first - reach; at -= 1) {
    const word = reading.words[at];
    if (word === undefined || word.clause !== start.clause) return false;
    const next = reading.words[at + 1];
    if (next !== undefined && next.phrase !== word.phrase && !crossesComma(reading, at, first)) return false;
    if (isCue(reading, at) && !isSpokenFor(at, first, others)) {
      const samePhrase = word.phrase === start.phrase;
      const listed = samePhrase || (listsOn(reading, at) && listsSigns(reading, at));
      return listed && !saidImpossible(reading, at) && !takenBackLater(reading);
    }
    if (restarts.has(word.word) && !followsCue(reading, at)) return false;
    if (has(reading.cells[at], trait.scopeEnd) && !has(reading.cells[at], trait.not)) return false;
    if ((word.word === 'and' || word.word === 'y') && newStatement.has(next?.word ?? '')) return false;
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

const longestAsked = 4;

/** "Fever/pus? none": a short question of ours, repeated and answered with no. */
function answeredNo(reading: Reading, last: number): boolean {
  const clause = reading.words[last]?.clause;
  if (clause === undefined || !reading.questions.has(clause)) return false;
  let from = last;
  let to = last;
  while (reading.words[from - 1]?.clause === clause) from -= 1;
  while (reading.words[to + 1]?.clause === clause) to += 1;
  const answers = reading.words[to + 1]?.clause === clause + 1;
  return to - from < longestAsked && answers && has(reading.cells[to + 1], trait.noAfter);
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
      if (endsHere(reading, at)) return true;
      const follow = wordAt(reading, at + 1);
      const plain = /^(?:he|hay|tengo|veo|tiene|ha|estoy|esta|i|thanks|thank|gracias|at|de)$/u.test(follow);
      return plain && at === last + 1 && !asked && word.word !== 'nothing';
    }
    if (has(reading.cells[at], trait.scopeEnd)) return false;
  }
  return false;
}

/** What the body does: "fine" after it denies trouble with it ("tongue and breathing fine", "veo normal"). */
const functions = wordSet(
  'breathing_difficulty throat_tongue_swelling vision_change eye_severe chest_pain palpitations ' +
    'confusion face_droop_weakness fainting numbing_toxicity',
);
const fineReach = 6;
const functionWords = new RegExp(
  '^(?:respir|breath|brethe|air$|aire$|trag|swallow|throat|garganta|tongue|lengua|see$|seeing|veo|ver$|' +
    'vision|vista|sight|eye|ojo|speech|hablo|smile|sonri|chest|pecho|heart|corazon|mouth|boca|lips|' +
    'labio|puedo$)',
  'u',
);

/** Does a word for what works follow this body word, with nothing between that takes it away? */
function fineFrom(reading: Reading, from: number): boolean {
  const clause = reading.words[from]?.clause;
  for (let at = from - 2; at < from; at += 1) {
    const cell = reading.cells[at];
    if (cell?.clause === clause && has(cell, trait.cant | trait.impair)) return false;
    const next = wordAt(reading, at + 1);
    if (cell?.clause === clause && has(cell, trait.not) && !troubles.test(next)) return false;
  }
  for (let at = from + 1; at <= from + fineReach; at += 1) {
    const cell = reading.cells[at];
    if (cell === undefined || cell.clause !== clause) return false;
    if (has(cell, trait.fine)) return true;
    if (has(cell, trait.cant | trait.impair | trait.not | trait.scopeEnd)) return false;
  }
  return false;
}

function saidFine(reading: Reading, match: Match): boolean {
  if (!functions.has(match.pattern.concept)) return false;
  for (let at = match.last; at >= match.first; at -= 1) {
    const word = reading.words[at];
    if (word !== undefined && functionWords.test(word.word)) return fineFrom(reading, at);
  }
  return false;
}

/** "Fiebre no, pus si": a sign with its own yes. */
function isAffirmed(reading: Reading, last: number): boolean {
  const yes = reading.words[last + 1];
  if (yes === undefined || yes.phrase !== reading.words[last]?.phrase) return false;
  return /^(?:yes|yep|si|tambien|too)$/u.test(yes.word) && reading.words[last + 2]?.phrase !== yes.phrase;
}

const troubles = /^(?:trouble|problem|problems|issue|issues|pain|painful|dolor|problema|problemas|blur)$/u;

/**
 * Is this match denied by the words around it? `ownNegation` patterns carry their denial as part of the
 * sign; a denial that belongs to one of the `others`, all matches of the text, denies nothing after it.
 */
export function isDenied(reading: Reading, match: Match, others: readonly Match[]): boolean {
  const head = reading.cells[match.first];
  const carriesDenial = match.pattern.ownNegation && has(head, trait.not | trait.cant);
  if (carriesDenial) return false;
  if (saidFine(reading, match)) return true;
  if (isAffirmed(reading, match.last)) return false;
  return deniedBefore(reading, match.first, others) || deniedAfter(reading, match.last);
}

/** Words that may stand between a denial and the number it denies ("hasn't even gone over 38"). */
const beforeNumber = wordSet(
  'it is its a the at to of over above even quite gone been hit reached reaches reach up more than ' +
    'my es de a en los llega llegado llego paso pasa pasado sube subido subio tengo tiene he ha ni',
);
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
