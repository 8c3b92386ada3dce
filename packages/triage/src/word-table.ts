import { content, narrow } from './content.ts';

const { named, beginnings } = content;

/**
 * Each string is stored as a mark and its ending: the mark's code is how many characters it begins with like
 * the one before. Characters from here on are no marks.
 */
const afterMarks = 32;
const marked = new TextDecoder().decode(narrow('strings'));
const starts = Uint32Array.from(startsOfStrings());

/** All strings, one after the other. */
export const strings = wholeStrings();

function startsOfStrings(): number[] {
  const found: number[] = [];
  let at = 0;
  for (let from = 0; from < marked.length; from += 1) {
    const code = marked.charCodeAt(from);
    if (code < afterMarks) found.push(at);
    at += code < afterMarks ? code : 1;
  }
  return [...found, at];
}

function wholeStrings(): string {
  const units = new Uint16Array(starts.at(-1) ?? 0);
  let at = 0;
  let id = 0;
  for (let from = 0; from < marked.length; from += 1) {
    const code = marked.charCodeAt(from);
    if (code < afterMarks) {
      const before = starts[id - 1] ?? 0;
      units.copyWithin(at, before, before + code);
      at += code;
      id += 1;
    } else {
      units[at] = code;
      at += 1;
    }
  }
  return new TextDecoder('utf-16le').decode(units);
}

const firstTag = named + beginnings;

/** The id of the first phrase that has no string. */
export const firstNameless = starts.length - 1;

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
