import type { AssessInput, Level } from './assessment.ts';
import type { Reading } from './read.ts';
import { isKnown } from './typo.ts';

/** A 1/2/3 answer to the living question, and whether the text says nothing else. */
export type Answer = { digit: 1 | 2 | 3; bare: boolean };

const spoken = new Map<string, 1 | 2 | 3>([
  ['1', 1],
  ['2', 2],
  ['3', 3],
  ['one', 1],
  ['two', 2],
  ['three', 3],
  ['uno', 1],
  ['dos', 2],
  ['tres', 3],
]);

const sentiments = new Map<string, 1 | 2 | 3>([
  ['better', 1],
  ['much better', 1],
  ['fine', 1],
  ['good', 1],
  ['mejor', 1],
  ['mucho mejor', 1],
  ['bien', 1],
  ['same', 2],
  ['the same', 2],
  ['igual', 2],
  ['lo mismo', 2],
  ['not sure', 2],
  ['no se', 2],
  ['worse', 3],
  ['much worse', 3],
  ['bad', 3],
  ['peor', 3],
  ['mucho peor', 3],
  ['mal', 3],
]);

/** Reads a 1/2/3 answer; only when a question is pending (product-rules 4). 4 to 9 is never an answer. */
export function answerOf(input: AssessInput, reading: Reading): Answer | undefined {
  if (input.pending === undefined) return undefined;
  const words = reading.words.filter((word) => word.kind !== 'emoji');
  const text = words.map((word) => word.word).join(' ');
  const whole = sentiments.get(text) ?? (words.length === 1 ? spoken.get(text) : undefined);
  if (whole !== undefined) return { digit: whole, bare: true };
  const [first, second] = words;
  const leads = first !== undefined && second !== undefined && first.kind === 'number';
  const digit = leads ? spoken.get(first.word) : undefined;
  const separate =
    digit !== undefined &&
    (first?.phrase !== second?.phrase || /^(?:and|y|but|pero|because|is|es)$/u.test(second?.word ?? ''));
  return digit !== undefined && separate ? { digit, bare: false } : undefined;
}

const lateHours = 48;
const standstillHours = 120;

/**
 * The level of a bare answer by itself: 1 = fine, 2 = unsure or same, 3 = bad or worse (product-rules 4: a 3
 * after 48 hours is urgent). Unknown hours count as late. The conversation package refines it per question.
 */
export function levelOfAnswer(digit: 1 | 2 | 3, hoursSinceTreatment: number | null): Level {
  const hours = hoursSinceTreatment ?? Number.POSITIVE_INFINITY;
  switch (digit) {
    case 1:
      return 'self_care';
    case 2:
      return hours <= standstillHours ? 'self_care' : 'review';
    case 3:
      return hours > lateHours ? 'urgent' : 'review';
  }
}

/** A bare digit, "worse" or "si" to no question of ours is unclear (product-rules 4). */
export function isOrphanAnswer(reading: Reading): boolean {
  const words = reading.words.filter((word) => word.kind !== 'emoji');
  const text = words.map((word) => word.word).join(' ');
  if (words.length === 1 && /^(?:\d|yes|si|no|y|n|yep|nope|nop|simon)$/u.test(text)) return true;
  return sentiments.has(text) && !/^(?:fine|good|bien)$/u.test(text);
}

const longestGibberish = 3;

/** A few words of which none is known in either language ("asdf qwer"). */
export function isGibberish(reading: Reading): boolean {
  const { words, cells } = reading;
  if (words.length === 0 || words.length > longestGibberish) return false;
  return words.every((word, index) => {
    const tagged = (cells[index]?.symbols.length ?? 0) > 1 || (cells[index]?.spans.length ?? 0) > 0;
    return (
      word.kind === 'word' &&
      !word.repaired &&
      !tagged &&
      !isKnown(word.word) &&
      !/[aeiou].*[aeiou].*[aeiou]/u.test(word.word)
    );
  });
}
