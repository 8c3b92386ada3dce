import type { Reading } from './read.ts';
import { wordSet } from './word-set.ts';

const resolved = wordSet(
  'gone cleared disappeared vanished resolved over healed finished normal fine ok okay',
);

/** "fever gone", "the swelling went away", "se me quito". */
export function resolvedAfter(reading: Reading, last: number): boolean {
  const end = reading.words[last];
  if (end === undefined) return false;
  for (let at = last + 1; at <= last + 4; at += 1) {
    const word = reading.words[at];
    if (word === undefined || word.phrase !== end.phrase) return false;
    if (/^(?:not|isnt|hasnt|arent|no|havent|never|wont|almost|nearly|casi|but)$/u.test(word.word))
      return false;
    if (resolved.has(word.word)) return true;
    const next = reading.words[at + 1]?.word;
    if (word.word === 'went' && (next === 'away' || next === 'down')) return true;
    if (word.word === 'se' && (next === 'fue' || next === 'quito' || next === 'paso')) return true;
    if (word.word === 'ya' && (next === 'paso' || next === 'no')) return true;
  }
  return false;
}

const went = 'se (?:me |le )?(?:fue|fueron|quito|quitaron|paso|pasaron|curo|curaron|acabo|secaron|seco)';
/** "All over" and "over a hundred" end nothing: a sign that "is over" says so at the end of its phrase. */
const endsAfter = new RegExp(
  '^(?:(?: (?:is|are|was|were)(?: all)?| finally)? (?:over|free) $' +
    '| (?:is |are |has |have |was |were |all |now |ya |already |completely |just |finally |been |also )*' +
    '(?:gone|cleared|disappeared|vanished|went away|dried up|healed up|ended(?! up)|quit|stopped|broke|' +
    `${went}|` +
    'desaparecio|desaparecieron|paro|pararon|cedio|cedieron)\\b' +
    '(?! my| me | the | la | el | los | las | on | out| off| crazy| nuts| mad| wild| from| by | to ' +
    '| a | al | de | in | un | por ))',
  'u',
);
const endsBefore = new RegExp(
  `(?:^| )(?:${went}|got rid of)(?: el| la| los| las| the| my| ese| that)? $`,
  'u',
);
const doubts = new RegExp(
  '\\b(?:not|isnt|hasnt|arent|no|havent|never|wont|almost|nearly|casi|nunca|todavia|when|if|' +
    'cuando|si|until|hasta)\\b',
  'u',
);

const doubtsAfter = /^ (?:\w+ ){0,3}(?:not|no $|casi|almost|nearly|hardly)/u;

/** Is what stands at these words said to be gone, in the words beside it? */
export function wentAway({ words }: Reading, first: number, last: number): boolean {
  const phrase = words[last]?.phrase;
  const side = (from: number, to: number): string =>
    words
      .slice(Math.max(0, from), Math.max(0, to))
      .filter((word) => word.phrase === phrase)
      .map(({ word }) => `${word} `)
      .join('');
  const after = ` ${side(last + 1, last + 8)}`;
  const before = ` ${side(first - 5, first)}`;
  if (doubts.test(before) || doubtsAfter.test(after)) return false;
  return endsAfter.test(after) || endsBefore.test(before);
}
