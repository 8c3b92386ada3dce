import { content } from './content.ts';

/** A phrase of several words that carries a tag; the last word may end in `*` (any ending). */
export type Phrase = { words: readonly string[]; symbol: string };

/** Phrases that begin with one word: by their second word, and those whose second word has any ending. */
export type Continuations = { exact: ReadonlyMap<string, readonly Phrase[]>; open: readonly Phrase[] };

/** Sorts phrases so that a text tries only those whose first two words fit. */
export function continuations(phrases: readonly Phrase[]): ReadonlyMap<string, Continuations> {
  const byHead = Map.groupBy(phrases, (phrase) => phrase.words[0] ?? '');
  const isOpen = ({ words }: Phrase): boolean => words.length < 2 || words[1]?.endsWith('*') === true;
  return new Map(
    [...byHead].map(([head, own]) => [
      head,
      {
        exact: Map.groupBy(
          own.filter((phrase) => !isOpen(phrase)),
          (phrase) => phrase.words[1] ?? '',
        ),
        open: own.filter(isOpen),
      },
    ]),
  );
}

export type Lexicon = {
  words: ReadonlyMap<string, readonly string[]>;
  prefixes: ReadonlyMap<string, readonly string[]>;
  phrases: ReadonlyMap<string, Continuations>;
  clinicalWords: readonly string[];
  longestPrefix: number;
};

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const held = map.get(key);
  if (held === undefined) map.set(key, [value]);
  else if (!held.includes(value)) held.push(value);
}

function build(): Lexicon {
  const words = new Map<string, string[]>();
  const prefixes = new Map<string, string[]>();
  const phrases: Phrase[] = [];
  const clinical = new Set<string>();
  for (const [source, isClinical] of [
    [content['lexicon-body'].tags, true],
    [content['lexicon-signs'].tags, true],
    [content['lexicon-talk'].tags, false],
    [content['lexicon-figures'].tags, false],
  ] as const) {
    for (const [tag, entries] of Object.entries(source)) {
      for (const entry of entries.normalize('NFD').replace(/\p{M}/gu, '').split(/\s+/u)) {
        if (entry === '' || entry.endsWith('_')) continue;
        const symbol = `@${tag}`;
        const parts = entry.replaceAll("'", '').split('_');
        if (parts.length > 1) {
          phrases.push({ words: parts, symbol });
        } else if (entry.endsWith('*')) {
          push(prefixes, entry.slice(0, -1), symbol);
        } else {
          push(words, entry, symbol);
          if (isClinical && /^[a-z]{4,}$/u.test(entry)) clinical.add(entry);
        }
      }
    }
  }
  const longestPrefix = Math.max(...[...prefixes.keys()].map((prefix) => prefix.length));
  return { words, prefixes, phrases: continuations(phrases), clinicalWords: [...clinical], longestPrefix };
}

/** Every word the reader knows, with its tags; built once from the content, which is versioned data. */
export const lexicon: Lexicon = build();

const rememberedWords = 8_000;
const remembered = new Map<string, readonly string[]>();

/** The tags of one folded word, by whole word or by a known beginning; frequent words are looked up once. */
export function symbolsOf(word: string): readonly string[] {
  const held = remembered.get(word);
  if (held !== undefined) return held;
  const found = lookUp(word);
  if (remembered.size >= rememberedWords) remembered.clear();
  if (word.length <= 24) remembered.set(word, found);
  return found;
}

function lookUp(word: string): readonly string[] {
  const whole = lexicon.words.get(word);
  let found: string[] | undefined;
  for (let length = Math.min(word.length, lexicon.longestPrefix); length >= 3; length -= 1) {
    const held = lexicon.prefixes.get(word.slice(0, length));
    if (held !== undefined) found = found === undefined ? [...held] : [...found, ...held];
  }
  if (found === undefined) return whole ?? [];
  return whole === undefined ? found : [...new Set([...whole, ...found])];
}
