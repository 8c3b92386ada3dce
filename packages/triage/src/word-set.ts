import { content } from './content.ts';

type WordLists = typeof import('../content/v1/word-lists.json', { with: { type: 'json' }});

/** The words of a list that blanks divide. */
export function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}

/** The words of one of the longer lists, which stand in `content/v1/word-lists.json`. */
export function listed(name: keyof WordLists['lists']): ReadonlySet<string> {
  return wordSet(content.lists[name] ?? '');
}
