import { isAnd } from './denial-list.ts';
import { has, type Reading } from './read.ts';
import { trait } from './traits.ts';

const things = trait.texts | trait.others;
const acts = trait.ending | trait.keeping | trait.moving;

/** Traits in the order of their bits in a wish. */
const told = [trait.texts, trait.others, trait.ending, trait.keeping, trait.moving, trait.not] as const;
const asked = 2 ** told.length;

function numberOf(traits: number, isAsked: boolean): number {
  const bits = told.reduce((sum, one, bit) => ((traits & one) === 0 ? sum : sum + 2 ** bit), 0);
  return isAsked ? bits + asked : bits;
}

/**
 * What each statement of a text wishes, as a number: is it about the clinic's texts or about something else
 * (an appointment, e-mails, the number), is that ended, kept or changed, denied or asked? "Keep Friday, the
 * texts can go" wishes two things, "no paren los mensajes" denies an end. What it amounts to, the second
 * reader has learned (features.ts).
 */
export function toldWishes({ cells, words, questions }: Reading): number[] {
  const wishes: number[] = [];
  let held = 0;
  let endedUntil = -1;
  for (let at = 0; at <= cells.length; at += 1) {
    const cell = cells[at];
    // "No more", "ya no", "nunca" end what they stand with; they do not deny an end.
    if (has(cell, trait.ending) && has(cell, trait.not))
      endedUntil = Math.max(endedUntil, at, ...(cell?.spans ?? []).map(({ end }) => end));
    const denies = at > endedUntil ? trait.not : 0;
    const traits = (cell?.traits ?? 0) & (things | acts | denies);
    // "cancela la cita los mensajes no" goes on to another thing without a comma.
    const goesOn =
      (traits & things) !== 0 &&
      (held & things) !== 0 &&
      (held & traits & things) === 0 &&
      (held & (acts | trait.not)) !== 0;
    const begins =
      cell?.phrase !== cells[at - 1]?.phrase || has(cell, trait.scopeEnd) || isAnd(words[at]?.word ?? '');
    if (begins || goesOn) {
      const isAsked = questions.has(cells[at - 1]?.clause ?? -1);
      if ((held & (things | acts)) !== 0) wishes.push(numberOf(held, isAsked));
      held = 0;
    }
    held |= traits;
  }
  return wishes;
}
