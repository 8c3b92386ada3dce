import { answerQuestion, questionItems } from '@aftercare/protocol/answers';
import { findRelease } from '@aftercare/protocol/release';
import { segmentsOf } from '@aftercare/sms/encoding';
import type { Instant } from '@aftercare/time/instant';
import type { SessionView } from './context.ts';
import type { Language } from './templates.ts';

export type DatedAnswer = {
  readonly body: string;
  readonly facts: readonly string[];
  readonly clinicDecides: boolean;
};

/**
 * What the protocol, or the clinic's own signed answer, says to a question; dates are this patient's.
 * `undefined` when neither knows the topic, or when the session's protocol version is not at hand: then a
 * human answers.
 */
export function datedAnswer(ask: {
  readonly item: string;
  readonly session: SessionView;
  readonly now: Instant;
  readonly language: Language;
  readonly clinicName: string;
  readonly phone: string;
  readonly ownAnswers: readonly {
    readonly item: string;
    readonly language: Language;
    readonly text: string;
  }[];
}): DatedAnswer | undefined {
  const { item, session, now, language, clinicName, phone } = ask;
  const own = ask.ownAnswers.find((one) => one.item === item && one.language === language);
  if (own !== undefined)
    return { body: ownText(own.text, clinicName, phone), facts: [], clinicDecides: false };
  const release = findRelease(session.protocol.id, session.protocol.version) ?? session.ownProtocol;
  if (release === undefined || !questionItems.includes(item)) return undefined;
  const { treatment } = session;
  return answerQuestion({ release, item, session: treatment, now, language, clinicName, phone });
}

/**
 * A clinic's own words, between its name and the line every text ends with, as far as two segments carry
 * it.
 */
function ownText(text: string, clinicName: string, phone: string): string {
  const whole = `${clinicName}: ${text} ${phone}. 911`;
  return segmentsOf(whole) <= 2 ? whole : `${clinicName}: ${text}`;
}
