import { content } from './content.ts';
import { lexicon, symbolsOf } from './lexicon.ts';

const commonWords = new Set([
  ...content['common-words'].english.split(' '),
  ...content['common-words'].spanish.split(' '),
]);

/** Sounds alike: h dropped or added, b/v, s/c/z, ll/y, qu/k, doubled letters (E5, typos). */
export function soundOf(word: string): string {
  return word
    .replaceAll('ph', 'f')
    .replaceAll('qu', 'k')
    .replaceAll('ch', '%')
    .replace(/c(?=[eiy])/gu, 's')
    .replaceAll('ck', 'k')
    .replaceAll('c', 'k')
    .replaceAll('h', '')
    .replaceAll('v', 'b')
    .replaceAll('z', 's')
    .replaceAll('ll', 'y')
    .replace(/g(?=[ei])/gu, 'j')
    .replaceAll('x', 's')
    .replace(/(.)\1+/gu, '$1')
    .replaceAll('%', 'ch');
}

function shorter(word: string): string[] {
  const found = [];
  for (let index = 0; index < word.length; index += 1)
    found.push(word.slice(0, index) + word.slice(index + 1));
  return found;
}

function add(map: Map<string, string[]>, key: string, word: string): void {
  const held = map.get(key);
  if (held === undefined) map.set(key, [word]);
  else if (!held.includes(word)) held.push(word);
}

type TypoIndex = {
  sounds: ReadonlyMap<string, readonly string[]>;
  soundPrefixes: ReadonlyMap<string, string>;
  deletions: ReadonlyMap<string, readonly string[]>;
};

const shortestFuzzy = 4;
const longForTwo = 8;

function buildIndex(): TypoIndex {
  const sounds = new Map<string, string[]>();
  const deletions = new Map<string, string[]>();
  for (const word of lexicon.clinicalWords) {
    add(sounds, soundOf(word), word);
    add(deletions, word, word);
    for (const once of shorter(word)) {
      add(deletions, once, word);
    }
  }
  const soundPrefixes = new Map<string, string>();
  for (const prefix of lexicon.prefixes.keys()) {
    if (prefix.length >= 5) soundPrefixes.set(soundOf(prefix), prefix);
  }
  return { sounds, soundPrefixes, deletions };
}

let built: TypoIndex | undefined;

function typoIndex(): TypoIndex {
  built ??= buildIndex();
  return built;
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

/** A word nobody needs to repair: in the lexicon or an everyday word that only looks like one of ours. */
export function isKnown(word: string): boolean {
  return commonWords.has(word) || symbolsOf(word).length > 0;
}

/** One letter replaced, not two swapped: in a short word that is usually another word ("rinse", "rise"). */
function isReplacement(word: string, candidate: string): boolean {
  if (word.length !== candidate.length) return false;
  return [...word].sort().join('') !== [...candidate].sort().join('');
}

function byDistance(word: string): string | undefined {
  const limit = word.length >= longForTwo ? 2 : 1;
  const { deletions } = typoIndex();
  const keys = [word, ...shorter(word)];
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const key of keys) {
    for (const candidate of deletions.get(key) ?? []) {
      if (candidate.length < 5 && candidate[0] !== word[0]) continue;
      const allowed = candidate.length >= longForTwo ? limit : 1;
      if (word.length <= 5 && isReplacement(word, candidate)) continue;
      const distance = editDistance(word, candidate, allowed);
      if (distance <= allowed && distance < bestDistance) {
        best = candidate;
        bestDistance = distance;
      }
    }
  }
  return best;
}

/**
 * The lexicon word a misspelt one stands for, or undefined. Edit distance 1 for words of 4 to 7
 * letters, 2 from 8 (E5), or the same sound. The caller must not let such a word deny anything: it may
 * only raise.
 */
export function repairTypo(word: string): string | undefined {
  if (word.length < shortestFuzzy || word.length > 24) return undefined;
  const sound = soundOf(word);
  const { sounds, soundPrefixes } = typoIndex();
  const alike = sounds.get(sound)?.[0];
  if (alike !== undefined && word.length >= 5) return alike;
  for (let length = sound.length; length >= 5; length -= 1) {
    const prefix = soundPrefixes.get(sound.slice(0, length));
    if (prefix !== undefined) return prefix;
  }
  return byDistance(word);
}
