import { hoursBetween, type Instant, isBefore } from '@aftercare/time/instant';
import type { PatientView, Pending } from './context.ts';

/** Product-rules 4: a question lives this long, or until the next one. */
export const questionLifeHours = 48;

export type Digit = 1 | 2 | 3;

/** Whole texts that answer a question of ours without its digit (triage-evidence E4, bare_yes_no). */
const bareWords: ReadonlyMap<string, Digit | 'yes_or_no'> = new Map<string, Digit | 'yes_or_no'>([
  ...words(1, ['better', 'mejor', 'fine', 'bien', 'good', 'much better', 'mucho mejor', 'none', 'nada']),
  ...words(2, ['same', 'igual', 'unsure', 'not sure', 'the same', 'no se', 'lo mismo']),
  ...words(3, ['worse', 'peor', 'bad', 'mal', 'much worse', 'mucho peor']),
  ...words('yes_or_no', ['si', 'no', 'yes', 'y', 'n', 'yeah', 'yep', 'nope', 'nop']),
]);

/** Whole texts that only say "received": nothing to read, nothing for a human. */
const acknowledgements: ReadonlySet<string> = new Set([
  ...['ok', 'okay', 'okey', 'k', 'kk', 'okk', 'got it', 'noted', 'will do', 'sure', 'perfect'],
  ...['vale', 'entendido', 'de acuerdo', 'listo', 'perfecto', 'va', 'sale', 'recibido'],
]);

/** "Fine" needs no question to make sense; "better" and "worse" do. */
export const saysFine = (body: string): boolean => /^(?:fine|good|bien)$/.test(plainWords(body));

export const isAcknowledgement = (body: string): boolean => acknowledgements.has(plainWords(body));

export type BareAnswer = Digit | 'out_of_range' | 'yes_or_no' | undefined;

/**
 * What a text says when it is nothing but an answer: `3`, `3.`, `worse`, `si`. Anything longer is read as
 * words.
 */
export function bareAnswer(body: string): BareAnswer {
  const plain = plainWords(body);
  if (/^[0-9]+$/.test(plain)) {
    if (plain === '1') return 1;
    if (plain === '2') return 2;
    return plain === '3' ? 3 : plain.length === 1 ? 'out_of_range' : undefined;
  }
  return bareWords.get(plain);
}

/** Without accents, capitals, punctuation and emoji. */
function plainWords(body: string): string {
  return body
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** `A` or `B` and nothing else. */
export function bareLetter(body: string): 0 | 1 | undefined {
  const plain = body.replaceAll(/[^\p{L}\p{N}]+/gu, '').toUpperCase();
  if (plain === 'A') return 0;
  return plain === 'B' ? 1 : undefined;
}

/** The latest question still alive among everybody under this number: the latest wins (product-rules 4). */
export function aliveQuestion(
  patients: readonly PatientView[],
  at: Instant,
): { readonly patient: PatientView; readonly pending: Pending } | undefined {
  let found: { patient: PatientView; pending: Pending } | undefined;
  for (const patient of patients) {
    const { pending } = patient;
    if (pending === undefined || hoursBetween(pending.askedAt, at) > questionLifeHours) continue;
    if (found === undefined || isBefore(found.pending.askedAt, pending.askedAt)) found = { patient, pending };
  }
  return found;
}

function words(value: Digit | 'yes_or_no', texts: readonly string[]): [string, Digit | 'yes_or_no'][] {
  return texts.map((text) => [text, value]);
}
