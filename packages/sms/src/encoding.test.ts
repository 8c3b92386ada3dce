import { describe, expect, it } from 'vitest';
import { analyse, segmentsOf } from './encoding.ts';

describe('segments', () => {
  it.each([
    ['a', 0, 1],
    ['a', 160, 1],
    ['a', 161, 2],
    ['a', 306, 2],
    ['a', 307, 3],
    ['a', 1600, 11],
    ['á', 70, 1],
    ['á', 71, 2],
    ['á', 134, 2],
    ['á', 135, 3],
    ['á', 1600, 24],
    ['€', 80, 1],
    ['€', 81, 2],
  ])('%j × %i is %i', (character, times, segments) =>
    expect(segmentsOf(character.repeat(times))).toBe(segments),
  );

  it('never splits an escape pair, so 306 septets can be three parts', () => {
    const body = `${'a'.repeat(152)}€${'a'.repeat(152)}`;
    expect(analyse(body)).toEqual({ encoding: 'GSM-7', units: 306, segments: 3, offending: [] });
  });
  it('never splits an emoji between its halves', () => {
    expect(segmentsOf(`${'á'.repeat(66)}😀${'á'.repeat(66)}`)).toBe(3);
  });
  it('counts a cluster longer than a part without looping', () => {
    expect(segmentsOf(`a${'\u0301'.repeat(200)}`)).toBe(4);
  });
});

describe('what turns a text into UCS-2', () => {
  it.each([...'áíóúÁÍÓÚç“”‘’–—…°ºª«»·`´•\u00a0\t'])('%j is named with its place', (character) => {
    expect(analyse(`ok ${character} ok`)).toMatchObject({
      encoding: 'UCS-2',
      offending: [{ character, index: 3 }],
    });
  });
  it.each([...'éñüÉÑÜ¿¡àèìòùÇäöåÄÖÅ"\''])('%j stays GSM-7', (character) => {
    expect(analyse(character).encoding).toBe('GSM-7');
  });
  it('a decomposed é is UCS-2 although a composed one is not', () => {
    expect([analyse('é'.normalize('NFC')).encoding, analyse('é'.normalize('NFD')).encoding]).toEqual([
      'GSM-7',
      'UCS-2',
    ]);
  });
  it('an emoji is one offending character, not two halves', () => {
    expect(analyse('a😀b').offending).toEqual([{ character: '😀', index: 1 }]);
  });
});
