/** Width of the hashed feature space; the trained weights have this many rows (training/train.ts). */
export const buckets = 65_536;

const fnvOffset = 0x811c9dc5;
const fnvPrime = 0x01000193;
const mixer = 0x5bd1e995;

const extend = (hash: number, code: number): number => Math.imul(hash ^ code, fnvPrime);
const mixed = (hash: number): number => Math.imul(hash ^ (hash >>> 13), mixer);

/** A feature by its name (FNV-1a of its UTF-16 units). */
export function hashOf(feature: string): number {
  let hash = fnvOffset;
  for (let index = 0; index < feature.length; index += 1) hash = extend(hash, feature.charCodeAt(index));
  return hash;
}

/** One hash out of two, where the order counts. */
export function joined(left: number, right: number): number {
  return extend(mixed(left), right);
}

/** How much one feature may count, by rank; chosen by cross-validation (docs/triage.md). */
export const worths = [0, 0.25, 0.5, 0.7, 1, 1.5] as const;

/** A kind of feature, and the rank of its worth. */
export type Kind = { readonly seed: number; readonly rank: number };

/** A kind by its name. */
export function kindOf(name: string, worth: (typeof worths)[number]): Kind {
  return { seed: mixed(hashOf(name)), rank: worths.indexOf(worth) };
}

/** The bucket of a feature of a kind. */
export function bucketOf({ seed }: Kind, feature: number): number {
  const hash = extend(seed, feature);
  return (hash ^ (hash >>> 15)) & (buckets - 1);
}

/** Runs of letters count little: there are so many. */
export const lettersKind = kindOf('letters', 0.25);

const longestGram = 4;
const shortestGram = 3;
const space = 32;

/** The buckets of the runs of 3 and 4 letters of a padded word, hashed as they grow. */
export function bucketsOfLetters(word: string): Uint16Array {
  const found: number[] = [];
  const last = word.length + 1;
  for (let start = 0; start + shortestGram - 1 <= last; start += 1) {
    let hash = fnvOffset;
    const limit = Math.min(longestGram, last - start + 1);
    for (let length = 1; length <= limit; length += 1) {
      const at = start + length - 2;
      hash = extend(hash, at < 0 || at >= word.length ? space : word.charCodeAt(at));
      if (length >= shortestGram) found.push(bucketOf(lettersKind, hash));
    }
  }
  return new Uint16Array(found);
}
