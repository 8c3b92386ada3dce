import { analyse } from '@aftercare/sms/encoding';
import { type Advice, sentencesOf, type TextLine } from './advice.ts';
import type { Frame } from './frame.ts';
import type { Texts } from './release.ts';

export type Fitted = {
  lines: readonly TextLine[];
  body: string;
  segments: number;
  encoding: 'GSM-7' | 'UCS-2';
  advices: readonly Advice[];
  extraKept: boolean;
};

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
 * The fullest text within so many segments: facts go from the end, then the dated one, then the clinic's
 * line, then the long wording of the question. The signs to watch, the phone, 911 and STOP never go.
 */
export function fitToSegments(parts: Parts, maxSegments: number): Fitted {
  const [opening = '', ...shorter] = parts.frame.openings;
  return (
    longestWith(parts, opening, parts.extra, maxSegments) ??
    longestWith(parts, opening, [], maxSegments) ??
    shorter
      .map((brief) => longestWith(parts, brief, [], maxSegments))
      .find((fitted) => fitted !== undefined) ??
    written(parts, shorter.at(-1) ?? opening, [], [])
  );
}

function longestWith(
  parts: Parts,
  opening: string,
  extra: readonly string[],
  maxSegments: number,
): Fitted | undefined {
  const write = (advices: readonly Advice[]) => written(parts, opening, advices, extra);
  let fitted = write(parts.advices);
  if (fitted.segments <= maxSegments) return fitted;
  const headline = parts.headline().map((advice) => advice.fact);
  while (fitted.segments > maxSegments) {
    if (fitted.advices.length === 0) return undefined;
    fitted = write(withoutLast(fitted.advices, headline));
  }
  return refilled(parts.advices, fitted, write, maxSegments);
}

/**
 * A long sentence may have pushed out shorter ones before it gave way itself: what still fits comes back, in
 * order. The first that went missing was the last to go: it is known not to fit.
 */
function refilled(
  all: readonly Advice[],
  kept: Fitted,
  write: (advices: readonly Advice[]) => Fitted,
  maxSegments: number,
): Fitted {
  let chosen = kept;
  const gone = all.filter((advice) => !kept.advices.includes(advice));
  for (const advice of gone.slice(1)) {
    const more = write(all.filter((one) => one === advice || chosen.advices.includes(one)));
    if (more.segments <= maxSegments) chosen = more;
  }
  return chosen;
}

function withoutLast(advices: readonly Advice[], headline: readonly string[]): Advice[] {
  const last = advices.findLastIndex((advice) => !headline.includes(advice.fact));
  return last < 0 ? advices.slice(0, -1) : advices.toSpliced(last, 1);
}

function written(
  parts: Parts,
  opening: string,
  advices: readonly Advice[],
  extra: readonly string[],
): Fitted {
  const lines: TextLine[] = [{ text: opening, facts: parts.frame.asks }];
  lines.push(...sentencesOf(parts.texts, advices));
  for (const text of extra) lines.push({ text, facts: [] });
  lines.push(...parts.frame.closing);
  const body = lines.map((line) => line.text).join(' ');
  const { segments, encoding } = analyse(body);
  return { lines, body, segments, encoding, advices, extraKept: extra.length > 0 };
}
