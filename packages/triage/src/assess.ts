import type { AssessInput, Assessment, Level } from './assessment.ts';

export type { AssessInput, Assessment } from './assessment.ts';

const first: readonly (readonly [Level, RegExp])[] = [
  ['emergency', /can.?t breathe|no puedo respirar|me ahogo|throat|chest pain|passed out|desmay/iu],
  ['opt_out', /^\s*(stop|baja|alto|unsubscribe)\s*$/iu],
  ['help', /^\s*(help|ayuda|info)\s*$/iu],
  ['urgent', /pus|fever|fiebre|blister|ampolla|worse|peor/iu],
  ['question', /\?|can i|puedo/iu],
  ['self_care', /red|roj|peel|dry|tight|pel/iu],
];

/**
 * Reads one text message: what it means and how urgent it is. Pure, never throws, never slower than 20 ms.
 * Levels and their boundaries: product-rules 2; signs: clinical/triage-evidence E3.
 */
export function assess(input: AssessInput): Assessment {
  const level = first.find(([, words]) => words.test(input.text))?.[0] ?? 'unclear';
  return {
    level,
    optOut: level === 'opt_out',
    language: 'en',
    concepts: [],
    negated: [],
    evidence: [],
    situation: level === 'admin' ? 'staff' : level,
    severeWordSeen: false,
    autoResponder: false,
  };
}
