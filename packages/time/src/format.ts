import type { LocalDate } from './local-date.ts';
import { minutesOfDay } from './zone.ts';

const MONTHS = {
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  es: ['ene', 'feb', 'mar', 'abr', 'may', 'jun', 'jul', 'ago', 'sep', 'oct', 'nov', 'dic'],
} as const;

/**
 * `28 Nov` or `28 nov`. No weekday: "sáb" and "mié" are not GSM-7 and cost a whole segment (product-rules 9).
 */
export function shortDate(date: LocalDate, language: 'en' | 'es'): string {
  const month = MONTHS[language][Number(date.slice(5, 7)) - 1];
  if (month === undefined) throw new RangeError('not a calendar date: use parseLocalDate on outside input');
  return `${Number(date.slice(8, 10))} ${month}`;
}

/**
 * A wall time `HH:MM` as people in the US read it, GSM-7 only: `2:14 PM` in English, `2:14 pm` in Spanish.
 */
export function spokenTime(time: string, language: 'en' | 'es'): string {
  const minutes = minutesOfDay(time);
  const half = minutes < 720 ? 'AM' : 'PM';
  const hour = Math.floor(minutes / 60) % 12 || 12;
  return `${hour}:${time.slice(3)} ${language === 'en' ? half : half.toLowerCase()}`;
}
