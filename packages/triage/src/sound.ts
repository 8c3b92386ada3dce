const letter = (text: string, at: number): string => text.charAt(at);

/** The place of the next letter that is heard: an h is not. */
function heardAfter(word: string, at: number): number {
  let next = at + 1;
  while (letter(word, next) === 'h') next += 1;
  return next;
}

const softens = (next: string): boolean => next === 'e' || next === 'i';

/** What the letters at a place sound like, and where the next ones begin; `%` stands for "ch". */
function soundAt(word: string, at: number): readonly [sound: string, next: number] {
  const own = letter(word, at);
  const next = letter(word, at + 1);
  switch (own) {
    case 'p':
      return next === 'h' ? ['f', at + 2] : [own, at + 1];
    case 'q':
      return next === 'u' ? ['k', at + 2] : [own, at + 1];
    case 'c':
      if (next === 'h') return ['%', at + 2];
      return [softens(next) || next === 'y' ? 's' : 'k', at + 1];
    case 'h':
      return ['', at + 1];
    case 'v':
      return ['b', at + 1];
    case 'z':
    case 'x':
      return ['s', at + 1];
    case 'l': {
      const heard = heardAfter(word, at);
      return letter(word, heard) === 'l' ? ['y', heard + 1] : [own, at + 1];
    }
    case 'g':
      return [softens(letter(word, heardAfter(word, at))) ? 'j' : own, at + 1];
    default:
      return [own, at + 1];
  }
}

/** Sounds alike: h dropped or added, b/v, s/c/z, ll/y, qu/k, doubled letters (E5, typos). */
export function soundOf(word: string): string {
  let heard = '';
  for (let at = 0; at < word.length; ) {
    const [sound, next] = soundAt(word, at);
    if (sound !== heard.charAt(heard.length - 1)) heard += sound;
    at = next;
  }
  return heard.replaceAll('%', 'ch');
}
