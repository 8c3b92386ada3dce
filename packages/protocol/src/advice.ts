import { shortDate } from '@aftercare/time/format';
import type { LocalDate } from '@aftercare/time/local-date';
import type { CarePlan, NextSession } from './care.ts';
import { fill } from './fill.ts';
import type { Line, ProtocolRelease, Texts } from './release.ts';
import type { Language, Style } from './session.ts';
import { type Restriction, restrictionOf } from './timeline.ts';

/** One fact turned into words: a sentence of its own, or the items of a ban that later share one sentence. */
export type Advice =
  | { fact: string; kind: 'sentence'; dated: boolean; text: string }
  | { fact: string; kind: 'ban'; dated: true; nouns: readonly string[]; until: string; clinic: boolean };

export type Wording = {
  release: ProtocolRelease;
  texts: Texts;
  plan: CarePlan;
  language: Language;
  style: Style;
};

/**
 * The advice of the day in the order of its facts. What still waits is said as a ban with its date, what is
 * allowed as what to do; nothing that waits is ever recommended, and nothing is said twice.
 */
export function adviceOf(wording: Wording, facts: readonly string[]): Advice[] {
  const banned = new Set<string>();
  const said = new Set<string>();
  return facts.flatMap((fact) => {
    const advice = adviceOfFact(wording, fact, banned);
    if (advice === undefined || (advice.kind === 'sentence' && said.has(advice.text))) return [];
    if (advice.kind === 'sentence') said.add(advice.text);
    return [advice];
  });
}

/** A sentence of a text with the ids of the facts it says. */
export type TextLine = { readonly text: string; readonly facts: readonly string[] };

/**
 * The advice as sentences: bans with the same end are one sentence, standing where the first of them stood.
 */
export function sentencesOf(texts: Texts, advices: readonly Advice[]): TextLine[] {
  const bans: { advice: Extract<Advice, { kind: 'ban' }>; nouns: string[]; facts: string[] }[] = [];
  const sentences = advices.map((advice) => {
    if (advice.kind === 'sentence') return { text: advice.text, facts: [advice.fact] };
    const open = bans.find((ban) => ban.advice.until === advice.until && ban.advice.clinic === advice.clinic);
    if (open === undefined) {
      const ban = { advice, nouns: [...advice.nouns], facts: [advice.fact] };
      bans.push(ban);
      return ban;
    }
    open.nouns.push(...advice.nouns);
    open.facts.push(advice.fact);
    return undefined;
  });
  return sentences.flatMap((sentence) => {
    if (sentence === undefined) return [];
    return 'text' in sentence ? sentence : { text: banSentence(texts, sentence), facts: sentence.facts };
  });
}

/** "until 28 Nov", or "today" when the ban ends today but has not ended yet (C-31). */
export function untilWords(texts: Texts, on: LocalDate, today: LocalDate, language: Language): string {
  if (on <= today) return texts.grammar.untilToday;
  return fill(texts.grammar.until, { date: shortDate(on, language) });
}

export function listWords(texts: Texts, words: readonly string[], last: string): string {
  const unique = [...new Set(words)];
  if (unique.length < 2) return unique.join('');
  return `${unique.slice(0, -1).join(texts.grammar.comma)}${last}${unique.at(-1)}`;
}

function banSentence(
  texts: Texts,
  ban: { advice: { until: string; clinic: boolean }; nouns: readonly string[] },
): string {
  const pattern = ban.advice.clinic ? texts.grammar.banAsk : texts.grammar.ban;
  const items = listWords(texts, ban.nouns, texts.grammar.last);
  return fill(pattern, { items, until: ban.advice.until });
}

function adviceOfFact(wording: Wording, fact: string, banned: Set<string>): Advice | undefined {
  const { release, plan } = wording;
  if (release.matrix.nextSessionFacts.includes(fact)) return nextSessionAdvice(wording, fact);
  const line = release.matrix.lines[fact];
  if (line === undefined) return undefined;
  const restrictions = line.items.map((item) => restrictionOf(release, plan.healing, item));
  if (restrictions.every((restriction) => restriction.state === 'open')) {
    return line.open === null ? undefined : sentence(wording, fact, line.open, undefined);
  }
  return waitingAdvice(wording, fact, line, restrictions, banned);
}

function waitingAdvice(
  wording: Wording,
  fact: string,
  line: Line,
  restrictions: readonly Restriction[],
  banned: Set<string>,
): Advice | undefined {
  const { texts, plan, language, style } = wording;
  const waiting = restrictions.flatMap((restriction) => (restriction.state === 'waiting' ? restriction : []));
  const last = waiting.toSorted((a, b) => (a.untilAt < b.untilAt ? -1 : 1)).at(-1);
  if (line.waiting === null || last === undefined) return undefined;
  if (line.waiting !== 'ban') {
    for (const restriction of waiting) banned.add(restriction.item);
    return sentence(wording, fact, line.waiting, last.untilOn);
  }
  const fresh = waiting.filter(
    (restriction) => !banned.has(restriction.item) && restriction.untilOn === last.untilOn,
  );
  const shown = style === 'concise' ? fresh.slice(0, 1) : fresh;
  for (const restriction of shown) banned.add(restriction.item);
  if (shown.length === 0) return undefined;
  return {
    fact,
    kind: 'ban',
    dated: true,
    nouns: shown.map((restriction) => texts.nouns[restriction.item] ?? restriction.item),
    until: untilWords(texts, last.untilOn, plan.healing.today, language),
    clinic: shown.some((restriction) => restriction.clinic),
  };
}

function sentence(wording: Wording, fact: string, key: string, until: LocalDate | undefined): Advice {
  const { texts, style } = wording;
  const concise = style === 'concise' ? texts.phrases[`${key}-concise`] : undefined;
  const pattern = concise ?? texts.phrases[key];
  if (pattern === undefined) throw new Error(`no phrase ${key} in ${wording.language}`);
  return { fact, kind: 'sentence', dated: until !== undefined, text: withDates(wording, pattern, until) };
}

function withDates(wording: Wording, pattern: string, until: LocalDate | undefined): string {
  if (until === undefined) return pattern;
  const { texts, plan, language } = wording;
  const after =
    until <= plan.healing.today
      ? texts.grammar.afterToday
      : fill(texts.grammar.after, { date: shortDate(until, language) });
  return fill(pattern, { until: untilWords(texts, until, plan.healing.today, language), after });
}

function nextSessionAdvice(wording: Wording, fact: string): Advice | undefined {
  const { texts, plan, language, style } = wording;
  const next = plan.nextSession;
  if (next === undefined) return undefined;
  const text = nextSessionWords(texts, next, plan.healing.today, language, style);
  return { fact, kind: 'sentence', dated: next.kind !== 'date' || /\d/.test(text), text };
}

/** C5: the floor is what "not before" means; the usual date is added where it is later (C-18). */
export function nextSessionWords(
  texts: Texts,
  next: NextSession,
  now: LocalDate,
  language: Language,
  style: Style,
): string {
  const key = next.kind === 'date' ? nextSessionKey(next.notBeforeOn, next.usualOn, now) : next.kind;
  const concise = style === 'concise' ? texts.nextSession[`${key}-concise`] : undefined;
  const pattern = concise ?? texts.nextSession[key] ?? '';
  if (next.kind !== 'date') return pattern;
  return fill(pattern, {
    date: shortDate(next.notBeforeOn, language),
    usual: shortDate(next.usualOn, language),
  });
}

function nextSessionKey(notBeforeOn: LocalDate, usualOn: LocalDate, now: LocalDate): string {
  if (notBeforeOn > now) return usualOn > notBeforeOn ? 'notBeforeUsual' : 'notBefore';
  return usualOn > now ? 'usual' : 'calm';
}
