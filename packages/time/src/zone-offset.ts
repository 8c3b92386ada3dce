import { tzOffset } from '@date-fns/tz';
import { unitedStatesOffsetMs } from './united-states.ts';

const SPAN_MS = 4 * 86_400_000;
const MAX_CACHED_SPANS_PER_ZONE = 4096;
const MAX_CACHED_ZONES = 1024;

/**
 * What a zone's clock does during four UTC days: at most one change (Morocco's are a month apart, others'
 * more).
 */
type SpanOffsets = { beforeMs: number; afterMs: number; changeAtMs: number };

const spansByZone = new Map<string, Map<number, SpanOffsets>>();

/**
 * Local time minus UTC in milliseconds at a moment. `Intl` is asked at most twice per zone and span:
 * one formatted offset costs microseconds, and composing a text needs many. Throws RangeError for an unknown
 * zone.
 */
export function offsetMsAt(epoch: number, timeZone: string): number {
  const span = spanOffsets(epoch, timeZone);
  return epoch < span.changeAtMs ? span.beforeMs : span.afterMs;
}

/** The moment of the clock change in the four-day span around `epoch`, or `undefined`. */
export function changeInSpanOf(epoch: number, timeZone: string): number | undefined {
  const span = spanOffsets(epoch, timeZone);
  return span.beforeMs === span.afterMs ? undefined : span.changeAtMs;
}

function spanOffsets(epoch: number, timeZone: string): SpanOffsets {
  const spanIndex = Math.floor(epoch / SPAN_MS);
  const spans = spansByZone.get(timeZone) ?? new Map<number, SpanOffsets>();
  const known = spans.get(spanIndex);
  if (known !== undefined) return known;
  const read = readSpan(spanIndex, timeZone, spans);
  if (spans.size === 0 && spansByZone.size >= MAX_CACHED_ZONES) spansByZone.clear();
  if (spans.size >= MAX_CACHED_SPANS_PER_ZONE) spans.clear();
  spans.set(spanIndex, read);
  spansByZone.set(timeZone, spans);
  return read;
}

function readSpan(spanIndex: number, timeZone: string, spans: ReadonlyMap<number, SpanOffsets>): SpanOffsets {
  const startMs = spanIndex * SPAN_MS;
  const beforeMs = spans.get(spanIndex - 1)?.afterMs ?? offsetAt(startMs, timeZone);
  const afterMs = spans.get(spanIndex + 1)?.beforeMs ?? offsetAt(startMs + SPAN_MS, timeZone);
  if (beforeMs === afterMs) return { beforeMs, afterMs, changeAtMs: startMs };
  let still = startMs;
  let changed = startMs + SPAN_MS;
  while (changed - still > 1) {
    const middle = Math.floor((still + changed) / 2);
    if (offsetAt(middle, timeZone) === beforeMs) still = middle;
    else changed = middle;
  }
  return { beforeMs, afterMs, changeAtMs: changed };
}

function offsetAt(epoch: number, timeZone: string): number {
  const known = unitedStatesOffsetMs(epoch, timeZone);
  if (known !== undefined) return known;
  const minutes = tzOffset(timeZone, new Date(epoch));
  if (Number.isNaN(minutes)) throw new RangeError('unknown time zone: use isTimeZone on outside input');
  return Math.round(minutes * 60_000);
}
