/** The words of a list that blanks divide. */
export function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}
