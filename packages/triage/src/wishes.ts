import { carrierKeyword } from '@aftercare/sms/carrier-words';
import type { Findings } from './concepts.ts';
import { content } from './content.ts';
import { wordSet } from './word-set.ts';

/** What a whole text wishes, when it is nothing but a keyword (product-rules 5; twilio-and-sms-rules 3). */
export type Keyword = 'opt_out' | 'opt_in' | 'help' | undefined;

const exact: readonly (readonly [Exclude<Keyword, undefined>, ReadonlySet<string>])[] = [
  ['opt_out', new Set(content.exact.optOut.split('|'))],
  ['opt_in', new Set(content.exact.optIn.split('|'))],
  ['help', new Set(content.exact.help.split('|'))],
];

function plain(findings: Findings): string {
  return findings.reading.words
    .filter((word) => word.kind !== 'emoji')
    .map((word) => word.word)
    .join(' ');
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
  for (const [wish, phrases] of exact) if (phrases.has(words) || phrases.has(once)) return wish;
  return undefined;
}

const fillers = wordSet(
  'please por favor thanks thank you now ya gracias just already ok the robot for good forever it ' +
    'fis porfa y and seriously yes so con permiso adios bye hey hi hola',
);
const stopClauses = new Set(
  (
    'stop|unsubscribe|unsubscribe me|stopall|no mas|no more|basta|ya basta|parar|alto|enough|opt out|baja|' +
    'dar de baja|unenroll|unsub|cease|desist|halt|delete me|remove me|bajenme|borrenme|quitenme|no texts|' +
    'no mas mensajes'
  ).split('|'),
);
const notMeant = /^(?:seriously|wait|omg|help|no)$/u;

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
