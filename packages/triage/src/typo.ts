import { clinical, longPrefixes } from './lexicon.ts';
import { soundOf } from './sound.ts';
import { lengthOf, startOf, startsOf, strings, textOf } from './word-table.ts';

const shortestFuzzy = 4;
const shortestBySound = 5;
const longForTwo = 8;

/** The clinical words, the shorter first, else in their order. */
type Places = {
  readonly ids: Uint16Array;
  /** Which letters each word has, a bit for each. */
  readonly letters: Int32Array;
  /** How many words are shorter than so many letters. */
  readonly shorter: Uint16Array;
};
let places: Places | undefined;
const longestWord = 64;

/** Sorted when a text has the first unknown word. */
function placesOfClinical(): Places {
  if (places !== undefined) return places;
  const counts = new Uint16Array(longestWord + 1);
  for (const id of clinical) counts[lengthOf(id)] = (counts[lengthOf(id)] ?? 0) + 1;
  const shorter = Uint16Array.from(startsOf(counts));
  const next = shorter.slice();
  const ids = new Uint16Array(clinical.length);
  const letters = new Int32Array(clinical.length);
  for (const id of clinical) {
    const length = lengthOf(id);
    const at = next[length] ?? 0;
    ids[at] = id;
    letters[at] = lettersOf(strings, startOf(id), length);
    next[length] = at + 1;
  }
  places = { ids, letters, shorter };
  return places;
}

/** A bit for each letter of `text` from `from` on. */
function lettersOf(text: string, from: number, count: number): number {
  let letters = 0;
  for (let at = from; at < from + count; at += 1) letters |= 1 << (text.charCodeAt(at) & 31);
  return letters;
}

/** One edit changes two letters at most. */
function differsTooMuch(left: number, right: number): boolean {
  let different = left ^ right;
  different &= different - 1;
  return (different & (different - 1)) !== 0;
}

/** Words and beginnings by their sound; of several the first word, and the last beginning. */
type Sounds = {
  readonly words: ReadonlyMap<string, number>;
  readonly beginnings: ReadonlyMap<string, string>;
};

/** Letters that a sound may be written with at the head of a word, besides its own and a silent h. */
const otherSpellings = new Map([
  ['s', 'czx'],
  ['k', 'cq'],
  ['b', 'v'],
  ['f', 'p'],
  ['j', 'g'],
  ['y', 'l'],
]);

/** By their first sound, made when an unknown word begins so: stored, all would be 4 KB of the function. */
const soundsByHead = new Map<string, Sounds>();

function soundsLike(sound: string): Sounds {
  const head = sound.charAt(0);
  const held = soundsByHead.get(head);
  if (held !== undefined) return held;
  const heads = `${head}h${otherSpellings.get(head) ?? ''}`;
  const words = new Map<string, number>();
  for (let at = clinical.length - 1; at >= 0; at -= 1) {
    const id = clinical[at] ?? 0;
    if (heads.includes(strings.charAt(startOf(id)))) words.set(soundOf(textOf(id)), id);
  }
  const beginnings = new Map(
    longPrefixes(shortestBySound)
      .filter((prefix) => heads.includes(prefix.charAt(0)))
      .map((prefix) => [soundOf(prefix), prefix]),
  );
  const made = { words, beginnings };
  soundsByHead.set(head, made);
  return made;
}

/** Edits (insert, delete, replace, swap neighbours) between two short words, stopping above `limit`. */
export function editDistance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) > limit) return limit + 1;
  let before: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1] ? 0 : 1;
      let cost = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + same,
      );
      if (
        row > 1 &&
        column > 1 &&
        left[row - 1] === right[column - 2] &&
        left[row - 2] === right[column - 1]
      ) {
        cost = Math.min(cost, (before[column - 2] ?? 0) + 1);
      }
      current.push(cost);
    }
    before = previous;
    previous = current;
  }
  return previous[right.length] ?? limit + 1;
}

/** One letter replaced, not two swapped: in a short word that is usually another word ("rinse", "rise"). */
export function isReplacement(word: string, candidate: string): boolean {
  if (word.length !== candidate.length) return false;
  return [...word].sort().join('') !== [...candidate].sort().join('');
}

/** Do `count` letters of a word from `from` equal those of all strings from `at`? */
function same(word: string, from: number, at: number, count: number): boolean {
  for (let index = 0; index < count; index += 1)
    if (word.charCodeAt(from + index) !== strings.charCodeAt(at + index)) return false;
  return true;
}

/**
 * Which letter of a word to leave out so that it equals the candidate of one letter less, or of the same
 * length with any of its letters left out; the first that will do, or -1. The candidate stands at `start`;
 * the two differ from letter `first` to letter `last` of the word.
 */
function letterToGo(word: string, start: number, longer: number, first: number, last: number): number {
  if (longer === -1) return first < last ? -1 : Math.max(0, last);
  const count = last - first;
  if (same(word, first + 1, start + first, count)) {
    let letter = first;
    while (letter > 0 && word[letter - 1] === word[letter]) letter -= 1;
    return letter;
  }
  return same(word, first, start + first + 1, count) ? last : -1;
}

/**
 * How near a lexicon word is by one letter more, less or other: 0 when it has one more, otherwise 1 plus the
 * letter to leave out; -1 when it is not.
 */
function nearness(word: string, start: number, length: number): number {
  const longer = length - word.length;
  const shared = Math.min(word.length, length);
  let first = 0;
  while (first < shared && word.charCodeAt(first) === strings.charCodeAt(start + first)) first += 1;
  if (first === word.length) return 0;
  let last = word.length - 1;
  while (
    last + longer >= 0 &&
    last >= 0 &&
    word.charCodeAt(last) === strings.charCodeAt(start + last + longer)
  )
    last -= 1;
  if (longer === 1) return first > last ? 0 : -1;
  const letter = letterToGo(word, start, longer, first, last);
  return letter < 0 ? -1 : letter + 1;
}

function distanceTo(word: string, candidate: string, limit: number): number {
  const allowed = candidate.length >= longForTwo ? limit : 1;
  if (candidate.length < 5 && candidate[0] !== word[0]) return limit + 1;
  if (word.length <= 5 && isReplacement(word, candidate)) return limit + 1;
  const distance = editDistance(word, candidate, allowed);
  return distance <= allowed ? distance : limit + 1;
}

/** The lexicon word with the fewest edits; of those the one that a letter nearer to the front brings. */
function byDistance(word: string): string | undefined {
  const limit = word.length >= longForTwo ? 2 : 1;
  let best = -1;
  let bestDistance = limit + 1;
  let bestNearness = 0;
  const { ids, letters, shorter } = placesOfClinical();
  const own = lettersOf(word, 0, word.length);
  const end = shorter[word.length + 2] ?? 0;
  for (let at = shorter[word.length - 1] ?? 0; at < end; at += 1) {
    if (differsTooMuch(own, letters[at] ?? 0)) continue;
    const id = ids[at] ?? 0;
    const near = nearness(word, startOf(id), lengthOf(id));
    if (near < 0) continue;
    const distance = distanceTo(word, textOf(id), limit);
    if (distance > limit || distance > bestDistance) continue;
    if (distance === bestDistance && (near > bestNearness || (near === bestNearness && id > best))) continue;
    best = id;
    bestDistance = distance;
    bestNearness = near;
  }
  return best < 0 ? undefined : textOf(best);
}

/** The clinical word of the same sound, or the longest beginning of one that its sound begins with. */
function bySound(word: string): string | undefined {
  const sound = soundOf(word);
  const { words, beginnings } = soundsLike(sound);
  const alike = words.get(sound);
  if (alike !== undefined) return textOf(alike);
  for (let length = sound.length; length >= shortestBySound; length -= 1) {
    const prefix = beginnings.get(sound.slice(0, length));
    if (prefix !== undefined) return prefix;
  }
  return undefined;
}

/**
 * The lexicon word a misspelt one stands for, or undefined. Edit distance 1 for words of 4 to 7
 * letters, 2 from 8 (E5), or the same sound. The caller must not let such a word deny anything: it may
 * only raise.
 */
export function repairTypo(word: string): string | undefined {
  if (word.length < shortestFuzzy || word.length > 24) return undefined;
  return (word.length >= shortestBySound ? bySound(word) : undefined) ?? byDistance(word);
}
