import { has, type Reading, wordAt, wordsFrom } from './read.ts';
import { trait } from './traits.ts';
import { listed, wordSet } from './word-set.ts';

const listItem = 3;

/** Words that begin a new statement, so that a denial before a comma no longer holds. */
const newStatement = listed('newStatement');

/** Does a new statement begin with this word? */
export function beginsStatement(word: string): boolean {
  return newStatement.has(word);
}

const joiners = wordSet('or nor ni o and y u e');
const articles = wordSet('any a an the of de un una el la los las my mi');

/** Does this word join two things that are so, in English or Spanish? */
export const isAnd = (word: string): boolean => word === 'and' || word === 'y' || word === 'e';

const isOr = (word: string): boolean => /^(?:or|nor|ni|o|u)$/u.test(word);

/**
 * Is what follows in a phrase nothing but the name of a sign ("yellow pus"), so that it may be one of a list?
 * With a part of the body it is told ("throat closing").
 */
function isBare({ words, cells }: Reading, from: number): boolean {
  const phrase = words[from]?.phrase;
  for (let at = from; words[at] !== undefined && words[at]?.phrase === phrase; at += 1) {
    const word = words[at]?.word ?? '';
    if (has(cells[at], trait.change | trait.bodyPart)) return false;
    if (!has(cells[at], trait.signWord) && !articles.has(word) && !joiners.has(word)) return false;
  }
  return true;
}

/** Does a phrase list signs ("pus or hives"), and not only choose ("should I come today or tomorrow")? */
function listsSignsByOr({ words, cells }: Reading, from: number): boolean {
  const phrase = words[from]?.phrase;
  return words.some((word, at) => {
    if (at <= from || word.phrase !== phrase || !isOr(word.word)) return false;
    const after = [at + 1, at + 2].filter((next) => words[next]?.phrase === phrase);
    return has(cells[at - 1], trait.signWord) && after.some((next) => has(cells[next], trait.signWord));
  });
}

/** Is what begins at `from`, after a comma, one more of the things denied ("no fever, pus or chills")? */
function isListed(reading: Reading, from: number): boolean {
  return isOr(wordAt(reading, from)) || listsSignsByOr(reading, from) || isBare(reading, from);
}

/** May a denial reach from before the comma after `at` to a sign at `first`? */
export function crossesComma(reading: Reading, at: number, first: number): boolean {
  const phrase = reading.words[at + 1]?.phrase;
  let length = 0;
  for (let index = at + 1; index <= first; index += 1) {
    const word = reading.words[index];
    if (word === undefined || word.phrase !== phrase) break;
    length += 1;
    if (newStatement.has(word.word)) return false;
  }
  if (length > listItem && !joiners.has(wordAt(reading, at + 1))) return false;
  return isListed(reading, at + 1);
}

const listDeniers = wordSet('no sin without ni nor none zero nothing cero tampoco nunca never nada any');
const havers = listed('havers');

/**
 * May this denial run over a comma? "no fever, pus" and "dont have fever, pus" do, "not himself,
 * drowsy" does not.
 */
export function listsOn(reading: Reading, at: number): boolean {
  const word = wordAt(reading, at);
  if (listDeniers.has(word)) return true;
  if (havers.has(wordAt(reading, at + 1))) return true;
  const clause = reading.words[at]?.clause;
  return reading.words.some((other, index) => index > at && other.clause === clause && isOr(other.word));
}

/** Before a comma that a denial runs over a sign must stand: "no fever, pus", but not "no sleep, pus". */
export function listsSigns({ words, cells }: Reading, at: number): boolean {
  const phrase = words[at]?.phrase;
  // "zero: blisters, pus"
  if (/^(?:zero|cero|none)$/u.test(words[at]?.word ?? '') && words[at + 1]?.phrase !== phrase) return true;
  return words.some(
    (word, index) => index > at && word.phrase === phrase && has(cells[index], trait.signWord),
  );
}

/**
 * Does a denial end between `at` and the sign at `first`? It runs over an "and" only from a sign to the bare
 * name of another ("no redness and fever"; not "didn't eat and fainted", "no fever and breathing is hard"),
 * and over no "with" after a sign ("sin fiebre con dolor de pecho").
 */
export function endsBetween(reading: Reading, at: number, first: number): boolean {
  let sign = false;
  let haver = false;
  for (let index = at + 1; index < first; index += 1) {
    const word = wordAt(reading, index);
    if (isAnd(word) && !haver && !(sign && isBare(reading, index + 1))) return true;
    if ((word === 'with' || word === 'con') && sign) return true;
    if (has(reading.cells[index], trait.signWord)) sign = true;
    if (havers.has(word)) haver = true;
  }
  return false;
}

const allDenied = new RegExp(
  '\\b(?:no to (?:all|everything)|none of (?:these|those|the)|any of (?:the|these|those)|no a todo|' +
    'nada de (?:lo que dice|la lista)|ningun[ao] de (?:es[ao]s|est[ao]s|l[ao]s))\\b',
  'u',
);
/** What may stand in such a denial, and between it and the sign, besides other signs. */
const listWords = listed('listWords');
const denies = /\b(?:no|not|dont|havent|hasnt|doesnt|never|tengo|hay)\b/u;

/**
 * Is a whole list denied, of which names alone stand between ("No to all: fever, chills, pus", "none of
 * the things on your list (pus, hives)", "no tengo nada de lo que dice la hoja: fiebre")?
 */
export function deniesAll(reading: Reading, first: number): boolean {
  const clause = reading.words[first]?.clause;
  let line = '';
  for (let at = first - 1; reading.words[at]?.clause === clause; at -= 1) {
    line = `${wordAt(reading, at)} ${line}`;
    const said = allDenied.exec(line);
    // "Any of these" denies nothing by itself.
    if (said !== null)
      return !said[0].startsWith('any') || denies.test(wordsFrom(reading, Math.max(0, at - 3), 3));
    if (!listWords.has(wordAt(reading, at)) && !has(reading.cells[at], trait.signWord | trait.not))
      return false;
  }
  return false;
}
