import { isAnd } from './denial-list.ts';
import type { Match } from './pattern.ts';
import { has, type Reading, wordAt } from './read.ts';
import { trait } from './traits.ts';
import { listed } from './word-set.ts';

/** What the body does: "fine" after it denies trouble with it ("tongue and breathing fine", "veo normal"). */
const functions = listed('functions');
const fineReach = 6;
const functionWords = new RegExp(
  '^(?:respir|breath|brethe|air$|aire$|trag|swallow|throat|garganta|tongue|lengua|see$|seeing|veo|ver$|' +
    'vision|vista|sight|eye|ojo|speech|hablo|smile|sonri|chest|pecho|heart|corazon|mouth|boca|lips|' +
    'labio|puedo$)',
  'u',
);

/** "No trouble breathing": what is denied is the trouble, not the breath. */
const troubles = /^(?:trouble|problem|problems|issue|issues|pain|painful|dolor|problema|problemas|blur)$/u;

/** Does a word for what works follow this body word, with nothing between that takes it away? */
function fineFrom(reading: Reading, from: number): boolean {
  const clause = reading.words[from]?.clause;
  const phrase = reading.words[from]?.phrase;
  for (let at = from - 2; at < from; at += 1) {
    const cell = reading.cells[at];
    if (cell?.clause !== clause || cell?.phrase !== phrase) continue;
    if (has(cell, trait.cant | trait.impair)) return false;
    if (has(cell, trait.not) && !troubles.test(wordAt(reading, at + 1)) && !isJoined(reading, at, from))
      return false;
  }
  for (let at = from + 1; at <= from + fineReach; at += 1) {
    const cell = reading.cells[at];
    if (cell === undefined || cell.clause !== clause) return false;
    if (has(cell, trait.fine)) return !bienMeansVery(reading, at);
    // "Me duele el pecho, la cara bien": another part is fine.
    if (has(cell, trait.face) && !isJoined(reading, from, at)) return false;
    if (has(cell, trait.cant | trait.impair | trait.not | trait.scopeEnd)) return false;
  }
  return false;
}

const afterVery = new RegExp(
  '^(?:poc|mal|fe[oa]|rar|dific|apen|cort|agit|entrec|trab|rapid|pesad|doble|oscur|nubl|borros|enred|acel|' +
    'fuert|cerr|apret)',
  'u',
);

/** "Respiro bien poquito": the word for well stands for "very". */
function bienMeansVery(reading: Reading, at: number): boolean {
  return wordAt(reading, at) === 'bien' && afterVery.test(wordAt(reading, at + 1));
}

/** "No hives and breathing fine": the no belongs to what stands before the "and". */
function isJoined(reading: Reading, from: number, to: number): boolean {
  return reading.words.slice(from + 1, to).some(({ word }) => isAnd(word));
}

/** "Throat closing and all else normal": the sign has its trouble in it. */
function tellsTrouble(reading: Reading, from: number, last: number): boolean {
  return reading.cells.slice(from + 1, last + 1).some((cell) => has(cell, trait.signWord | trait.impair));
}

/** Does the text say that what the body does here works? */
export function saidFine(reading: Reading, match: Match): boolean {
  if (!functions.has(match.pattern.concept)) return false;
  for (let at = match.last; at >= match.first; at -= 1) {
    const word = reading.words[at];
    if (word === undefined || !functionWords.test(word.word)) continue;
    return !tellsTrouble(reading, at, match.last) && fineFrom(reading, at);
  }
  return false;
}
