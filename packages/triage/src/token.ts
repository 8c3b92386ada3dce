import { fold } from './fold.ts';

/**
 * One word, number or emoji. `start`/`end` are offsets in the original text. `clause` grows at full
 * stops, question marks and line ends; `phrase` also at commas, brackets and dashes. `question` tells
 * that the clause ends with a question mark.
 */
export type Token = {
  word: string;
  kind: 'word' | 'number' | 'emoji';
  start: number;
  end: number;
  clause: number;
  phrase: number;
  value?: number;
  accented: boolean;
  shouted: boolean;
};

export type Tokens = { tokens: Token[]; questions: ReadonlySet<number>; marks: string };

const pieces = new RegExp(
  [
    '(?<number>\\d+(?:[.,]\\d+)?)',
    "(?<word>[a-z]+(?:'[a-z]+)*)",
    '(?<emoji>\\p{Extended_Pictographic}[\\u{1F3FB}-\\u{1F3FF}]?|[\\u2b06\\u2b07])',
    '(?<line>\\n)',
    '(?<strong>[.!?;]+)',
    '(?<weak>[,:()[\\]{}"-]+)',
    '(?<slash>\\/)',
    '(?<other>[^\\s])',
  ].join('|'),
  'gu',
);

/**
 * Words whose `'s` is part of the word ("it's"), not a possessive or a contracted verb to drop
 * ("skin's").
 */
const keepsApostropheS = new Set([
  'it',
  'that',
  'what',
  'he',
  'she',
  'who',
  'there',
  'here',
  'let',
  'how',
  'where',
]);

function withoutApostrophes(word: string): string {
  if (word.endsWith("'s")) {
    const stem = word.slice(0, -2);
    return keepsApostropheS.has(stem) ? `${stem}s` : stem.replaceAll("'", '');
  }
  return word.replaceAll("'", '');
}

/** Splits a text into words with their places; never throws, whatever the characters. */
export function tokenise(original: string): Tokens {
  const folded = fold(original);
  const tokens: Token[] = [];
  const questions = new Set<number>();
  let clause = 0;
  let phrase = 0;
  let marks = '';
  for (const match of folded.text.matchAll(pieces)) {
    const groups = match.groups ?? {};
    const start = folded.origin[match.index] ?? 0;
    const end = folded.origin[match.index + match[0].length] ?? original.length;
    if (groups.strong !== undefined || groups.line !== undefined) {
      if (match[0].includes('?')) questions.add(clause);
      marks += groups.line === undefined ? match[0] : '';
      clause += 1;
      phrase += 1;
      continue;
    }
    if (groups.weak !== undefined || groups.other !== undefined) {
      phrase += groups.other === undefined || groups.other === '*' ? 1 : 0;
      continue;
    }
    if (groups.slash !== undefined) continue;
    const place = { start, end, clause, phrase };
    const raw = original.slice(start, end);
    if (groups.number !== undefined) {
      const value = Number(match[0].replace(',', '.'));
      tokens.push({
        word: match[0].replace(',', '.'),
        kind: 'number',
        value,
        accented: false,
        shouted: false,
        ...place,
      });
      continue;
    }
    if (groups.emoji !== undefined) {
      tokens.push({ word: match[0], kind: 'emoji', accented: false, shouted: false, ...place });
      continue;
    }
    const accented = /[^\p{ASCII}]/u.test(raw);
    const shouted = raw.length > 1 && raw === raw.toUpperCase();
    tokens.push({ word: withoutApostrophes(match[0]), kind: 'word', accented, shouted, ...place });
  }
  return { tokens, questions, marks };
}
