import { sharesFrom } from './draws.ts';
import type { Labelled } from './own-corpus.ts';

function seeded(text: string): () => number {
  let state = 2166136261;
  for (let index = 0; index < text.length; index += 1)
    state = Math.imul(state ^ text.charCodeAt(index), 16777619);
  return sharesFrom(state);
}

function typo(word: string, random: () => number): string {
  if (word.length < 5 || random() > 0.25) return word;
  const at = 1 + Math.floor(random() * (word.length - 2));
  const kind = random();
  if (kind < 0.35) return word.slice(0, at) + word.slice(at + 1);
  if (kind < 0.7) return word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2);
  return word.slice(0, at) + (word[at] ?? '') + word.slice(at);
}

const shorthand: readonly (readonly [RegExp, string])[] = [
  [/\byou\b/giu, 'u'],
  [/\bare\b/giu, 'r'],
  [/\band\b/giu, 'n'],
  [/\bplease\b/giu, 'pls'],
  [/\bque\b/giu, 'q'],
  [/\bpor\b/giu, 'x'],
  [/\bestoy\b/giu, 'toy'],
];

/** The text itself and one noisy copy: no accents or punctuation, shorthand, a typo here and there. */
export function augmented(record: Labelled): Labelled[] {
  const random = seeded(record.id + record.text);
  let noisy = record.text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  if (random() < 0.5) for (const [wanted, short] of shorthand) noisy = noisy.replace(wanted, short);
  if (random() < 0.4) noisy = noisy.replace(/[.,!?']/gu, '');
  noisy = noisy
    .split(' ')
    .map((word) => typo(word, random))
    .join(' ');
  return noisy === record.text ? [record] : [record, { ...record, text: noisy }];
}
