import { fold } from './fold.ts';
import { wordSet } from './word-set.ts';

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
  value: number | undefined;
  accented: boolean;
};

export type Tokens = { tokens: Token[]; questions: ReadonlySet<number>; marks: string };

const emoji = /\p{Extended_Pictographic}[\u{1F3FB}-\u{1F3FF}]?|[\u2b06\u2b07]/uy;

/** What a folded ASCII character is part of. */
type Piece = 'word' | 'number' | 'strong' | 'weak' | 'line' | 'star' | 'nothing';
const firstOther = 0x80;
const firstWide = 0x1_0000;
const pieces: readonly Piece[] = Array.from({ length: firstOther }, (_, code): Piece => {
  const character = String.fromCharCode(code);
  if (character >= 'a' && character <= 'z') return 'word';
  if (character >= '0' && character <= '9') return 'number';
  if ('.!?;'.includes(character)) return 'strong';
  if (',:()[]{}"-'.includes(character)) return 'weak';
  if (character === '\n') return 'line';
  return character === '*' ? 'star' : 'nothing';
});

const pieceAt = (text: string, at: number): Piece | undefined =>
  at < text.length ? pieces[text.charCodeAt(at)] : 'nothing';

/**
 * Words whose `'s` is part of the word ("it's"), not a possessive or a contracted verb to drop
 * ("skin's").
 */
const keepsApostropheS = wordSet('it that what he she who there here let how where');

function withoutApostrophes(word: string): string {
  if (!word.includes("'")) return word;
  if (word.endsWith("'s")) {
    const stem = word.slice(0, -2);
    return keepsApostropheS.has(stem) ? `${stem}s` : stem.replaceAll("'", '');
  }
  return word.replaceAll("'", '');
}

/** Where the run of such characters ends. */
function endOfRun(text: string, from: number, piece: Piece): number {
  let at = from;
  while (pieceAt(text, at) === piece) at += 1;
  return at;
}

/** Runs that one of these characters may join ("don't", "38.5", "38,5"). */
function endOfJoined(text: string, from: number, piece: 'word' | 'number'): number {
  let end = endOfRun(text, from, piece);
  const joins = piece === 'word' ? "'" : '.,';
  while (end < text.length && joins.includes(text.charAt(end)) && pieceAt(text, end + 1) === piece) {
    end = endOfRun(text, end + 1, piece);
    if (piece === 'number') break;
  }
  return end;
}

function endOfEmoji(text: string, from: number): number {
  emoji.lastIndex = from;
  return emoji.test(text) ? emoji.lastIndex : from;
}

function isAscii(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (text.charCodeAt(at) >= firstOther) return false;
  return true;
}

/** Splits a text into words with their places; never throws, whatever the characters. */
export function tokenise(original: string): Tokens {
  const { text, origin } = fold(original);
  const tokens: Token[] = [];
  const questions = new Set<number>();
  let clause = 0;
  let phrase = 0;
  let marks = '';
  let end = 0;
  const add = (kind: Token['kind'], word: string, from: number): void => {
    const start = origin[from] ?? 0;
    const until = origin[end] ?? original.length;
    const accented = kind === 'word' && !isAscii(original, start, until);
    const value = kind === 'number' ? Number(word) : undefined;
    tokens.push({ word, kind, start, end: until, clause, phrase, value, accented });
  };
  for (let at = 0; at < text.length; at = end) {
    const piece = pieceAt(text, at);
    end = at + 1;
    switch (piece) {
      case 'word':
        end = endOfJoined(text, at, piece);
        add(piece, withoutApostrophes(text.slice(at, end)), at);
        break;
      case 'number':
        end = endOfJoined(text, at, piece);
        add(piece, text.slice(at, end).replace(',', '.'), at);
        break;
      case 'line':
      case 'strong':
        if (piece === 'strong') {
          end = endOfRun(text, at, piece);
          const run = text.slice(at, end);
          if (run.includes('?')) questions.add(tokens.at(-1)?.clause ?? clause);
          marks += run;
        }
        // A line that ends with a full stop ends one clause, not two.
        if (tokens.at(-1)?.clause === clause) clause += 1;
        phrase += 1;
        break;
      case 'weak':
        end = endOfRun(text, at, piece);
        phrase += 1;
        break;
      case 'star':
        phrase += 1;
        break;
      case 'nothing':
        break;
      case undefined:
        end = endOfEmoji(text, at);
        if (end > at) add('emoji', text.slice(at, end), at);
        else end = at + ((text.codePointAt(at) ?? 0) >= firstWide ? 2 : 1);
        break;
    }
  }
  return { tokens, questions, marks };
}
