/** Words, sentences and syllables of a text: what both readability formulas need. */
type Counts = { words: number; sentences: number; syllables: number };

/**
 * Flesch-Kincaid grade level (Kincaid et al. 1975): 0.39 × words per sentence + 11.8 × syllables per word −
 * 15.59. Syllables by vowel groups with silent endings. Digits are left out, which never makes a text look
 * easier.
 */
export function fleschKincaidGrade(text: string): number {
  const { words, sentences, syllables } = countsOf(text, syllablesOfEnglish);
  return 0.39 * (words / sentences) + 11.8 * (syllables / words) - 15.59;
}

/**
 * Fernández-Huerta ease (1959): 206.84 − 60 × syllables per word − 1.02 × words per sentence; 70 and up
 * reads easily.
 */
export function fernandezHuertaEase(text: string): number {
  const { words, sentences, syllables } = countsOf(text, syllablesOfSpanish);
  return 206.84 - 60 * (syllables / words) - 1.02 * (words / sentences);
}

function countsOf(text: string, syllablesOf: (word: string) => number): Counts {
  const sentences = text.split(/[.!?;:]+(?:\s|$)/).filter((sentence) => /\p{L}/u.test(sentence)).length;
  const words = text.match(/\p{L}[\p{L}'’-]*/gu) ?? [];
  if (words.length === 0) throw new Error('a text without words has no reading grade');
  const syllables = words.reduce((total, word) => total + syllablesOf(word.toLowerCase()), 0);
  return { words: words.length, sentences: Math.max(1, sentences), syllables };
}

function syllablesOfEnglish(word: string): number {
  if (/^(?:[b-df-hj-np-tv-xz]+)$/.test(word)) return word.length > 3 ? 1 : word.length;
  const groups = word
    .replace(/[^a-z]/g, '')
    .replace(/(?:[^laeiouy]es|[^aeiouydt]ed|[^aeiouyl]e)$/, (ending) => ending.charAt(0))
    .match(/[aeiouy]+/g);
  return Math.max(1, groups?.length ?? 1);
}

/** Weak vowels join their neighbours; two strong ones, or an accented weak one, part. */
function syllablesOfSpanish(word: string): number {
  const cleaned = word.replace(/qu|gu(?=[eiéí])/g, 'k');
  if (!/[aeiouyáéíóúü]/.test(cleaned)) return word.length > 3 ? 1 : word.length;
  const groups = cleaned.match(/[aeoáéó]|[íú]|[iuüy]+(?![aeoáéó])(?<![aeoáéó][iuüy]+)/g) ?? [];
  return Math.max(1, groups.length);
}
