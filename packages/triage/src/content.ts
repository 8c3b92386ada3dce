import packed from '../content/v1/packed.json' with { type: 'json' };
import { unpack } from './unpack.ts';

/**
 * What training/compile-content.ts makes of the readable files of `content/v1`. Strings stand one after the
 * other in a list of their own: first `named` words in the order of their characters, then `beginnings`
 * (`hinch*`) by their first two letters, then tags (`@air`). A string's id is its place. Phrases that
 * patterns ask for (`no_puedo`) have ids after them, in the order in which they are stored, and no string.
 */
export type Content = {
  named: number;
  beginnings: number;
  /** How many sets of symbols the patterns ask for. */
  elements: number;
  /** Names of what patterns find, signs of the body first. */
  concepts: string;
  signs: number;
  /** Beginnings that carry tags, of any length, with their tags. */
  prefixes: Record<string, string>;
  shorthand: Record<string, string>;
  glueWords: string;
  /** Lists that the code asks for by their names (word-set.ts). */
  lists: Record<string, string>;
  exact: { optOut: string; optIn: string; help: string; emergency: string };
  questions: {
    topics: Record<string, string[]>;
    narrower: Record<string, string>;
    items: Record<string, string>;
  };
  rules: { id: string; level: string; all?: string[]; any?: string[]; none?: string[] }[];
};

/** The readable files of `content/v1`, compiled and packed by training/pack.ts; a test compares the two. */
export const { text: content, wide, narrow, tiny } = unpack<Content>(packed);
