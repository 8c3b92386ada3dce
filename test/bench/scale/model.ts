import { textsOnBusiestDay, zones } from './volumes.ts';

/**
 * A month's busiest day, text by text: sessions of the days before make reminders due at 10:00 in four time
 * zones; Scheduler fires them, the queue holds them, Lambda hands them to Twilio, and each clinic's number
 * sends its segments one after the other. What is random comes from a seed, so a run repeats exactly.
 */

export type Settings = {
  readonly sessionsPerMonth: number;
  /** Scheduler's invocations per second in this region. */
  readonly firingsPerSecond: number;
  /** `maxConcurrency` of send-reminder's event source. */
  readonly sendConcurrency: number;
  /** How long one send holds its place, in seconds: from the counted calls (cost/bill.ts, meanMs). */
  readonly sendSeconds: number;
  /** The clinics' `spreadMinutes`. */
  readonly spreadMinutes: number;
  /** Segments per second of one number: 1 for a 10DLC campaign of the lowest trust. */
  readonly segmentsPerSecond: number;
  readonly segmentsPerText: number;
  /** One number more for each so many sessions a month of a clinic. */
  readonly sessionsPerNumber: number;
};

/** Seconds after the due minute began; `within15`: share of texts within 15 minutes. */
export type Lateness = {
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
  readonly within15: number;
};

/** Seconds by seconds of one day, from ten o'clock Eastern. */
export type Day = {
  readonly texts: number;
  readonly clinics: number;
  readonly lateness: Lateness;
  /** Lateness up to Twilio's acceptance only: what is ours. */
  readonly ours: Lateness;
  /** Texts that would still wait when their window closes, and are skipped with that reason. */
  readonly missedWindow: number;
  readonly perMinute: {
    readonly due: Float64Array;
    readonly accepted: Float64Array;
    readonly left: Float64Array;
    /** Messages that wait in SQS at the end of the minute. */
    readonly waiting: Float64Array;
  };
  readonly most: {
    readonly firingsPerSecond: number;
    readonly sendsPerSecond: number;
    readonly waiting: number;
    readonly concurrency: number;
    /** Seconds of segments before one number. */
    readonly numberQueueSeconds: number;
  };
};

/** From ten in the morning, Eastern, to the next: what is late is still seen. */
const daySeconds = 24 * 3600;
/** The window closes at 20:00 local, ten hours after reminders are due: what waits longer is skipped. */
const windowSeconds = 10 * 3600;

/** mulberry32: small, even, and the same everywhere. */
export function seededFractions(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** Clinics by size: most are small, a few are chains (log-normal, median 90 sessions a month, sigma 1). */
function clinicSizes(sessionsPerMonth: number, fraction: () => number): Float64Array {
  const sizes: number[] = [];
  for (let held = 0; held < sessionsPerMonth; ) {
    const normal = Math.sqrt(-2 * Math.log(1 - fraction())) * Math.cos(2 * Math.PI * fraction());
    const size = Math.max(5, Math.min(20_000, 90 * Math.exp(normal)));
    sizes.push(size);
    held += size;
  }
  return Float64Array.from(sizes);
}

/** Cumulative sums, to draw a clinic by its size with a binary search. */
function cumulated(sizes: Float64Array): Float64Array {
  let sum = 0;
  return sizes.map((size) => {
    sum += size;
    return sum;
  });
}

function drawn(sums: Float64Array, at: number): number {
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

type Texts = {
  /** Second at which each text is due and at which Scheduler would fire it. */
  readonly due: Int32Array;
  readonly fires: Int32Array;
  readonly clinic: Int32Array;
  /** Texts in the order of firing. */
  readonly order: Uint32Array;
};

/** Every text of the day. A clinic lies in one zone. */
function drawTexts(
  settings: Settings,
  sizes: Float64Array,
  zoneOf: Uint8Array,
  fraction: () => number,
): Texts {
  const texts = textsOnBusiestDay(settings.sessionsPerMonth);
  const sums = cumulated(sizes);
  const total = sums[sums.length - 1] ?? 0;
  const due = new Int32Array(texts);
  const fires = new Int32Array(texts);
  const clinic = new Int32Array(texts);
  const spread = Math.max(1, settings.spreadMinutes);
  for (let text = 0; text < texts; text += 1) {
    const at = drawn(sums, fraction() * total);
    const opens = zones[zoneOf[at] ?? 0]?.opensAtSeconds ?? 0;
    const minute = opens + Math.floor(fraction() * spread) * 60;
    due[text] = minute;
    // A one-time schedule fires somewhere in its minute (Scheduler user guide: 60 s precision).
    fires[text] = minute + Math.floor(fraction() * 60);
    clinic[text] = at;
  }
  return { due, fires, clinic, order: inOrderOf(fires) };
}

/** Positions sorted by a small whole number, keeping the order of equals (a counting sort). */
function inOrderOf(values: Int32Array): Uint32Array {
  const starts = new Uint32Array(daySeconds + 1);
  for (const value of values) starts[value + 1] = (starts[value + 1] ?? 0) + 1;
  for (let second = 1; second <= daySeconds; second += 1)
    starts[second] = (starts[second] ?? 0) + (starts[second - 1] ?? 0);
  const order = new Uint32Array(values.length);
  for (const [at, value] of values.entries()) {
    order[starts[value] ?? 0] = at;
    starts[value] = (starts[value] ?? 0) + 1;
  }
  return order;
}

/** Zones drawn by share, one a clinic. */
function drawZones(clinics: number, fraction: () => number): Uint8Array {
  return Uint8Array.from({ length: clinics }, () => {
    let left = fraction();
    return Math.max(
      0,
      zones.findIndex(({ share }) => {
        left -= share;
        return left < 0;
      }),
    );
  });
}

/** Lambda's pollers start with five batches at once and add 300 a minute (SQS event source, scaling). */
const firstPollers = 5;
const pollersPerSecond = 5;

type Walked = { readonly fired: Float64Array; readonly accepted: Float64Array; readonly left: Float64Array };

/** When Scheduler fired each text, Twilio accepted it, and its last segment left; in the order of firing. */
function walkTexts(settings: Settings, texts: Texts, sizes: Float64Array): Walked {
  const count = texts.order.length;
  const fired = new Float64Array(count);
  const accepted = new Float64Array(count);
  const left = new Float64Array(count);
  const numberFreeAt = new Float64Array(sizes.length);
  let lastFired = -1;
  let lastTaken = -1;
  let busySince = -1;
  for (const [at, text] of texts.order.entries()) {
    lastFired = Math.max(texts.fires[text] ?? 0, lastFired + 1 / settings.firingsPerSecond);
    fired[at] = lastFired;
    if (lastFired > lastTaken + 60) busySince = lastFired;
    const pollers = firstPollers + pollersPerSecond * (Math.max(lastTaken, lastFired) - busySince);
    const perSecond = Math.min(settings.sendConcurrency, pollers) / settings.sendSeconds;
    lastTaken = Math.max(lastFired, lastTaken + 1 / perSecond);
    accepted[at] = lastTaken + settings.sendSeconds;
    const clinic = texts.clinic[text] ?? 0;
    const numbers = Math.ceil((sizes[clinic] ?? 1) / settings.sessionsPerNumber);
    const seconds = settings.segmentsPerText / (settings.segmentsPerSecond * numbers);
    left[at] = Math.max(accepted[at] ?? 0, numberFreeAt[clinic] ?? 0) + seconds;
    numberFreeAt[clinic] = left[at] ?? 0;
  }
  return { fired, accepted, left };
}

function latenessOf(texts: Texts, done: Float64Array): Lateness {
  const late = Float64Array.from(texts.order, (text, at) => (done[at] ?? 0) - (texts.due[text] ?? 0)).sort();
  const at = (share: number): number => late[Math.min(late.length - 1, Math.floor(late.length * share))] ?? 0;
  let within = 0;
  for (const seconds of late) if (seconds <= 900) within += 1;
  return { p50: at(0.5), p99: at(0.99), most: at(1), within15: within / late.length };
}

function missedWindow(texts: Texts, accepted: Float64Array): number {
  let missed = 0;
  for (const [at, text] of texts.order.entries())
    if ((accepted[at] ?? 0) - (texts.due[text] ?? 0) > windowSeconds) missed += 1;
  return missed;
}

/**
 * How many of `moments` fall into each minute (or, with 1, each second) of the day; late ones into the last.
 */
function countPer(seconds: number, moments: Iterable<number>): Float64Array {
  const counts = new Float64Array(Math.ceil(daySeconds / seconds));
  for (const moment of moments) {
    const slot = Math.min(counts.length - 1, Math.floor(moment / seconds));
    counts[slot] = (counts[slot] ?? 0) + 1;
  }
  return counts;
}

const most = (values: Iterable<number>): number => {
  let highest = 0;
  for (const value of values) highest = Math.max(highest, value);
  return highest;
};

/** Walks the busiest day of a month under the given settings. */
export function walkDay(settings: Settings, seed = 1): Day {
  const fraction = seededFractions(seed);
  const sizes = clinicSizes(settings.sessionsPerMonth, fraction);
  const texts = drawTexts(settings, sizes, drawZones(sizes.length, fraction), fraction);
  const { fired, accepted, left } = walkTexts(settings, texts, sizes);
  const taken = countPer(
    1,
    accepted.map((at) => at - settings.sendSeconds),
  );
  const firings = countPer(1, fired);
  let inQueue = 0;
  const waiting = firings.map((count, second) => {
    inQueue += count - (taken[second] ?? 0);
    return Math.max(0, inQueue);
  });
  return {
    texts: texts.order.length,
    clinics: sizes.length,
    lateness: latenessOf(texts, left),
    ours: latenessOf(texts, accepted),
    missedWindow: missedWindow(texts, accepted),
    perMinute: {
      due: countPer(60, texts.due),
      accepted: countPer(60, accepted),
      left: countPer(60, left),
      waiting: Float64Array.from({ length: daySeconds / 60 }, (_, minute) => waiting[minute * 60 + 59] ?? 0),
    },
    most: {
      firingsPerSecond: most(firings),
      sendsPerSecond: most(taken),
      waiting: most(waiting),
      concurrency: Math.min(settings.sendConcurrency, Math.ceil(most(taken) * settings.sendSeconds)),
      numberQueueSeconds: most(left.map((at, index) => at - (accepted[index] ?? 0))),
    },
  };
}
