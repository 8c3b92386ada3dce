import { describe, expect, it } from 'vitest';
import { base32 } from './base32.ts';
import { phoneKey } from './phone-key.ts';

const KEY = new Uint8Array(32).fill(7);

describe('phoneKey', () => {
  it('has the shape that fits schedule names and shows no digit of the number', () => {
    const key = phoneKey('+13055550123', KEY);
    expect(key).toMatch(/^[0-9a-hjkmnp-tv-z]{26}$/);
    expect(key).toBe(phoneKey('+13055550123', new Uint8Array(32).fill(7)));
  });
  it('differs by number and by key', () => {
    const keys = [
      phoneKey('+13055550123', KEY),
      phoneKey('+13055550124', KEY),
      phoneKey(
        '+13055550123',
        KEY.map(() => 8),
      ),
    ];
    expect(new Set(keys).size).toBe(3);
  });
  it('refuses an unnormalised number, which would make a second identity for one phone', () => {
    expect(() => phoneKey('+1 305 555 0123', KEY)).toThrow(RangeError);
    expect(() => phoneKey('+13055550123', new Uint8Array(16))).toThrow(RangeError);
  });
});

describe('base32', () => {
  it('writes five bits a character, first bits first', () => {
    expect(base32(new Uint8Array([0, 0, 0, 0, 0]), 8)).toBe('00000000');
    expect(base32(new Uint8Array([0xff, 0xff, 0xff, 0xff, 0xff]), 8)).toBe('zzzzzzzz');
    expect(
      base32(new Uint8Array([0b00001_000, 0b10_00011_0, 0b0100_0010, 0b1_00110_00, 0b111_01000]), 8),
    ).toBe('12345678');
  });
  it('refuses to invent bits', () => expect(() => base32(new Uint8Array(2), 4)).toThrow(RangeError));
});
