import { analyse } from '@aftercare/sms/encoding';
import { addHours, hoursBetween, type Instant } from '@aftercare/time/instant';
import { localDateOf } from '@aftercare/time/zone';
import { type CareOptions, nextSession } from './care.ts';
import { classOf } from './classes.ts';
import { fill } from './fill.ts';
import type { AnswerItem, Answers, AnswerTexts, ProtocolRelease } from './release.ts';
import { microneedlingV1Answers } from './releases/microneedling-v1-answers.ts';
import type { CareSession, Language } from './session.ts';
import { type Healing, healingAt, restrictionOf } from './timeline.ts';
import { nextSessionWords, throughWords, untilWords, type Wording } from './words.ts';

export type QuestionRequest = CareOptions & {
  release: ProtocolRelease;
  /** One of `questionItems`; anything else is answered as `other`: the clinic decides. */
  item: string;
  session: CareSession;
  now: Instant;
  language: Language;
  clinicName: string;
  phone: string;
};

export type QuestionAnswer = {
  body: string;
  segments: number;
  facts: readonly string[];
  item: string;
  /** True where the articles are silent or the rule says that the clinic decides. */
  clinicDecides: boolean;
};

/** Everything `answerQuestion` has an answer for, in the bundled release. */
export const questionItems: readonly string[] = Object.keys(microneedlingV1Answers.items);

/**
 * One short answer with the date that holds for this patient: every FAQ, myth and timeline row of the
 * release; where the articles are silent it says that the clinic decides (issue: questions).
 */
export function answerQuestion(request: QuestionRequest): QuestionAnswer {
  const answers = answersOf(request.release);
  const item = answers.items[request.item] === undefined ? 'other' : request.item;
  const rule = answers.items[item] ?? { kind: 'silent', items: [], facts: [] };
  const texts = answers.texts[request.language];
  const said = answerWords(request, rule, texts, item);
  const frame = said.silent ? texts.frame.silentBody : texts.frame.body;
  const body = fill(frame, { clinic: request.clinicName, answer: said.words, phone: request.phone });
  return {
    body,
    segments: analyse(body).segments,
    facts: rule.facts,
    item,
    clinicDecides: said.clinicDecides,
  };
}

/** The answers that belong to a release: its own, or the bundled ones of the same id and version. */
export function answersOf(release: ProtocolRelease): Answers {
  return release.answers ?? microneedlingV1Answers;
}

type Said = { words: string; clinicDecides: boolean; silent: boolean };

function answerWords(request: QuestionRequest, rule: AnswerItem, texts: AnswerTexts, item: string): Said {
  const variants = texts.items[item] ?? {};
  const healing = healingAt(request.release, request.session, request.now);
  switch (rule.kind) {
    case 'timeline':
      return timelineWords(request, rule, texts, variants, healing);
    case 'expectation':
      return expectationWords(request, rule, variants, healing);
    case 'next':
      return nextWords(request, variants, healing);
    case 'fixed':
      return { words: variants.text ?? texts.frame.undated, clinicDecides: false, silent: false };
    default: {
      const words = fill(texts.frame.silent, { topic: variants.topic ?? '', phone: request.phone });
      return { words, clinicDecides: true, silent: true };
    }
  }
}

/**
 * The first item of the rule that is not simply open speaks; "then ask us" where the clinic's word is needed
 * too.
 */
function timelineWords(
  request: QuestionRequest,
  rule: AnswerItem,
  texts: AnswerTexts,
  variants: Readonly<Partial<Record<string, string>>>,
  healing: Healing,
): Said {
  const restrictions = rule.items.map((item) => restrictionOf(request.release, healing, item));
  const binding = restrictions.find((restriction) => restriction.state !== 'open');
  if (binding === undefined) {
    const ask = restrictions.some((restriction) => restriction.clinic);
    const words = (ask ? (variants.ask ?? variants.open) : variants.open) ?? texts.frame.undated;
    return { words, clinicDecides: ask, silent: false };
  }
  if (binding.state !== 'waiting') {
    const words = (binding.state === 'never' ? variants.never : variants.clinic) ?? texts.frame.undated;
    return { words, clinicDecides: binding.state === 'clinic_only', silent: false };
  }
  const pattern =
    variants[`waiting-${binding.item}`] ??
    (binding.clinic ? variants.waitingAsk : undefined) ??
    variants.waiting ??
    texts.frame.undated;
  const until = untilWords(wordingOf(request, healing), binding);
  return { words: fill(pattern, { until }), clinicDecides: binding.clinic, silent: false };
}

function wordingOf(request: QuestionRequest, healing: Healing): Wording {
  const { release, language } = request;
  return { texts: release.texts[language], language, style: 'standard', healing };
}

/**
 * Normal until its hour for this class, "please call" after it (C-21); `none` where the class never shows
 * it.
 */
function expectationWords(
  request: QuestionRequest,
  rule: AnswerItem,
  variants: Readonly<Partial<Record<string, string>>>,
  healing: Healing,
): Said {
  const expectation = request.release.expectations[rule.items[0] ?? ''];
  const { session } = request;
  const toHours = expectation?.toHours[classOf(session)] ?? null;
  const hours = hoursBetween(session.endedAt, request.now);
  const say = (words: string | undefined): Said => ({
    words: words ?? '',
    clinicDecides: false,
    silent: false,
  });
  if (expectation === undefined || toHours === null) return say(variants.none ?? variants.after);
  if (hours < expectation.fromHours && variants.before !== undefined) return say(variants.before);
  if (hours >= toHours) return say(variants.after);
  const until = localDateOf(addHours(session.endedAt, toHours), healing.timeZone);
  return say(fill(variants.during ?? '', { until: throughWords(wordingOf(request, healing), until) }));
}

function nextWords(
  request: QuestionRequest,
  variants: Readonly<Partial<Record<string, string>>>,
  healing: Healing,
): Said {
  const next = nextSession(request.release, healing, request);
  const words = nextSessionWords(wordingOf(request, healing), next);
  if (next.kind !== 'date') return { words, clinicDecides: true, silent: false };
  return { words: fill(variants.text ?? '{next}', { next: words }), clinicDecides: false, silent: false };
}
