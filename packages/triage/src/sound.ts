/** Sounds alike: h dropped or added, b/v, s/c/z, ll/y, qu/k, doubled letters (E5, typos). */
export function soundOf(word: string): string {
  return word
    .replaceAll('ph', 'f')
    .replaceAll('qu', 'k')
    .replaceAll('ch', '%')
    .replace(/c(?=[eiy])/gu, 's')
    .replaceAll('ck', 'k')
    .replaceAll('c', 'k')
    .replaceAll('h', '')
    .replaceAll('v', 'b')
    .replaceAll('z', 's')
    .replaceAll('ll', 'y')
    .replace(/g(?=[ei])/gu, 'j')
    .replaceAll('x', 's')
    .replace(/(.)\1+/gu, '$1')
    .replaceAll('%', 'ch');
}

/** 8 bits of a sound (FNV-1a, folded): most words of other sounds are passed over without making theirs. */
export function soundHash(sound: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < sound.length; index += 1)
    hash = Math.imul(hash ^ sound.charCodeAt(index), 0x01000193);
  return (hash ^ (hash >>> 8) ^ (hash >>> 16) ^ (hash >>> 24)) & 0xff;
}
