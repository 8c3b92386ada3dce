import { shortDate, spokenTime } from '@aftercare/time/format';
import type { LocalDate } from '@aftercare/time/local-date';
import { localDateOf, localTimeOf } from '@aftercare/time/zone';
import type { Saying } from './advice.ts';
import type { NextSession } from './care.ts';
import { fill } from './fill.ts';
import type { Matrix, Texts } from './release.ts';
import type { Language, Style } from './session.ts';
import { dateOfDay, type Healing, type Restriction } from './timeline.ts';

/** A sentence of a text with the ids of the facts it says. */
export type TextLine = { readonly text: string; readonly facts: readonly string[] };

/** In whose words, and at which point of healing. */
export type Wording = { texts: Texts; language: Language; style: Style; healing: Healing };

/** A saying in one language: its sentence, or the noun of its ban. */
export function worded(wording: Wording, saying: Saying): string {
  switch (saying.kind) {
    case 'noun':
      return wording.texts.nouns[saying.item] ?? saying.item;
    case 'next':
      return nextSessionWords(wording, saying.next);
    case 'phrase':
      return phraseWords(wording, saying.key, saying.untilDay);
  }
}

/**
 * The sayings as sentences: bans with the same last day are one sentence, standing where the first of them
 * stood. `cites` holds the ids behind a key where they are others than the key itself.
 */
export function linesOf(
  wording: Wording,
  sayings: readonly { saying: Saying; words: string }[],
  cites: Matrix['cites'],
): TextLine[] {
  const bans = new Map<number, Ban>();
  const lines: ({ text: string; facts: readonly string[] } | Ban)[] = [];
  for (const { saying, words } of sayings) {
    const brief = wording.style === 'concise' ? cites[`${saying.key}-concise`] : undefined;
    const facts = brief ?? cites[saying.key] ?? [idOf(saying.key)];
    if (saying.kind !== 'noun') {
      lines.push({ text: words, facts });
      continue;
    }
    const open = bans.get(saying.untilDay);
    const ban = open ?? { untilDay: saying.untilDay, nouns: [], facts: [], clinic: false };
    ban.nouns.push(words);
    for (const id of facts) if (!ban.facts.includes(id)) ban.facts.push(id);
    ban.clinic ||= saying.clinic;
    if (open !== undefined) continue;
    bans.set(saying.untilDay, ban);
    lines.push(ban);
  }
  return lines.map((line) =>
    'text' in line ? line : { text: banSentence(wording, line), facts: line.facts },
  );
}

/** The fact that words are called after: `F-116` of `F-116-waiting`. */
function idOf(key: string): string {
  const suffix = key.indexOf('-', 2);
  return suffix < 0 ? key : key.slice(0, suffix);
}

type Ban = { untilDay: number; nouns: string[]; facts: string[]; clinic: boolean };

function banSentence(wording: Wording, ban: Ban): string {
  const { grammar } = wording.texts;
  const items = listWords(wording.texts, ban.nouns, grammar.last);
  const until = untilDayWords(wording, ban.untilDay);
  return fill(asksClinic(wording, ban) ? grammar.banAsk : grammar.ban, { items, until });
}

/**
 * A date ahead says that the clinic's word is needed then; on the last day itself there is no room for it.
 */
export function asksClinic(wording: Wording, ban: { untilDay: number; clinic: boolean }): boolean {
  return ban.clinic && ban.untilDay > wording.healing.today;
}

/** "before 29 Nov" for a ban whose last day is the 28th; "today" on that last day itself. */
export function untilDayWords(wording: Wording, untilDay: number): string {
  const { grammar } = wording.texts;
  if (untilDay <= wording.healing.today) return grammar.untilToday;
  return fill(grammar.until, { date: dayWords(wording, untilDay + 1) });
}

/**
 * The same for one restriction; a wait of less than two days names its hour: "before 1:30 PM on 22 Nov".
 */
export function untilWords(wording: Wording, wait: Extract<Restriction, { state: 'waiting' }>): string {
  const { healing } = wording;
  const { grammar } = wording.texts;
  const today = dateOfDay(healing.today);
  if (wait.wholeDay) {
    if (wait.untilOn <= today) return grammar.untilToday;
    return fill(grammar.until, { date: shortDate(wait.fromOn, wording.language) });
  }
  const time = spokenTime(localTimeOf(wait.untilAt, healing.timeZone), wording.language);
  const on = localDateOf(wait.untilAt, healing.timeZone);
  if (on <= today) return fill(grammar.untilTime, { time });
  return fill(grammar.untilDateTime, { time, date: shortDate(on, wording.language) });
}

/** "until 24 Nov" of something normal, not forbidden: on the day itself "today". */
export function throughWords(wording: Wording, on: LocalDate): string {
  const { grammar } = wording.texts;
  if (on <= dateOfDay(wording.healing.today)) return grammar.throughToday;
  return fill(grammar.through, { date: shortDate(on, wording.language) });
}

const MAX_KNOWN_DAYS = 2048;
const KNOWN_DAYS = { en: new Map<number, string>(), es: new Map<number, string>() } as const;

/** `29 Nov` of a day since 1970; a text asks for the same few days many times, and dates are costly. */
function dayWords({ language }: Wording, day: number): string {
  const days = KNOWN_DAYS[language];
  const known = days.get(day);
  if (known !== undefined) return known;
  if (days.size >= MAX_KNOWN_DAYS) days.clear();
  const words = shortDate(dateOfDay(day), language);
  days.set(day, words);
  return words;
}

export function listWords(texts: Texts, words: readonly string[], last: string): string {
  const unique = words.length < 2 ? words : [...new Set(words)];
  if (unique.length < 2) return unique[0] ?? '';
  return `${unique.slice(0, -1).join(texts.grammar.comma)}${last}${unique.at(-1)}`;
}

function phraseWords(wording: Wording, key: string, untilDay: number | undefined): string {
  const { texts, style, language } = wording;
  const pattern = (style === 'concise' ? texts.phrases[`${key}-concise`] : undefined) ?? texts.phrases[key];
  if (pattern === undefined) throw new Error(`no phrase ${key} in ${language}`);
  if (untilDay === undefined) return pattern;
  const from = fill(texts.grammar.from, { date: dayWords(wording, untilDay + 1) });
  return fill(pattern, { until: untilDayWords(wording, untilDay), from });
}

/**
 * C5 and C-18: one date, the usual one, or the clinic's own; never before the floor. Once it has come: from
 * now on.
 */
export function nextSessionWords(wording: Wording, next: NextSession): string {
  const { texts, style, language, healing } = wording;
  const today = dateOfDay(healing.today);
  const key = next.kind !== 'date' ? next.kind : next.usualOn > today ? 'notBefore' : 'calm';
  const concise = style === 'concise' ? texts.nextSession[`${key}-concise`] : undefined;
  const pattern = concise ?? texts.nextSession[key] ?? '';
  return next.kind === 'date' ? fill(pattern, { date: shortDate(next.usualOn, language) }) : pattern;
}
