import { content } from './content.ts';
import type { Reading } from './read.ts';

const { questions } = content;

type Topic = { item: string; words: readonly string[]; phrases: readonly string[] };

function topic(item: string, source: string): Topic {
  const entries = source.split('|');
  return {
    item,
    words: entries.filter((entry) => !entry.includes('_')),
    phrases: entries.filter((entry) => entry.includes('_')).map((entry) => ` ${entry.replaceAll('_', ' ')} `),
  };
}

const items = new Map(Object.entries(questions.items));
const topics: readonly Topic[] = [
  ...Object.entries(questions.narrower).map(([item, source]) => topic(item, source)),
  ...Object.entries(questions.topics).flatMap(([name, sources]) =>
    sources.map((source) => topic(items.get(name) ?? 'other', source)),
  ),
];

function matches(word: string, wanted: string): boolean {
  return wanted.endsWith('*') ? word.startsWith(wanted.slice(0, -1)) : word === wanted;
}

/**
 * The protocol's question item (`questionItems` of the protocol package) a text asks about; undefined
 * when no topic is recognised. Narrow topics come first; a phrase counts more than a word.
 */
export function questionItemOf(reading: Reading): string | undefined {
  const words = reading.words.map((word) => word.word);
  const text = ` ${words.join(' ')} `;
  const byPhrase = topics.find((entry) => entry.phrases.some((phrase) => text.includes(phrase)));
  if (byPhrase !== undefined) return byPhrase.item;
  return topics.find((entry) => entry.words.some((wanted) => words.some((word) => matches(word, wanted))))
    ?.item;
}

const asks = questions.asks
  .join('|')
  .split('|')
  .map((phrase) => ` ${phrase} `);

/** Does the text ask something, with or without a question mark? */
export function asksSomething(reading: Reading): boolean {
  if (reading.questions.size > 0) return true;
  const text = ` ${reading.words.map((word) => word.word).join(' ')} `;
  return asks.some((phrase) => text.includes(phrase));
}
