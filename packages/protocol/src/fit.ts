import { analyse } from '@aftercare/sms/encoding';
import { type Advice, sentencesOf } from './advice.ts';
import type { Frame } from './frame.ts';
import type { Texts } from './release.ts';

export type Fitted = { body: string; advices: readonly Advice[]; extraKept: boolean };

export type Parts = {
  texts: Texts;
  frame: Frame;
  advices: readonly Advice[];
  /** The day's dated fact, dropped last; asked for only when something must go. */
  headline: () => readonly Advice[];
  /** The clinic's own line, as sentences; dropped only after every fact. */
  extra: readonly string[];
};

/**
 * The fullest text within so many segments: facts go from the end, then the dated one, then the clinic's line, then the
 * long wording of the question. The signs to watch, the phone, 911 and STOP never go.
 */
export function fitToSegments(parts: Parts, maxSegments: number): Fitted {
  const { frame, extra } = parts;
  const [opening = '', ...shorter] = frame.openings;
  return (
    longestWith(parts, opening, extra, maxSegments) ??
    longestWith(parts, opening, [], maxSegments) ??
    shorter
      .map((brief) => longestWith(parts, brief, [], maxSegments))
      .find((fitted) => fitted !== undefined) ?? {
      body: `${shorter.at(-1) ?? opening} ${frame.closing}`,
      advices: [],
      extraKept: false,
    }
  );
}

function longestWith(
  parts: Parts,
  opening: string,
  extra: readonly string[],
  maxSegments: number,
): Fitted | undefined {
  let { advices } = parts;
  let headline: readonly string[] | undefined;
  for (;;) {
    const body = [opening, ...sentencesOf(parts.texts, advices), ...extra, parts.frame.closing].join(' ');
    if (analyse(body).segments <= maxSegments) return { body, advices, extraKept: extra.length > 0 };
    if (advices.length === 0) return undefined;
    headline ??= parts.headline().map((advice) => advice.fact);
    advices = withoutLast(advices, headline);
  }
}

function withoutLast(advices: readonly Advice[], headline: readonly string[]): Advice[] {
  const last = advices.findLastIndex((advice) => !headline.includes(advice.fact));
  return last < 0 ? advices.slice(0, -1) : advices.toSpliced(last, 1);
}
