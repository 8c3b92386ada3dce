import type { Readable } from './readable-content.ts';

/** A phrase of several words that carries a symbol; a part may end in `*` (any ending). */
export type Phrase = { readonly parts: readonly string[]; readonly symbol: string };

/** What the `lexicon-*.json` files say: words, beginnings and phrases with their tags, in their order. */
export type LexiconEntries = {
  readonly tags: readonly string[];
  readonly words: ReadonlyMap<string, readonly string[]>;
  readonly prefixes: ReadonlyMap<string, readonly string[]>;
  readonly phrases: readonly Phrase[];
  /** Words of signs and of the body that a misspelt word may stand for. */
  readonly clinical: ReadonlySet<string>;
};

function push(map: Map<string, string[]>, key: string, value: string): void {
  const held = map.get(key);
  if (held === undefined) map.set(key, [value]);
  else if (!held.includes(value)) held.push(value);
}

/** Reads the lexicon; accents fall, `_` joins the words of a phrase, `*` ends a beginning. */
export function lexiconEntries(content: Readable): LexiconEntries {
  const words = new Map<string, string[]>();
  const prefixes = new Map<string, string[]>();
  const phrases: Phrase[] = [];
  const clinical = new Set<string>();
  const used = new Set<string>();
  for (const [{ tags }, isClinical] of [
    [content['lexicon-body'], true],
    [content['lexicon-signs'], true],
    [content['lexicon-talk'], false],
    [content['lexicon-figures'], false],
  ] as const) {
    for (const [tag, entries] of Object.entries(tags)) {
      const symbol = `@${tag}`;
      used.add(symbol);
      for (const entry of entries.normalize('NFD').replace(/\p{M}/gu, '').split(/\s+/u)) {
        if (entry === '' || entry.endsWith('_')) continue;
        const parts = entry.replaceAll("'", '').split('_');
        if (parts.length > 1) phrases.push({ parts, symbol });
        else if (entry.endsWith('*')) push(prefixes, entry.slice(0, -1), symbol);
        else {
          push(words, entry, symbol);
          if (isClinical && /^[a-z]{4,}$/u.test(entry)) clinical.add(entry);
        }
      }
    }
  }
  return { tags: [...used], words, prefixes, phrases, clinical };
}
