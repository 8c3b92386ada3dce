/**
 * The common shape of everything `bench` measures. A part is one file in `test/bench`, measured in a process
 * of its own, so that no part warms, fills or disturbs another.
 */

/** Says on the terminal what is being measured now. */
export type Progress = (step: string) => void;

export type Figure = {
  /** Unique in its part and stable: docs and comparisons of runs find a figure by it. */
  readonly name: string;
  readonly value: number;
  /** `ms`, `KiB`, `USD`, `per s`, `calls`, `share` (a ratio; 1 is equal) … */
  readonly unit: string;
  /** First and third quartile of the samples behind a median. */
  readonly quartiles?: readonly [number, number];
  /** The figure to reach, in words: `at most 480`. Absent: reported, not judged. */
  readonly bar?: string;
  /** Whether the bar is met; present exactly when there is a bar. */
  readonly met?: boolean;
  /** Lines with the same heading are printed below it. */
  readonly group?: string;
};

export type Part = {
  readonly name: string;
  /** One line for `bench --help`: what it measures and roughly how long that takes. */
  readonly about: string;
  /** `words` is what follows the part's name: `bench cost --sessions 1000000`. */
  readonly run: (progress: Progress, words: readonly string[]) => Promise<readonly Figure[]>;
};

/** The same figure, with the bar it must not exceed. */
export function atMost(limit: number, figure: Figure): Figure {
  return { ...figure, bar: `at most ${limit}`, met: figure.value <= limit };
}

/** The same figure, with the bar it must reach. */
export function atLeast(limit: number, figure: Figure): Figure {
  return { ...figure, bar: `at least ${limit}`, met: figure.value >= limit };
}

/** Middle value of the samples; the mean of the middle two when their number is even. */
export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5);
}

/** Linear between neighbours; `share` from 0 to 1. */
export function quantile(samples: readonly number[], share: number): number {
  if (samples.length === 0) throw new Error('A quantile needs samples');
  const sorted = [...samples].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] ?? 0;
  const high = sorted[Math.ceil(place)] ?? low;
  return low + (high - low) * (place - Math.floor(place));
}

export function quartilesOf(samples: readonly number[]): readonly [number, number] {
  return [round(quantile(samples, 0.25)), round(quantile(samples, 0.75))];
}

/** Three significant digits: what a noisy machine can tell. Whole numbers from 100 on stay whole. */
export function round(value: number): number {
  if (Math.abs(value) >= 100) return Math.round(value);
  return Number(value.toPrecision(3));
}
