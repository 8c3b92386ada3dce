/**
 * School grade of an English text (Flesch-Kincaid): 6 reads like a sixth-grader's book. Numbers, phone
 * numbers and the clinic's name count as one short word each, because nobody spells them out.
 */
export function englishGrade(text: string): number {
  const { words, sentences } = measure(text);
  const syllables = words.reduce((sum, word) => sum + englishSyllables(word), 0);
  return 0.39 * (words.length / sentences) + 11.8 * (syllables / words.length) - 15.59;
}

/** Reading ease of a Spanish text (Fernandez Huerta, 1959): 60 to 70 is ordinary prose, more is easier. */
export function spanishEase(text: string): number {
  const { words, sentences } = measure(text);
  const syllables = words.reduce((sum, word) => sum + spanishSyllables(word), 0);
  return 206.84 - 60 * (syllables / words.length) - 1.02 * (words.length / sentences);
}

function measure(text: string): { words: string[]; sentences: number } {
  const plain = text.replaceAll(/\{\w+\}/g, 'it').replaceAll(/[\d-]+/g, ' it ');
  const words = plain.toLowerCase().match(/[\p{L}']+/gu) ?? ['it'];
  const sentences = plain.split(/[.?!:;/]+/).filter((part) => /\p{L}/u.test(part)).length;
  return { words, sentences: Math.max(1, sentences) };
}

function englishSyllables(word: string): number {
  const groups = word.replace(/(?:[^laeiouy]es|ed|[^laeiouy]e)$/, '').match(/[aeiouy]{1,2}/g)?.length ?? 1;
  return Math.max(1, groups);
}

function spanishSyllables(word: string): number {
  return Math.max(1, word.match(/[aeoáéó]|[iuíúü]+(?![aeoáéó])/g)?.length ?? 1);
}
