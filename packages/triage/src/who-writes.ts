import { has, type Reading, wordsOf } from './read.ts';
import { trait } from './traits.ts';
import { listed } from './word-set.ts';

/** Words by which somebody speaks of themselves. */
export const firstPerson = listed('firstPerson');

/** Does only a relative's skin peel, and nobody's own ("my kid is peeling like a snake, temp 39")? */
function relativePeels({ words, cells }: Reading): boolean {
  if (!cells.some((cell) => has(cell, trait.peel)) || !cells.some((cell) => has(cell, trait.family)))
    return false;
  return words.every(({ word }, at) => !firstPerson.has(word) || has(cells[at + 1], trait.family));
}

/** "This is Karen's daughter", "soy el esposo de Ana". */
const relativeWrites = new RegExp(
  '^(?:hi|hello|hey|hola|buenas|buenos dias|good \\w+)? ?(?:' +
    '(?:this is|im|i am) (?!my)(?:\\w+ )?\\w+s (?:daughter|son|partner|husband|wife|sister|brother|mum|mom|' +
    'mother|dad|father|carer|fiance|boyfriend|girlfriend)\\b|(?:soy|habla|aqui) (?:el|la) ' +
    '(?:hij|espos|marid|mujer|herman|novi|mama|papa|madre|padre)\\w* de (?!mi ))',
  'u',
);

/** Is the one the text is about being treated here, or is somebody writing for the patient? */
export function writesForPatient(reading: Reading): boolean {
  if (reading.cells.some((cell) => has(cell, trait.forPatient)) || relativePeels(reading)) return true;
  return relativeWrites.test(wordsOf(reading));
}
