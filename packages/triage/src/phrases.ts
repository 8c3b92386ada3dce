import { wide } from './content.ts';
import { firstNameless, tagId, tagText, textOf } from './word-table.ts';
import type { Word } from './words.ts';

/** A phrase of the text that carries a symbol: the symbol, its id, and the place of its last word. */
export type Span = { readonly symbol: string; readonly id: number; readonly end: number };

/**
 * One phrase after the other, by the id of their first word. Each is one number, which holds how many words
 * follow (three bits) and the number of its tag plus one (0 = a pattern asks for its words), then the ids of
 * these words, doubled, plus 1 for a beginning.
 */
const phrases = wide('phrases');
const begun = wide('phrasesBegun');
const starts = new Uint16Array(begun.length);
const askedBefore = new Uint16Array(begun.length);
locate();

function locate(): void {
  let at = 0;
  let asked = 0;
  for (let id = 0; id < begun.length; id += 1) {
    starts[id] = at;
    askedBefore[id] = asked;
    for (let left = begun[id] ?? 0; left > 0; left -= 1) {
      const head = phrases[at] ?? 0;
      if (head < 8) asked += 1;
      at += 1 + (head & 7);
    }
  }
}

/** Do the words after `start` fit the `count` parts that stand at `at`? */
function fits(words: readonly Word[], start: number, at: number, count: number): boolean {
  const clause = words[start]?.clause;
  for (let step = 1; step <= count; step += 1) {
    const word = words[start + step];
    if (word === undefined || word.clause !== clause) return false;
    const part = phrases[at + step - 1] ?? 0;
    const same = (part & 1) === 0 ? word.known.id === part >> 1 : word.word.startsWith(textOf(part >> 1));
    if (!same) return false;
  }
  return true;
}

function spelled(head: string, at: number, count: number): string {
  let text = head;
  for (let step = 0; step < count; step += 1) {
    const part = phrases[at + step] ?? 0;
    text += `_${textOf(part >> 1)}${(part & 1) === 1 ? '*' : ''}`;
  }
  return text;
}

const none: readonly Span[] = [];

/** The phrases that begin at a word. */
export function phrasesAt(words: readonly Word[], start: number): readonly Span[] {
  const id = words[start]?.known.id ?? -1;
  if (id < 0 || begun[id] === 0) return none;
  let found: Span[] | undefined;
  let at = starts[id] ?? 0;
  let nameless = firstNameless + (askedBefore[id] ?? 0);
  for (let left = begun[id] ?? 0; left > 0; left -= 1) {
    const head = phrases[at] ?? 0;
    const count = head & 7;
    const tag = head >> 3;
    if (fits(words, start, at + 1, count)) {
      const end = start + count;
      found ??= [];
      if (tag > 0) found.push({ symbol: tagText(tag - 1), id: tagId(tag - 1), end });
      else found.push({ symbol: spelled(words[start]?.word ?? '', at + 1, count), id: nameless, end });
    }
    if (tag === 0) nameless += 1;
    at += 1 + count;
  }
  return found ?? none;
}
