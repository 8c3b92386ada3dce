import type { Instant } from '@aftercare/time/instant';
import { localTimeOf } from '@aftercare/time/zone';

const mostCharacters = 306;

/** What one page says. `patientRef` is the clinic's own id, or nothing for a number we do not know. */
export type Page = {
  readonly level: 'emergency' | 'urgent';
  readonly code: string;
  readonly placeName: string;
  readonly timeZone: string;
  readonly patientRef: string | undefined;
  readonly textedAt: Instant;
  readonly nextAt: Instant;
  readonly infoAnswers: boolean;
  /** The patient got no reply, for a reason staff must know: they have to call. */
  readonly notAnswered: 'opted_out' | 'other' | undefined;
  /** Acknowledged before, but no DONE came. */
  readonly again: boolean;
};

/**
 * Product-rules 6, for example "AFTERCARE EMERGENCY 48213 Brickell p-881 02:14. Reply INFO 48213 for
 * contact, …".
 */
export function pageText(page: Page): string {
  const { code } = page;
  const level = page.level === 'emergency' ? 'EMERGENCY' : 'URGENT';
  const who = page.patientRef ?? 'unknown number';
  const time = localTimeOf(page.textedAt, page.timeZone);
  const head = `AFTERCARE ${level} ${code} ${gsm(page.placeName)} ${gsm(who)} ${time}.`;
  const info = page.infoAnswers ? `INFO ${code} for contact, ` : '';
  const parts = [
    head,
    ...(page.again ? ['No DONE yet.'] : []),
    ...(page.notAnswered === undefined ? [] : [notAnsweredText(page.notAnswered)]),
    `Reply ${info}ACK ${code} to take it.`,
    `Next person paged ${localTimeOf(page.nextAt, page.timeZone)}.`,
  ];
  return parts.join(' ').slice(0, mostCharacters);
}

function notAnsweredText(reason: 'opted_out' | 'other'): string {
  return reason === 'opted_out' ? 'Opted out: got no reply, please call.' : 'Got no automatic reply.';
}

/** A place name may hold what GSM-7 does not: one such letter would cost a page a second segment. */
function gsm(text: string): string {
  return text.normalize('NFKD').replaceAll(/[^\x20-\x5a\x5f\x61-\x7a]/g, '');
}

/** Texts to staff in answer to what they sent. */
export const staffTexts = {
  acknowledged: (code: string, by: string) =>
    `Alert ${code} is yours, ${gsm(by)}. Text DONE ${code} when closed (or FALSE, DUPLICATE, NOT REACHED).`,
  takenBy: (code: string, by: string) => `Alert ${code} was taken by ${gsm(by)} already.`,
  done: (code: string, outcome: string) => `Alert ${code} closed: ${outcome.replace('_', ' ')}.`,
  alreadyDone: (code: string) => `Alert ${code} is closed already.`,
  info: (code: string, firstName: string, phone: string) => `Alert ${code}: ${gsm(firstName)} ${phone}.`,
  infoUnknown: (code: string, phone: string) => `Alert ${code}: number not on file, ${phone}.`,
  infoOff: (code: string) => `Alert ${code}: contact is not sent by text. Please look it up at the clinic.`,
  movedOn: (code: string, newCode: string) => `Alert ${code} continues as ${newCode}.`,
  noSuchAlert: (code: string) => `No alert ${code}. Reply LIST for open alerts.`,
  none: () => 'No alert is open.',
  which: (codes: readonly string[]) =>
    `Which one? Open: ${codes.slice(0, 12).join(', ')}. Text ACK and the code.`,
  open: (codes: readonly string[]) => `Open: ${codes.slice(0, 20).join(', ')}.`,
  usage: () => 'Text ACK, INFO or DONE and the code. LIST shows open alerts. This line is for staff only.',
  confirmed: (clinic: string) => `${gsm(clinic)}: this phone now gets alert pages.`,
  confirmCode: (clinic: string, code: string) =>
    `${gsm(clinic)} alerts: reply ${code} to confirm that this phone takes pages.`,
  wrongCode: () => 'That is not the code we sent. Please check it or ask the clinic for a new one.',
  reachableAgain: (clinic: string) => `${gsm(clinic)}: you get alert pages again.`,
  test: (clinic: string) => `AFTERCARE TEST page for ${gsm(clinic)}. Nothing is wrong and nothing is to do.`,
} as const;
