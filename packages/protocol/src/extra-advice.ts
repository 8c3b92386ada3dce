import { analyse } from '@aftercare/sms/encoding';
import { shortDate } from '@aftercare/time/format';
import { addDays, type LocalDate, parseLocalDate } from '@aftercare/time/local-date';
import { instantAt, localDateOf } from '@aftercare/time/zone';
import {
  DIAGNOSIS_WORDS,
  DRUG_WORDS,
  OFFER_WORDS,
  RESERVED_WORDS,
  TREATMENT_WORDS,
} from './forbidden-words.ts';
import type { ProtocolRelease } from './release.ts';
import type { CareSession, Language } from './session.ts';
import { healingAt, restrictionOf } from './timeline.ts';

/** `text` is the line as it will be sent: durations have become dates. */
export type ExtraAdviceCheck =
  | { ok: true; keep: true; text: string }
  | { ok: true; keep: false; text: string; warning: 'weaker_than_protocol'; items: string[] }
  | { ok: false; message: string };

const MAX_SEPTETS = 60;
/**
 * The earliest hour at which any reminder may leave (design 5.7): what is open then is open for the whole
 * text.
 */
const EARLIEST_SEND = '09:00';

const WEB_ADDRESS =
  /https?:\S*|www\.\S*|\b[\w-]+\.(?:com|net|org|info|biz|io|co|us|me|ly|mx|clinic|health|app)\b\S*/i;

/** What no clinic line may contain (product-rules 9), each with the word that the refusal uses for it. */
const FORBIDDEN: readonly (readonly [RegExp, string])[] = [
  [WEB_ADDRESS, 'a web address'],
  [/[$€£%]|\b\d+ ?(?:usd|dollars?|bucks)\b/i, 'a price'],
  [OFFER_WORDS, 'an offer'],
  [DRUG_WORDS, 'a drug'],
  [DIAGNOSIS_WORDS, 'a diagnosis'],
  [RESERVED_WORDS, 'a word reserved for carriers'],
  [TREATMENT_WORDS, 'a treatment name'],
];

const BAN = /\b(?:no|not|avoid|skip|wait|never|without|don't|do not|nada|sin|evite|espere|nunca)\b/i;
const NOT_A_BAN =
  /\b(?:no need|not need|no problem|don't worry|no hace falta|no es necesario|no hay problema)\b/i;

const PERIOD = 'h|hours?|hrs?|horas?|days?|d[ií]as?|weeks?|semanas?';
const DURATION = new RegExp(`\\b(for|in|after|during|por|durante|en|tras) (\\d{1,3}) ?(${PERIOD})\\b`, 'i');
const MONTHS = [
  'jan ene',
  'feb',
  'mar',
  'apr abr',
  'may',
  'jun',
  'jul',
  'aug ago',
  'sep',
  'oct',
  'nov',
  'dec dic',
];
const MONTH = MONTHS.join(' ').replaceAll(' ', '|');
const DAY_MONTH = new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?(?: de)? (${MONTH})[a-z]*\\b`, 'i');
const MONTH_DAY = new RegExp(`\\b(${MONTH})[a-z]* (\\d{1,2})\\b`, 'i');
const FREE_ON_DATE = /\b(?:before|from|starting|antes|desde|a partir)\b/i;
const US_NUMERIC = /\b(\d{1,2})\/(\d{1,2})\b/;

/**
 * Judges a clinic's own line for the text of one day (product-rules 9). Refusals name what is wrong, for a
 * 422; a line weaker than the protocol (an earlier date, or a permission for what still waits) is kept out
 * with a warning.
 */
export function checkExtraAdvice(
  text: string,
  release: ProtocolRelease,
  session: CareSession,
  day: number,
): ExtraAdviceCheck {
  const message = refusalOf(text);
  if (message !== undefined) return { ok: false, message };
  const reminderOn = addDays(localDateOf(session.endedAt, session.timeZone), day);
  const dated = durationsAsDates(text.trim(), reminderOn);
  const tooLong = lengthRefusal(dated);
  if (tooLong !== undefined) return { ok: false, message: tooLong };
  const weaker = weakerItems(dated, release, session, reminderOn);
  if (weaker.length === 0) return { ok: true, keep: true, text: dated };
  return { ok: true, keep: false, text: dated, warning: 'weaker_than_protocol', items: weaker };
}

function refusalOf(text: string): string | undefined {
  if (text.trim() === '') return 'must not be empty';
  const offending = analyse(text).offending[0];
  if (offending !== undefined) return `contains "${offending.character}", which is not a GSM-7 character`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a line break would tear the text apart.
  if (/[\u0000-\u001f{}]/.test(text)) return 'must be one line without { or }';
  for (const [pattern, name] of FORBIDDEN) {
    const match = pattern.exec(text);
    if (match !== null) return `must not contain ${name} ("${match[0]}")`;
  }
  return lengthRefusal(text);
}

function lengthRefusal(text: string): string | undefined {
  const septets = analyse(text).units;
  return septets > MAX_SEPTETS
    ? `is ${septets} GSM-7 characters long, at most ${MAX_SEPTETS} are allowed`
    : undefined;
}

/**
 * "for 7 days" means different dates to every reader: it becomes "before 29 Nov", the day after the seventh,
 * counted from the day of the text.
 */
function durationsAsDates(text: string, reminderOn: LocalDate): string {
  return text.replace(
    new RegExp(DURATION, 'gi'),
    (_whole: string, preposition: string, count: string, unit: string) => {
      const spanish =
        /^(?:por|durante|en|tras)$/i.test(preposition) && /^(?:h$|hora|d[ií]a|semana)/i.test(unit);
      const language: Language = spanish ? 'es' : 'en';
      const days = daysIn(Number(count), unit);
      const date = shortDate(addDays(reminderOn, days + 1), language);
      if (/^(?:in|after|en|tras)$/i.test(preposition)) return spanish ? `desde el ${date}` : `from ${date}`;
      return spanish ? `antes del ${date}` : `before ${date}`;
    },
  );
}

function daysIn(count: number, unit: string): number {
  if (/^h/i.test(unit)) return Math.ceil(count / 24);
  return /^(?:w|s)/i.test(unit) ? count * 7 : count;
}

function weakerItems(
  text: string,
  release: ProtocolRelease,
  session: CareSession,
  reminderOn: LocalDate,
): string[] {
  const healing = healingAt(release, session, instantAt(reminderOn, EARLIEST_SEND, session.timeZone));
  const ban = BAN.test(text) && !NOT_A_BAN.test(text);
  const date = lastForbiddenDate(text, reminderOn);
  return itemsNamed(text, release).filter((item) => {
    const restriction = restrictionOf(release, healing, item);
    if (restriction.state === 'waiting') return date === undefined ? !ban : date < restriction.untilOn;
    return restriction.state === 'never' && (!ban || date !== undefined);
  });
}

function itemsNamed(text: string, release: ProtocolRelease): string[] {
  const words = ` ${text.toLowerCase().replace(/[^\p{L}\p{N}-]+/gu, ' ')} `;
  return Object.entries(release.topics).flatMap(([item, names]) =>
    names.some((name) => words.includes(` ${name} `)) ? [item] : [],
  );
}

/**
 * The last day on which the line still forbids. "Until 5 Dec" includes the 5th; "before 5 Dec" and "ok from
 * 5 Dec" do not.
 */
function lastForbiddenDate(text: string, near: LocalDate): LocalDate | undefined {
  const date = dateIn(text, near);
  return date !== undefined && FREE_ON_DATE.test(text) ? addDays(date, -1) : date;
}

/** The first date in the line, in the year that puts it on or after 200 days before the reminder. */
function dateIn(text: string, near: LocalDate): LocalDate | undefined {
  const dayMonth = DAY_MONTH.exec(text);
  if (dayMonth !== null) return nearestDate(near, monthNumber(dayMonth[2] ?? ''), Number(dayMonth[1]));
  const monthDay = MONTH_DAY.exec(text);
  if (monthDay !== null) return nearestDate(near, monthNumber(monthDay[1] ?? ''), Number(monthDay[2]));
  const numeric = US_NUMERIC.exec(text);
  return numeric === null ? undefined : nearestDate(near, Number(numeric[1]), Number(numeric[2]));
}

function monthNumber(name: string): number {
  return MONTHS.findIndex((names) => names.split(' ').includes(name.toLowerCase().slice(0, 3))) + 1;
}

function nearestDate(near: LocalDate, month: number, dayOfMonth: number): LocalDate | undefined {
  const year = Number(near.slice(0, 4));
  const pad = (value: number) => String(value).padStart(2, '0');
  const candidates = [year - 1, year, year + 1].flatMap(
    (candidate) => parseLocalDate(`${candidate}-${pad(month)}-${pad(dayOfMonth)}`) ?? [],
  );
  return candidates.find((candidate) => candidate >= addDays(near, -200));
}
