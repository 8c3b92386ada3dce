import type { AssessInput, Level } from './assessment.ts';
import { isKnown } from './lexicon.ts';
import type { Reading } from './read.ts';

/** A 1/2/3 answer to the living question, and whether the text says nothing else. */
export type Answer = { digit: 1 | 2 | 3; bare: boolean };

function byDigit(one: string, two: string, three: string): ReadonlyMap<string, 1 | 2 | 3> {
  const entries = (said: string, digit: 1 | 2 | 3) => said.split('|').map((text) => [text, digit] as const);
  return new Map([...entries(one, 1), ...entries(two, 2), ...entries(three, 3)]);
}

const spoken = byDigit('1|one|uno', '2|two|dos', '3|three|tres');

const sentiments = byDigit(
  'better|much better|fine|good|mejor|mucho mejor|bien|none|nada',
  'same|the same|igual|lo mismo|not sure|unsure|no se',
  'worse|much worse|bad|peor|mucho peor|mal',
);

/** In words. */
const longestSentiment = 2;

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
 * How urgent an answer to a question of ours is by itself (product-rules 4). 3 after 48 hours is urgent
 * whatever was asked, except that the lasting marks day 14 asks about are for the clinic to look at
 * (product-rules 2, triage-evidence S-72); 3 on day 1 answers "fever, pus, blisters or bad pain?". Expected
 * signs may stand still for five days, then they should be going (E2). Unknown hours count as late. The
 * reply path and the command line both ask here.
 */
export function levelOfAnswer(
  digit: 1 | 2 | 3,
  questionId: string,
  hoursSinceTreatment: number | null,
): Level {
  const hours = hoursSinceTreatment ?? Number.POSITIVE_INFINITY;
  switch (digit) {
    case 1:
      return 'self_care';
    case 2:
      if (questionId === 'severe_check') return 'urgent';
      if (questionId !== 'day3' && questionId !== 'trend') return 'review';
      return hours <= standstillHours ? 'self_care' : 'review';
    case 3:
      if (questionId === 'severe_check') return 'emergency';
      if (questionId === 'day14') return 'review';
      return hours > lateHours || questionId === 'day1' ? 'urgent' : 'review';
  }
}

/** A bare digit, "worse" or "si" to no question of ours is unclear (product-rules 4). */
export function isOrphanAnswer(reading: Reading): boolean {
  const words = reading.words.filter((word) => word.kind !== 'emoji');
  if (words.length > longestSentiment) return false;
  const text = words.map((word) => word.word).join(' ');
  if (words.length === 1 && /^(?:\d|yes|si|no|y|n|yep|nope|nop|simon)$/u.test(text)) return true;
  return sentiments.has(text) && !/^(?:fine|good|bien|none|nada)$/u.test(text);
}

const longestGibberish = 3;

/** A few words of which none is known in either language ("asdf qwer"). */
export function isGibberish(reading: Reading): boolean {
  const { words, cells } = reading;
  if (words.length === 0 || words.length > longestGibberish) return false;
  return words.every((word, index) => {
    const tagged = (cells[index]?.known.symbols.length ?? 0) > 1 || (cells[index]?.spans.length ?? 0) > 0;
    return (
      word.kind === 'word' &&
      !word.repaired &&
      !tagged &&
      !isKnown(word.word) &&
      !/[aeiou].*[aeiou].*[aeiou]/u.test(word.word)
    );
  });
}
