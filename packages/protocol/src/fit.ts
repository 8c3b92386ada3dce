import { analyse } from '@aftercare/sms/encoding';
import { type Advice, sentencesOf, type TextLine } from './advice.ts';
import type { Frame } from './frame.ts';
import type { Texts } from './release.ts';

export type Fitted = { lines: readonly TextLine[]; advices: readonly Advice[]; extraKept: boolean };

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
  const { frame, extra } = parts;
  const [opening = '', ...shorter] = frame.openings;
  return (
    longestWith(parts, opening, extra, maxSegments) ??
    longestWith(parts, opening, [], maxSegments) ??
    shorter
      .map((brief) => longestWith(parts, brief, [], maxSegments))
      .find((fitted) => fitted !== undefined) ??
    fittedOf(parts, shorter.at(-1) ?? opening, [], [])
  );
}

export function bodyOf(lines: readonly TextLine[]): string {
  return lines.map((line) => line.text).join(' ');
}

function longestWith(
  parts: Parts,
  opening: string,
  extra: readonly string[],
  maxSegments: number,
): Fitted | undefined {
  const before = `${opening} `;
  const after = [...extra, ...parts.frame.closing.map((line) => line.text)].join(' ');
  const fits = (advices: readonly Advice[]) => {
    let middle = '';
    for (const sentence of sentencesOf(parts.texts, advices)) middle += `${sentence.text} `;
    return analyse(before + middle + after).segments <= maxSegments;
  };
  if (fits(parts.advices)) return fittedOf(parts, opening, parts.advices, extra);
  const headline = parts.headline().map((advice) => advice.fact);
  let advices = parts.advices;
  do {
    if (advices.length === 0) return undefined;
    advices = withoutLast(advices, headline);
  } while (!fits(advices));
  return fittedOf(parts, opening, refilled(parts.advices, advices, fits), extra);
}

/**
 * A long sentence may have pushed out shorter ones before it gave way itself: what still fits comes back, in
 * order. The last one that went is known not to fit.
 */
function refilled(
  all: readonly Advice[],
  kept: readonly Advice[],
  fits: (advices: readonly Advice[]) => boolean,
): readonly Advice[] {
  let chosen = kept;
  const gone = all.filter((advice) => !kept.includes(advice));
  for (const advice of gone.slice(1)) {
    const more = all.filter((candidate) => candidate === advice || chosen.includes(candidate));
    if (fits(more)) chosen = more;
  }
  return chosen;
}

function withoutLast(advices: readonly Advice[], headline: readonly string[]): Advice[] {
  const last = advices.findLastIndex((advice) => !headline.includes(advice.fact));
  return last < 0 ? advices.slice(0, -1) : advices.toSpliced(last, 1);
}

function fittedOf(
  parts: Parts,
  opening: string,
  advices: readonly Advice[],
  extra: readonly string[],
): Fitted {
  const lines = [
    { text: opening, facts: parts.frame.asks },
    ...sentencesOf(parts.texts, advices),
    ...extra.map((text) => ({ text, facts: [] })),
    ...parts.frame.closing,
  ];
  return { lines, advices, extraKept: extra.length > 0 };
}
