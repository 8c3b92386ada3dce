import { readdirSync, readFileSync } from 'node:fs';

type Tags = { tags: Record<string, string> };
type Concepts = { concepts: Record<string, string[]> };

/** The content of one triage version, as the files of `content/v1` hold it. */
export type Readable = {
  'lexicon-body': Tags;
  'lexicon-signs': Tags;
  'lexicon-talk': Tags;
  'lexicon-figures': Tags;
  shorthand: { words: Record<string, string> };
  'glue-words': { words: string };
  'word-lists': { lists: Record<string, string> };
  'common-words': { english: string; spanish: string };
  'concepts-emergency': Concepts;
  'concepts-signs': Concepts;
  'concepts-calm': Concepts;
  'concepts-wishes': {
    optOutExact: string;
    optInExact: string;
    helpExact: string;
    emergencyExact: string;
    optOut: string[];
    optIn: string[];
    notRevoking: string[];
    mask: string[];
  };
  'concepts-questions': {
    topics: Record<string, string[]>;
    narrower: Record<string, string>;
    items: Record<string, string>;
  };
  rules: { rules: { id: string; level: string; all?: string[]; any?: string[]; none?: string[] }[] };
};

const folder = new URL('../content/v1/', import.meta.url);

function withoutNote<Name extends keyof Readable>(name: Name): Readable[Name] {
  const { note: _, ...rest } = JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));
  return rest;
}

/** All readable content files of version 1 by file name; their notes are for readers only. */
export function readableContent(): Readable {
  return {
    'lexicon-body': withoutNote('lexicon-body'),
    'lexicon-signs': withoutNote('lexicon-signs'),
    'lexicon-talk': withoutNote('lexicon-talk'),
    'lexicon-figures': withoutNote('lexicon-figures'),
    shorthand: withoutNote('shorthand'),
    'glue-words': withoutNote('glue-words'),
    'word-lists': withoutNote('word-lists'),
    'common-words': withoutNote('common-words'),
    'concepts-emergency': withoutNote('concepts-emergency'),
    'concepts-signs': withoutNote('concepts-signs'),
    'concepts-calm': withoutNote('concepts-calm'),
    'concepts-wishes': withoutNote('concepts-wishes'),
    'concepts-questions': withoutNote('concepts-questions'),
    rules: withoutNote('rules'),
  };
}

/** The content files that stand in the folder, by name. */
export function contentFiles(): string[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json') && file !== 'packed.json');
  return files.map((file) => file.replace('.json', '')).sort();
}
