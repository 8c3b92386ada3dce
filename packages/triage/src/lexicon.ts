import { content, narrow } from './content.ts';
import { elementsMetBy } from './pattern-table.ts';
import { isWishTag, wishTags } from './traits.ts';
import { firstWith, idOf, idOfTag, lengthOf, startsOf, tagId, tagText } from './word-table.ts';

/** A word's place in the table (-1 = not there), its tags, and is it in the lexicon or an everyday one? */
type LookedUp = { readonly id: number; readonly tags: readonly string[]; readonly known: boolean };

const mostRecent = 500;
const longestRemembered = 24;

/**
 * Finds something for a word, and holds it: for the words of our own table as long as the process lives, for
 * all others (names, misspelt words) the last 500 to 1,000, so that what patients wrote does not stay.
 * What is found never depends on what is held.
 */
export function remembering<Found>(find: (word: string) => Found): (word: string) => Found {
  const ours = new Map<string, Found>();
  let recent = new Map<string, Found>();
  let before = recent;
  return (word) => {
    const held = ours.get(word) ?? recent.get(word);
    if (held !== undefined) return held;
    const found = before.get(word) ?? find(word);
    if (idOf(word) >= 0) ours.set(word, found);
    else if (word.length <= longestRemembered) {
      if (recent.size >= mostRecent) {
        before = recent;
        recent = new Map();
      }
      recent.set(word, found);
    }
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
const headOf = (word: string): string => word.slice(0, shortestPrefix);
const heads = new Set([...prefixes.keys()].map(headOf));

/** The tags of a word's beginnings, the longest first. */
function tagsBegun(word: string): string[] {
  const begun: string[] = [];
  if (!heads.has(headOf(word))) return begun;
  for (let length = Math.min(word.length, longestPrefix); length >= shortestPrefix; length -= 1)
    begun.push(...(prefixes.get(word.slice(0, length)) ?? []));
  return begun;
}

/** Do tags tell more than a wish? A wish is no reason to know a word, to repair it or to take it apart. */
const tellMore = (tags: readonly string[]): boolean => !tags.every(isWishTag);
const told = new Set([...prefixes].filter(([, tags]) => tellMore(tags)).map(([prefix]) => prefix));
const wishIds = new Set(wishTags.map(idOfTag));

function isTaggedId(id: number): boolean {
  for (let at = tagStarts[id] ?? 0; at < (tagStarts[id + 1] ?? 0); at += 1)
    if (!wishIds.has(tagId(tagNumbers[at] ?? 0))) return true;
  return false;
}

/** The beginnings that carry tags of more than a wish, of at least so many letters. */
export function longPrefixes(shortest: number): string[] {
  return [...told].filter((prefix) => prefix.length >= shortest);
}

const isCommon = (id: number): boolean => ((kinds[id] ?? 0) & 1) === 1;

/** Looks up one folded word: its tags by the whole word, then those by its beginnings. */
export function lookUp(word: string): LookedUp {
  const id = idOf(word);
  const found = new Set<string>();
  for (let at = tagStarts[id] ?? 0; at < (tagStarts[id + 1] ?? 0); at += 1)
    found.add(tagText(tagNumbers[at] ?? 0));
  for (const tag of tagsBegun(word)) found.add(tag);
  const tags = [...found];
  return { id, tags, known: isCommon(id) || tellMore(tags) };
}

/** Does a word carry tags of more than a wish, by itself or by a known beginning? */
export function isTagged(word: string): boolean {
  return isTaggedId(idOf(word)) || tellMore(tagsBegun(word));
}

/** Does a word carry tags by itself, not by what it begins with ("demandarme" is no "demand")? */
export function isTaggedWhole(word: string): boolean {
  return isTaggedId(idOf(word));
}

/** How long the parts of a word are that begin at `start` and carry tags: bit n for n letters. */
export function taggedParts(word: string, start: number, longest: number): number {
  let found = 0;
  let [low, high] = [0, kinds.length];
  const mayBegin = heads.has(word.slice(start, start + shortestPrefix));
  for (let length = 1; length <= longest && (low < high || mayBegin); length += 1) {
    const code = word.charCodeAt(start + length - 1);
    low = firstWith(low, high, length - 1, code);
    high = firstWith(low, high, length - 1, code + 1);
    if (length < shortestPrefix) continue;
    if (mayBegin && told.has(word.slice(start, start + length))) return found | (-1 << length);
    if (low < high && lengthOf(low) === length && isTaggedId(low)) found |= 1 << length;
  }
  return found;
}

/** Is this a word that patterns ask for as it stands ("overdose", which is not "over do se")? */
export function isAskedFor(word: string): boolean {
  const id = idOf(word);
  return id >= 0 && elementsMetBy(id).length > 0;
}

/** A word nobody needs to repair: in the lexicon or an everyday word that only looks like one of ours. */
export function isKnown(word: string): boolean {
  return isCommon(idOf(word)) || isTagged(word);
}
