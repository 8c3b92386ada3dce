import { carrierKeyword } from '@aftercare/sms/carrier-words';
import type { Findings } from './concepts.ts';
import { content } from './content.ts';
import { fold } from './fold.ts';
import { isKnown } from './lexicon.ts';
import { wordsFrom } from './read.ts';
import { soundOf } from './sound.ts';
import { editDistance, isReplacement } from './typo.ts';
import { listed } from './word-set.ts';

/**
 * What a whole text wishes, when it is nothing but a keyword (product-rules 5; twilio-and-sms-rules 3) or a
 * cry for help ("911", "auxilio").
 */
export type Keyword = 'opt_out' | 'opt_in' | 'help' | 'emergency' | undefined;

const exact: readonly (readonly [Exclude<Keyword, undefined>, ReadonlySet<string>])[] = [
  ['opt_out', new Set(content.exact.optOut.split('|'))],
  ['opt_in', new Set(content.exact.optIn.split('|'))],
  ['help', new Set(content.exact.help.split('|'))],
  ['emergency', new Set(content.exact.emergency.split('|'))],
];

function plain(findings: Findings): string {
  return findings.reading.words
    .filter((word) => word.kind !== 'emoji')
    .map((word) => word.word)
    .join(' ');
}

const oftenMisspelt = 'stop unsubscribe baja parar basta cancelar desuscribir'.split(' ');
const longForReplacement = 6;

/**
 * One word, known as nothing else, that is a keyword but for one slip: a letter too many or too few, two
 * swapped, the same sound ("vaja"); in a short word another letter, or none at its head, makes another word
 * ("caja", "top").
 */
function isKeywordMisspelt({ reading }: Findings): boolean {
  const [first, ...others] = reading.words.filter(({ kind }) => kind === 'word');
  // What was glued is two words at one place.
  if (first === undefined || others.some(({ start }) => start !== first.start)) return false;
  const word = fold(reading.original.slice(first.start, first.end)).text;
  if (!/^[a-z]+$/u.test(word) || isKnown(word)) return false;
  return oftenMisspelt.some((keyword) => {
    if (soundOf(word) === soundOf(keyword)) return true;
    if (keyword.length < longForReplacement && isReplacement(word, keyword)) return false;
    if (word.length < keyword.length && word[0] !== keyword[0]) return false;
    return editDistance(word, keyword, 1) === 1;
  });
}

/** The keyword that the whole text is, misspelt or stretched ("stpo", "STOOOP", "s t o p") included. */
export function keywordOf(text: string, findings: Findings): Keyword {
  switch (carrierKeyword(text)) {
    case 'stop':
      return 'opt_out';
    case 'start':
      return /^yes$/iu.test(text.trim()) ? undefined : 'opt_in';
    case 'help':
      return 'help';
    case undefined:
      break;
  }
  const words = plain(findings);
  if (words === 's t o p' || /^\s*(?:\u{1F6D1}|\u270B|\u26D4|\u{1F6AB})/u.test(text)) {
    if (words === 's t o p' || words === '') return 'opt_out';
  }
  const once = words.replace(/(\w+)(?: \1)+/gu, '$1');
  // "im dying 😂", "911?": a joke or a question is no cry for help.
  const cries = !text.includes('?') && !/[😂🤣😹😅😆😍🥰]/u.test(text);
  for (const [wish, phrases] of exact)
    if ((wish !== 'emergency' || cries) && (phrases.has(words) || phrases.has(once))) return wish;
  return isKeywordMisspelt(findings) ? 'opt_out' : undefined;
}

const fillers = listed('fillers');
const stopClauses = new Set(
  (
    'stop|unsubscribe|unsubscribe me|stopall|no mas|no more|basta|ya basta|parar|alto|enough|opt out|baja|' +
    'dar de baja|unenroll|unsub|cease|desist|halt|delete me|remove me|bajenme|borrenme|quitenme|no texts|' +
    'no mas mensajes'
  ).split('|'),
);
const carrierClauses = 'stop|unsubscribe|unsubscribe me|stopall|opt out|baja|dar de baja'.split('|');
const openingClauses = new Set([...carrierClauses, 'cancelar', 'parar', 'end']);
const closingClauses = new Set([...carrierClauses, 'no more', 'cease']);
const notMeant = /^(?:seriously|wait|omg|help|no)$/u;

/** A keyword and what it shall not end: "stop but keep my Friday", "ALTO, pero no cancelen mi cita". */
const keywordBut = new RegExp(
  '^\\s*(?:[Ss]top|[Uu]nsubscribe|STOP|UNSUBSCRIBE|ALTO|BAJA)[,.;]? (?:but|pero) ' +
    "(?:keep|dont cancel|don't cancel|do not cancel|not|no (?:me )?cancel\\w*|mantengan|dejen|guard\\w+|" +
    'conserv\\w+|la|mi|my) ',
  'u',
);

/** How a sentence of one's own begins after the keyword. */
const newSentence = '(?:i|im|ive|there|theres|tengo|hay|estoy|traigo)';
const afterAnd = `(?:and|y|because|porque) (?:${newSentence}|my|the|me|mi|la|el|los|se) `;
const opening = new RegExp(`^(?:stop|unsubscribe) (?:${newSentence} |${afterAnd})`, 'u');
/** Words of a sentence in which STOP is a verb: "make the pain STOP", "the bleeding wont STOP". */
const beforeStop = listed('beforeStop');
/** Words right before a STOP that they name something with, or tell of: "full STOP", "I sent STOP". */
const rightBeforeStop = listed('rightBeforeStop');

const firstInCapitals = /^\s*(?:STOP|UNSUBSCRIBE)\s/u;
const lastInCapitals = /\p{Ll}.*\s(?:STOP|UNSUBSCRIBE)[.!\s]*$/u;

const meansOther = ({ found }: Findings): boolean => found.some(({ concept }) => concept === 'not_revoking');

/** "STOP I have pus": the keyword as our texts write it, before a sentence of its own. */
function opensWithCapitals(findings: Findings): boolean {
  const { original } = findings.reading;
  if (!firstInCapitals.test(original) || meansOther(findings)) return false;
  return opening.test(wordsFrom(findings.reading, 0, 4));
}

/** "Fever of 39 STOP": the same after a sentence. */
function closesWithCapitals(findings: Findings): boolean {
  const { words, original } = findings.reading;
  if (firstInCapitals.test(original) || !lastInCapitals.test(original) || meansOther(findings)) return false;
  if (rightBeforeStop.has(words.at(-2)?.word ?? '')) return false;
  const phrase = words.at(-1)?.phrase;
  return words.every((word) => word.phrase !== phrase || !beforeStop.has(word.word));
}

/**
 * Does a longer text begin with a keyword that is a sentence by itself ("Baja. Tengo pus")? Nothing else
 * begins so, whatever follows; before a comma it may ("stop, you make me blush").
 */
export function opensWithKeyword(findings: Findings): boolean {
  if (keywordBut.test(findings.reading.original) || opensWithCapitals(findings)) return true;
  const { words } = findings.reading;
  const first = words.filter((word) => word.clause === words[0]?.clause).map((word) => word.word);
  const next = words[first.length]?.word;
  return next !== undefined && openingClauses.has(first.join(' ')) && !notMeant.test(next);
}

/** Does a longer text end with such a sentence ("Great job! 10/10. STOP please")? */
export function closesWithKeyword(findings: Findings): boolean {
  if (closesWithCapitals(findings)) return true;
  const { words, questions } = findings.reading;
  const clause = words.at(-1)?.clause;
  if (clause === undefined || clause === words[0]?.clause || questions.has(clause)) return false;
  const last = words.filter((word) => word.clause === clause && !fillers.has(word.word));
  return closingClauses.has(last.map((word) => word.word).join(' '));
}

/** In words. */
const longestStopClause = 3;

/** A phrase of a longer text that is nothing but "stop" ("dry. fine. STOP", "stop, gracias"). */
export function stopsInPassing(findings: Findings): boolean {
  const { words } = findings.reading;
  let rest: string[] = [];
  for (const [index, { word, phrase }] of words.entries()) {
    if (!fillers.has(word)) rest.push(word);
    const next = words[index + 1];
    if (next?.phrase === phrase) continue;
    const stops = rest.length <= longestStopClause && stopClauses.has(rest.join(' '));
    if (stops && (next === undefined || !notMeant.test(next.word))) return true;
    rest = [];
  }
  return false;
}
