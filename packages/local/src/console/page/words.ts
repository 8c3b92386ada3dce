import type { ReminderStatus } from '@aftercare/contract/session-answer';

/** Codes of the API in words, and the tone that a word has on the page. */

export type Tone = 'good' | 'calm' | 'wait' | 'warn' | 'bad';

export const statusWords: Readonly<Record<ReminderStatus, readonly [string, Tone]>> = {
  planned: ['Planned', 'wait'],
  scheduled: ['Planned', 'wait'],
  sending: ['Sending', 'calm'],
  sent: ['Sent', 'calm'],
  delivered: ['Delivered', 'good'],
  failed: ['Failed', 'bad'],
  undelivered: ['Not delivered', 'bad'],
  unknown: ['Unknown', 'warn'],
  skipped: ['Skipped', 'warn'],
  cancelled: ['Cancelled', 'calm'],
  superseded: ['Replaced', 'calm'],
};

export const kindWords: Readonly<Record<string, string>> = {
  confirmation: 'Confirmation',
  reminder: 'Check-in',
  reply: 'Reply',
  opt_out: 'Opt-out',
  alert: 'Page',
  notice: 'Notice',
};

export const taskWords: Readonly<Record<string, string>> = {
  review: 'Review',
  unclear: 'Unclear text',
  question_unanswered: 'Open question',
  admin: 'Front desk',
  complaint: 'Complaint',
  photo: 'Photo',
  notice: 'Notice',
};

export const roleWords: Readonly<Record<string, string>> = {
  clinical: 'clinician',
  front_desk: 'front desk',
  manager: 'manager',
};

export const levelTones: Readonly<Record<string, Tone>> = {
  emergency: 'bad',
  urgent: 'warn',
  review: 'calm',
  self_care: 'good',
};

export const classWords: Readonly<Record<string, string>> = {
  N03: 'needling to 0.3 mm',
  N07: 'needling to 0.75 mm',
  N10: 'needling to 1.0 mm',
  N15: 'needling deeper than 1.0 mm',
  RF: 'radiofrequency, or the strictest rules',
};

/** `305-555-0123`. */
export function phoneWords(e164: string): string {
  const digits = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(e164);
  return digits === null ? e164 : `${digits[1]}-${digits[2]}-${digits[3]}`;
}

/** `self_care` → `self care`. */
export const plainWords = (code: string): string => code.replaceAll('_', ' ');
