import { openingHours, reminderHour, remindersOn, sessionsOn, zones } from '@aftercare/infra/lib/busy-hours';
import type { Usage } from '../cost/ledger.ts';
import type { SessionUsage } from '../cost/one-session.ts';

/** What a table and its index are asked for, in units of each minute. */
export type Demand = {
  readonly tableWrites: Float64Array;
  readonly tableReads: Float64Array;
  readonly indexWrites: Float64Array;
};

type Units = { readonly [Kind in keyof Demand]: number };

/** What happens in a minute, in texts and sessions. */
export type Happenings = {
  readonly sessions: Float64Array;
  readonly texts: Float64Array;
  readonly replies: Float64Array;
};

const unitsUsed = (usage: Usage, times: number): Units => ({
  tableWrites: usage.writeUnits / times,
  tableReads: usage.readUnits / times,
  indexWrites: usage.indexWriteUnits / times,
});

const plus = (...all: readonly Units[]): Units => ({
  tableWrites: all.reduce((sum, { tableWrites }) => sum + tableWrites, 0),
  tableReads: all.reduce((sum, { tableReads }) => sum + tableReads, 0),
  indexWrites: all.reduce((sum, { indexWrites }) => sum + indexWrites, 0),
});

/**
 * Units of one session accepted, one reminder or confirmation with its receipts, and one text of a patient
 * with its answer, from the walked session. A webhook's reads are shared out evenly over the texts.
 */
export function unitsOfEach(usage: SessionUsage): {
  readonly session: Units;
  readonly text: Units;
  readonly reply: Units;
} {
  const used = (name: string, times: number): Units => {
    const found = usage.byFunction.get(name);
    if (found === undefined) throw new Error(`The walked session never called ${name}`);
    return unitsUsed(found, times);
  };
  const sends = usage.byFunction.get('send-reminder')?.invocations ?? 1;
  const afterwards = plus(
    used('delivery-status', usage.textsOut),
    used('deliver-webhook', usage.textsOut),
    used('publish-events', usage.textsOut),
  );
  return {
    session: used('intake', 1),
    text: plus(used('send-reminder', sends), afterwards),
    reply: plus(
      used('inbound-message', usage.segmentsIn),
      used('process-inbound', usage.segmentsIn),
      afterwards,
    ),
  };
}

export const minutesPerDay = 24 * 60;
const answerMinutes = 10 * 60;

/** Texts due in each minute of a weekday (0 is Sunday), from midnight Eastern. */
function textsDueOn(weekday: number, sessionsPerMonth: number, spreadMinutes: number): Float64Array {
  const due = new Float64Array(minutesPerDay);
  const texts = remindersOn(weekday, sessionsPerMonth);
  const minutes = Math.max(1, spreadMinutes);
  for (const zone of zones) {
    const first = (reminderHour + zone.hoursLater) * 60;
    for (let minute = first; minute < first + minutes; minute += 1)
      due[minute] = (due[minute] ?? 0) + (texts * zone.share) / minutes;
  }
  return due;
}

/** What waits leaves at no more than this many a minute. */
function throughValve(due: Float64Array, perMinute: number): Float64Array {
  let waiting = 0;
  return due.map((texts) => {
    const leaves = Math.min(waiting + texts, perMinute);
    waiting += texts - leaves;
    return leaves;
  });
}

function sessionsPostedOn(weekday: number, sessionsPerMonth: number): Float64Array {
  const sessions = new Float64Array(minutesPerDay);
  const all = sessionsOn(weekday, sessionsPerMonth);
  for (const zone of zones)
    for (const [hour, share] of openingHours.shares.entries()) {
      const first = (openingHours.from + hour + zone.hoursLater) * 60;
      for (let minute = first; minute < first + 60; minute += 1)
        sessions[minute] = (sessions[minute] ?? 0) + (all * zone.share * share) / 60;
    }
  return sessions;
}

/** One text of a patient per session, some time in the ten hours after a reminder was due. */
function repliesTo(due: Float64Array): Float64Array {
  const replies = new Float64Array(minutesPerDay);
  for (const [minute, texts] of due.entries()) {
    if (texts === 0) continue;
    for (let later = 0; later < answerMinutes; later += 1) {
      const at = (minute + later) % minutesPerDay;
      replies[at] = (replies[at] ?? 0) + texts / 4 / answerMinutes;
    }
  }
  return replies;
}

/** The valve in front of the carrier; `textsPerMinute` that it lets through. */
export type DayShape = {
  readonly sessionsPerMonth: number;
  readonly spreadMinutes: number;
  readonly textsPerMinute: number;
};

/** A weekday, minute by minute, as it is on average. `reminders`: as some finer walk saw them leave. */
export function happeningsOn(weekday: number, shape: DayShape, reminders?: Float64Array): Happenings {
  const due = textsDueOn(weekday, shape.sessionsPerMonth, shape.spreadMinutes);
  const sessions = sessionsPostedOn(weekday, shape.sessionsPerMonth);
  const left = reminders ?? throughValve(due, shape.textsPerMinute);
  // A confirmation leaves two minutes after its session.
  const texts = left.map((count, minute) => count + (sessions[minute - 2] ?? 0));
  return { sessions, texts, replies: repliesTo(due) };
}

export function demandOf({ sessions, texts, replies }: Happenings, usage: SessionUsage): Demand {
  const units = unitsOfEach(usage);
  const of = (kind: keyof Demand): Float64Array =>
    sessions.map(
      (count, minute) =>
        count * units.session[kind] +
        (texts[minute] ?? 0) * units.text[kind] +
        (replies[minute] ?? 0) * units.reply[kind],
    );
  return { tableWrites: of('tableWrites'), tableReads: of('tableReads'), indexWrites: of('indexWrites') };
}

/** Seven days from Sunday. */
export function weekOf(shape: DayShape, usage: SessionUsage): Demand {
  const days = Array.from({ length: 7 }, (_, weekday) => demandOf(happeningsOn(weekday, shape), usage));
  const joined = (kind: keyof Demand): Float64Array =>
    Float64Array.from(days.flatMap((day) => [...day[kind]]));
  return {
    tableWrites: joined('tableWrites'),
    tableReads: joined('tableReads'),
    indexWrites: joined('indexWrites'),
  };
}
