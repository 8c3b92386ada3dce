import { narrow, tiny, wide } from './content.ts';
import { firstNameless, startsOf, tagId, tagText, textOf } from './word-table.ts';
import type { Word } from './words.ts';

/** A phrase of the text that carries a symbol: the symbol, its id, and the place of its last word. */
export type Span = { readonly symbol: string; readonly id: number; readonly end: number };

/** The phrases that begin with each word, one word after the other: how many. */
const begun = wide('phrasesBegun');
/** The number of each phrase's tag plus one; 0 = a pattern asks for its words. */
const tags = narrow('phraseTags');
/** How many words follow its first. */
const lengths = tiny('phraseLengths');
/** The ids of these words, doubled, plus 1 for a beginning. */
const parts = wide('phraseParts');
const firstPhrase = startsOf(begun);
const firstPart = startsOf(lengths);
/** How many phrases before each one have no tag. */
const askedBefore = startsOf(tags.map((tag) => (tag === 0 ? 1 : 0)));

/** Do the words after `start` fit the `count` parts that stand at `at`? */
function fits(words: readonly Word[], start: number, at: number, count: number): boolean {
  const clause = words[start]?.clause;
  for (let step = 1; step <= count; step += 1) {
    const word = words[start + step];
    if (word === undefined || word.clause !== clause) return false;
    const part = parts[at + step - 1] ?? 0;
    const same = (part & 1) === 0 ? word.known.id === part >> 1 : word.word.startsWith(textOf(part >> 1));
    if (!same) return false;
  }
  return true;
}

function spelled(head: string, at: number, count: number): string {
  let text = head;
  for (let step = 0; step < count; step += 1) {
    const part = parts[at + step] ?? 0;
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
  const last = firstPhrase[id + 1] ?? 0;
  for (let phrase = firstPhrase[id] ?? 0; phrase < last; phrase += 1) {
    const at = firstPart[phrase] ?? 0;
    const count = lengths[phrase] ?? 0;
    if (!fits(words, start, at, count)) continue;
    const tag = tags[phrase] ?? 0;
    const end = start + count;
    found ??= [];
    if (tag > 0) found.push({ symbol: tagText(tag - 1), id: tagId(tag - 1), end });
    else {
      const nameless = firstNameless + (askedBefore[phrase] ?? 0);
      found.push({ symbol: spelled(words[start]?.word ?? '', at, count), id: nameless, end });
    }
  }
  return found ?? none;
}
