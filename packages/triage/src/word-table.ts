import { content, narrow } from './content.ts';

const { named, beginnings } = content;

const endingLengths = narrow('endingLengths');
const sharedLengths = narrow('sharedLengths');
const starts = startsOf(endingLengths.map((length, id) => length + (sharedLengths[id] ?? 0)));

/** All strings, one after the other. */
export const strings = wholeStrings();

function wholeStrings(): string {
  const { endings } = content;
  const units = new Uint16Array(starts[endingLengths.length] ?? 0);
  let from = 0;
  let at = 0;
  let before = 0;
  for (let id = 0; id < endingLengths.length; id += 1) {
    const start = at;
    for (const end = before + (sharedLengths[id] ?? 0); before < end; before += 1, at += 1)
      units[at] = units[before] ?? 0;
    for (const end = from + (endingLengths[id] ?? 0); from < end; from += 1, at += 1)
      units[at] = endings.charCodeAt(from);
    before = start;
  }
  return new TextDecoder('utf-16le').decode(units);
}

const firstTag = named + beginnings;

/** The id of the first phrase that has no string. */
export const firstNameless = endingLengths.length;

/** Where each of so many lists begins that stand one after the other, and where the last ends. */
export function startsOf(lengthsOfLists: Uint8Array | Uint16Array): Uint32Array {
  const found = new Uint32Array(lengthsOfLists.length + 1);
  let at = 0;
  for (let index = 0; index < lengthsOfLists.length; index += 1) {
    found[index] = at;
    at += lengthsOfLists[index] ?? 0;
  }
  found[lengthsOfLists.length] = at;
  return found;
}

/** Where the string of an id begins in `strings`; it ends where the next one begins. */
export function startOf(id: number): number {
  return starts[id] ?? 0;
}

/** How long the string of an id is. */
export function lengthOf(id: number): number {
  return (starts[id + 1] ?? 0) - (starts[id] ?? 0);
}

/**
 * The first id from `from` up to `to` whose letter at `depth` is `code` or a later one; their letters before
 * are the same.
 */
export function firstWith(from: number, to: number, depth: number, code: number): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const letter = lengthOf(middle) > depth ? strings.charCodeAt((starts[middle] ?? 0) + depth) : -1;
    if (letter < code) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The string of an id. */
export function textOf(id: number): string {
  return strings.slice(starts[id] ?? 0, starts[id + 1] ?? 0);
}

/** The string of the nth tag. */
export function tagText(tag: number): string {
  return textOf(firstTag + tag);
}

/** Does the string of an id, shortened to `length`, come before the word? */
function comesBefore(id: number, word: string, length: number): boolean {
  const start = starts[id] ?? 0;
  const count = Math.min(length, lengthOf(id));
  const shared = Math.min(count, word.length);
  for (let index = 0; index < shared; index += 1) {
    const difference = strings.charCodeAt(start + index) - word.charCodeAt(index);
    if (difference !== 0) return difference < 0;
  }
  return count < word.length;
}

/** The first id from `from` up to `to` whose string, shortened to `length`, is not before the word. */
function search(word: string, from: number, to: number, length: number): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (comesBefore(middle, word, length)) low = middle + 1;
    else high = middle;
  }
  return low;
}

const whole = 255;

function isString(id: number, word: string): boolean {
  return lengthOf(id) === word.length && strings.startsWith(word, starts[id] ?? 0);
}

/**
 * The id of a word, or -1. Searched by halves: a hash of all words would have to be built before the first
 * text, and costs a cold function more than the text.
 */
export function idOf(word: string): number {
  const id = search(word, 0, named, whole);
  return id < named && isString(id, word) ? id : -1;
}

/** The id of the nth tag. */
export function tagId(tag: number): number {
  return firstTag + tag;
}

/** The id of a tag such as `@air`, or -1. */
export function idOfTag(tag: string): number {
  const id = search(tag, firstTag, firstNameless, whole);
  return id < firstNameless && isString(id, tag) ? id : -1;
}

/** Ids of the beginnings that patterns ask for and that the word has. */
export function beginningsOf(word: string): number[] {
  const found: number[] = [];
  const two = word.slice(0, 2);
  for (let id = search(two, named, firstTag, 2); id < firstTag; id += 1) {
    const stem = strings.slice(starts[id] ?? 0, (starts[id + 1] ?? 0) - 1);
    if (stem.slice(0, 2) !== two) break;
    if (word.startsWith(stem)) found.push(id);
  }
  return found;
}
