import packed from '../content/v1/packed.json' with { type: 'json' };
import { fromBase85 } from './base85.ts';
import { inflate } from './inflate.ts';

type Tags = { tags: Record<string, string> };
type Concepts = { concepts: Record<string, string[]> };

/** The content of one triage version, as the files of `content/v1` hold it. */
export type Content = {
  'lexicon-body': Tags;
  'lexicon-signs': Tags;
  'lexicon-talk': Tags;
  'lexicon-figures': Tags;
  shorthand: { words: Record<string, string> };
  'glue-words': { words: string };
  'common-words': { english: string; spanish: string };
  'concepts-emergency': Concepts;
  'concepts-signs': Concepts;
  'concepts-calm': Concepts;
  'concepts-wishes': {
    optOutExact: string;
    optInExact: string;
    helpExact: string;
    optOut: string[];
    optIn: string[];
    notRevoking: string[];
    mask: string[];
  };
  'concepts-questions': {
    topics: Record<string, string[]>;
    narrower: Record<string, string>;
    items: Record<string, string>;
    asks: string[];
  };
  rules: { rules: { id: string; level: string; all?: string[]; any?: string[]; none?: string[] }[] };
};

/**
 * The readable files of `content/v1`, deflated into one by training/pack.ts: a third of the size in the
 * function's bundle. A test compares the two.
 */
export const content: Content = JSON.parse(
  new TextDecoder().decode(inflate(fromBase85(packed.deflated, packed.length))),
);
