import { has, type Reading, wordAt, wordsFrom } from './read.ts';
import { trait } from './traits.ts';
import { listed } from './word-set.ts';

/** Words after a denial that take it back: "not just red", "no se si", "no relief", "nothing but". */
const voiding = listed('voiding');

/** "no me baja de 39", "no cede": what does not go away is there. */
const staysUp =
  /^(?:baja|bajan|bajo|bajado|cede|ceden|quita|quitan|para|paran|afloja|budge|budging|dropping)$/u;

/** "not feeling good, …", "no es normal …", "nothing for the fever yet": what is denied is no sign. */
const deniesNoSign = new RegExp(
  '^(?:(?:feeling|looking|doing|be|so|very|too|muy|estoy|me siento|me encuentro|esta|es|sea|a|to|' +
    'told|tell|ando) )?(?:good|well|great|right|normal|bien|ok|okay|happy|alarm|worry|going|taken|' +
    'tomado|esperaba|expect|expecting|avisaron|dijeron|creo que sea)\\b|^(?:for|para) ',
  'u',
);

/** "never had pain like this": it is there now. */
function compares({ words }: Reading, from: number): boolean {
  return words.some(
    ({ word, clause }, at) =>
      at > from && clause === words[from]?.clause && /^(?:like|this|such|so|these|worse|before)$/u.test(word),
  );
}

/** "didn't eat and fainted", "no dormí, fiebre toda la noche": what was not done is no sign. */
const otherDoings = listed('otherDoings');

/** Is what is denied something done ("no one called me back about my chest pain"; not "no llamo por pus")? */
function tellsOfDoing(reading: Reading, at: number): boolean {
  const nobody = wordAt(reading, at) === 'one';
  const verb = wordAt(reading, nobody ? at + 1 : at);
  if (!otherDoings.has(verb)) return false;
  const callsAbout = /^(?:llamo|llama|contesto|responde|reply|call) (?:por|porque|about|for)$/u;
  return nobody || !callsAbout.test(wordsFrom(reading, at, 2));
}

/** "never felt this before", "nunca me había pasado": the first time is now. */
function isFirstEver(reading: Reading, at: number): boolean {
  if (!/^(?:never|nunca|jamas)$/u.test(reading.words[at]?.word ?? '')) return false;
  return /^(?:\w+ ){1,3}(?:this|esto|asi|before|antes|pasado|sucedido|ocurrido)\b/u.test(
    wordsFrom(reading, at + 1, 4),
  );
}

/** Does a denial stand here ("no", "without", "sin", "nunca") that the next words do not take back? */
export function isCue(reading: Reading, at: number): boolean {
  const word = reading.words[at];
  const cell = reading.cells[at];
  if (word === undefined || cell === undefined || word.repaired) return false;
  const cue = has(cell, trait.cue);
  if (!cue) return false;
  const next = reading.words[at + 1];
  const afterNext = reading.words[at + 2];
  if (next !== undefined && next.clause === word.clause) {
    if (voiding.has(next.word) || tellsOfDoing(reading, at + 1) || isFirstEver(reading, at)) return false;
    if (word.word !== 'negative' && deniesNoSign.test(wordsFrom(reading, at + 1, 4))) return false;
    if ((next.word === 'se' || next.word === 'c') && afterNext?.word === 'si') return false;
    if (next.word === 'mas' && afterNext?.word === 'que') return false;
    if (staysUp.test(next.word) || (/^(?:me|se|le)$/u.test(next.word) && staysUp.test(afterNext?.word ?? '')))
      return false;
    if (word.word === 'no' && (next.word === 'lo' || next.word === 'es') && afterNext?.word === 'que')
      return false;
    const answer = word.word === 'no' && (at === 0 || reading.words[at - 1]?.clause !== word.clause);
    if (answer && (next.phrase !== word.phrase || /^(?:i|im|ive|my|its|theres|the|yo)$/u.test(next.word)))
      return false;
    if (
      word.word === 'nunca' &&
      /^(?:me|habia|had|senti)$/u.test(next.word) &&
      /tan(?:to)?/u.test(afterNext?.word ?? '')
    )
      return false;
    if (word.word === 'never' && /^(?:had|felt|seen|been)$/u.test(next.word) && compares(reading, at))
      return false;
  }
  // "ni hablar puedo de la falta de aire"
  const can = afterNext?.phrase === word.phrase && /^pued[oe]$/u.test(afterNext?.word ?? '');
  if (word.word === 'ni' && can) return false;
  const before = reading.words[at - 1];
  if (before !== undefined && /^(?:cant|cannot|dont|not)$/u.test(before.word) && word.word === 'not')
    return false;
  return true;
}
