/**
 * Eighty-five characters that need no escape in JSON or in a string of JavaScript (ZeroMQ's Z85
 * alphabet).
 */
export const base85Alphabet =
  '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#';

const digitOf = new Map([...base85Alphabet].map((character, value) => [character.charCodeAt(0), value]));

/** Bytes of a text of base 85: five characters for four bytes, a sixteenth shorter than base 64. */
export function fromBase85(text: string, length: number): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(length / 4) * 4);
  for (let at = 0, to = 0; at < text.length; at += 5, to += 4) {
    let word = 0;
    for (let index = 0; index < 5; index += 1)
      word = word * 85 + (digitOf.get(text.charCodeAt(at + index)) ?? 0);
    bytes[to] = word >>> 24;
    bytes[to + 1] = word >>> 16;
    bytes[to + 2] = word >>> 8;
    bytes[to + 3] = word;
  }
  return bytes.subarray(0, length);
}
