/**
 * Eighty-five characters that need no escape in JSON or in a string of JavaScript (ZeroMQ's Z85
 * alphabet).
 */
export const base85Alphabet =
  '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#';

/** Bytes of a text of base 85: five characters for four bytes, a sixteenth shorter than base 64. */
export function fromBase85(text: string, length: number): Uint8Array {
  const digits = new Uint8Array(128);
  for (let value = 0; value < 85; value += 1) digits[base85Alphabet.charCodeAt(value)] = value;
  const words = new Uint32Array(Math.ceil(length / 4));
  // One number of 32 bits at a time: a cold function reads it before anything is compiled.
  for (let at = 0, to = 0; to < words.length; to += 1) {
    let word = 0;
    for (const end = at + 5; at < end; at += 1) word = word * 85 + (digits[text.charCodeAt(at)] ?? 0);
    words[to] = word;
  }
  return new Uint8Array(words.buffer, 0, length);
}
