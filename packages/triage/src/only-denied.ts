import { type Finding, type Findings, isSign } from './concepts.ts';
import { isDenied } from './denial.ts';
import type { Pattern } from './pattern-table.ts';
import { has, type Reading, wordAt } from './read.ts';
import { trait } from './traits.ts';
import { wordSet } from './word-set.ts';

/** Words that say nothing about a body by themselves, and what one does with a thermometer. */
const bare = wordSet(
  'the a an my his her its it is are was were be am been im ive i he she we you your of in on for ' +
    'at to so far yet still today tonight now here this either also any anything and or nor but no ' +
    'not none nothing never neither without zero nope just only there theres have has havent hasnt ' +
    'dont doesnt didnt had got get see seen seeing hi hello hey thanks thank update took take taken ' +
    'check checked says said reads sign signs el la los las un una le me se mi su de del en por y e o ' +
    'u ni no sin nada ningun ninguna ninguno tampoco nunca cero pero hoy ahora aun todavia hasta ' +
    'momento hay tengo tiene veo he ha es esta estoy sale salio marca marco tome tomo toma hola ' +
    'gracias solo nomas all everything todo toda',
);

const fever: Pattern = { concept: 'fever', ownNegation: false, certain: false };
const cueReach = 3;

/** "fine", and no "not" before it. */
function isFine(reading: Reading, at: number): boolean {
  if (!has(reading.cells[at], trait.fine)) return false;
  for (let before = at - 1; before >= at - cueReach; before -= 1) {
    if (reading.words[before]?.clause !== reading.words[at]?.clause) return true;
    if (has(reading.cells[before], trait.not | trait.cant | trait.impair)) return false;
  }
  return true;
}

/** A sign in so few words has no room for a second thing ("no dice cosas con sentido y arde"). */
const longestSign = 3;
const denies = ({ concept, standing, first, last }: Finding): boolean =>
  standing === 'denied' && isSign(concept) && last - first < longestSign;
const calms = ({ concept, standing }: Finding): boolean =>
  standing === 'present' && /^(?:all_good|improving|thanks|greeting)$/u.test(concept);

const isNothing = ({ concept, standing }: Finding): boolean => standing === 'denied' && !isSign(concept);

/** "no fever?" asks; "fever? no" repeats our question and answers it. */
function asksSomething({ questions, cells }: Reading): boolean {
  return [...questions].some((clause) => {
    const asked = cells.filter((cell) => cell.clause === clause);
    return asked.some((cell) => has(cell, trait.not)) || !cells.some((cell) => cell.clause > clause);
  });
}

/** "I dont not have", "casi nada de", "no feeling": words that turn a denial around. */
function turnsAround(reading: Reading, at: number): boolean {
  const { word = '' } = reading.words[at] ?? {};
  if (/^(?:casi|almost|nearly|hardly|barely|apenas|feeling|feel|siento)$/u.test(word)) return true;
  return has(reading.cells[at], trait.not) && /^(?:not|without|sin|never)$/u.test(wordAt(reading, at + 1));
}

/** Below this a measured temperature is nobody's concern (facts.ts raises from here). */
const raisedFromCelsius = 37.3;

/**
 * Does a text say of signs that they are not there, and nothing else ("no temp, no pus", "took her temp,
 * 36.9")? Every word is part of a denied sign, of "all good", or says nothing about a body.
 */
export function onlyDenies({ reading, found, highestCelsius = 0 }: Findings): boolean {
  if (highestCelsius >= raisedFromCelsius || asksSomething(reading)) return false;
  if (found.some((finding) => !denies(finding) && !calms(finding) && !isNothing(finding))) return false;
  const measured = found.some((finding) => finding.concept === 'fever' && denies(finding));
  const noFever = (at: number): boolean =>
    has(reading.cells[at], trait.fever) &&
    (measured || isDenied(reading, { pattern: fever, first: at, last: at }));
  if (!found.some(denies) && !reading.words.some((_, at) => noFever(at))) return false;
  const covering = found.filter((finding) => denies(finding) || calms(finding));
  return reading.words.every(
    ({ word, repaired }, at) =>
      !repaired &&
      !turnsAround(reading, at) &&
      (bare.has(word) ||
        isFine(reading, at) ||
        noFever(at) ||
        covering.some(({ first, last }) => first <= at && at <= last)),
  );
}
