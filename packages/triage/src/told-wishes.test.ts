import { describe, expect, it } from 'vitest';
import { readText } from './read.ts';
import { toldWishes } from './told-wishes.ts';

const wishesOf = (text: string): number[] => toldWishes(readText(text));

describe('the same wish in other words is read as the same', () => {
  it.each([
    ['cancel my appointment, keep the texts', 'anulen mi cita, sigan los mensajes'],
    ['stop the messages', 'paren los mensajes'],
    ['emails yes, texts no', 'correos sigan, mensajes no'],
    ['end the texts but keep my appointment', 'quiten los avisos pero conserven la cita'],
    ['never text me again', 'no more texts again'],
    ['cancela la cita los mensajes no', 'cancela la cita, los mensajes no'],
  ])('%s = %s', (one, other) => {
    expect(wishesOf(one)).toEqual(wishesOf(other));
    expect(wishesOf(one)).not.toEqual([]);
  });
});

describe('what sounds alike and means the opposite is told apart', () => {
  it.each([
    ['paren los mensajes', 'no paren los mensajes'],
    ['cancel my appointment, keep the texts', 'keep my appointment, cancel the texts'],
    ['la cita no, los mensajes sigan', 'la cita sigan, los mensajes no'],
    ['stop the texts.', 'when do the texts stop?'],
    ['no more messages', "don't stop the messages"],
    ['ya no quiero mensajes', 'no quiero que paren los mensajes'],
    ['stop calling, text me', 'stop texting, call me'],
  ])('%s ≠ %s', (one, other) => {
    const [first, second] = [wishesOf(one), wishesOf(other)];
    expect([first.length > 0, second.length > 0]).toEqual([true, true]);
    expect(first).not.toEqual(second);
  });
});

it('a text that wishes nothing has no wishes', () => {
  expect(wishesOf('my cheeks are red and tight')).toEqual([]);
  expect(wishesOf('')).toEqual([]);
});
