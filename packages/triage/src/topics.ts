import { content } from './content.ts';
import { type Reading, wordsOf } from './read.ts';

type Entry = { readonly text: string; readonly topic: number };

/** Topics by their places: narrow ones first, and what is said of each. */
type Topics = {
  readonly items: readonly string[];
  /** Phrases between blanks, by their first word. */
  readonly phrases: ReadonlyMap<string, readonly Entry[]>;
  /** The first topic of each word. */
  readonly words: ReadonlyMap<string, number>;
  readonly beginnings: readonly Entry[];
};

let topics: Topics | undefined;

/** Sorted when the first question is asked. */
function knownTopics(): Topics {
  if (topics !== undefined) return topics;
  const { questions } = content;
  const items = new Map(Object.entries(questions.items));
  const sources = [
    ...Object.entries(questions.narrower),
    ...Object.entries(questions.topics).flatMap(([name, all]) =>
      all.map((source) => [items.get(name) ?? 'other', source] as const),
    ),
  ];
  const entries = sources.flatMap(([, source], topic): Entry[] =>
    source.split('|').map((text) => ({ text, topic })),
  );
  const phrases = entries.filter(({ text }) => text.includes('_'));
  const rest = entries.filter(({ text }) => !text.includes('_'));
  topics = {
    items: sources.map(([item]) => item),
    phrases: Map.groupBy(
      phrases.map(({ text, topic }) => ({ text: ` ${text.replaceAll('_', ' ')} `, topic })),
      ({ text }) => text.slice(1, text.indexOf(' ', 1)),
    ),
    words: new Map(rest.toReversed().map(({ text, topic }) => [text, topic])),
    beginnings: rest
      .filter(({ text }) => text.endsWith('*'))
      .map(({ text, topic }) => ({ text: text.slice(0, -1), topic })),
  };
  return topics;
}

/**
 * The protocol's question item (`questionItems` of the protocol package) a text asks about; undefined
 * when no topic is recognised. Narrow topics come first; a phrase counts more than a word.
 */
export function questionItemOf(reading: Reading): string | undefined {
  const { items, phrases, words, beginnings } = knownTopics();
  const said = ` ${wordsOf(reading)} `;
  let first = items.length;
  for (const { word } of reading.words)
    for (const { text, topic } of phrases.get(word) ?? [])
      if (topic < first && said.includes(text)) first = topic;
  if (first < items.length) return items[first];
  for (const { word } of reading.words) {
    first = Math.min(first, words.get(word) ?? first);
    for (const { text, topic } of beginnings) if (topic < first && word.startsWith(text)) first = topic;
  }
  return items[first];
}
