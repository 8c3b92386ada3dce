import { content, narrow } from './content.ts';
import { idOf, startsOf, tagText } from './word-table.ts';

/** One word as the reader knows it: its id (-1 = not in the table), its tags, is it an everyday word? */
export type KnownWord = { readonly id: number; readonly tags: readonly string[]; readonly common: boolean };

const mostRemembered = 8_000;
const longestRemembered = 24;

/** Finds something for a word, and holds it for as many words as a warm function meets in a while. */
export function remembering<Found>(find: (word: string) => Found): (word: string) => Found {
  const held = new Map<string, Found>();
  return (word) => {
    const before = held.get(word);
    if (before !== undefined) return before;
    const found = find(word);
    if (held.size >= mostRemembered) held.clear();
    if (word.length <= longestRemembered) held.set(word, found);
    return found;
  };
}

const kinds = narrow('wordKinds');
const tagNumbers = narrow('wordTags');
const tagStarts = startsOf(kinds.map((kind) => kind >> 2));

/** Ids of the words of signs and of the body. */
export const clinical: Uint16Array = Uint16Array.from(clinicalIds());

function clinicalIds(): number[] {
  const ids: number[] = [];
  for (let id = 0; id < kinds.length; id += 1) if (((kinds[id] ?? 0) & 2) === 2) ids.push(id);
  return ids;
}

const prefixes = new Map(Object.entries(content.prefixes).map(([prefix, tags]) => [prefix, tags.split(' ')]));
const longestPrefix = Math.max(...[...prefixes.keys()].map((prefix) => prefix.length));
const shortestPrefix = 3;

function lookUp(word: string): KnownWord {
  const id = idOf(word);
  if (id < 0) return { id, tags: withBeginnings(word, []), common: false };
  const whole: string[] = [];
  for (let at = tagStarts[id] ?? 0; at < (tagStarts[id + 1] ?? 0); at += 1)
    whole.push(tagText(tagNumbers[at] ?? 0));
  return { id, tags: withBeginnings(word, whole), common: ((kinds[id] ?? 0) & 1) === 1 };
}

/** The tags of the whole word, then those of its beginnings, the longest first. */
function withBeginnings(word: string, whole: readonly string[]): readonly string[] {
  const begun: string[] = [];
  for (let length = Math.min(word.length, longestPrefix); length >= shortestPrefix; length -= 1)
    begun.push(...(prefixes.get(word.slice(0, length)) ?? []));
  if (begun.length === 0) return whole;
  return whole.length === 0 ? begun : [...new Set([...whole, ...begun])];
}

/** What is known of one folded word; frequent words are looked up once. */
export const known = remembering(lookUp);

/** The tags of one folded word, by whole word or by a known beginning. */
export function symbolsOf(word: string): readonly string[] {
  return known(word).tags;
}
