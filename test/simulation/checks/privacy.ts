import type { Log, Metrics, Schedules } from '@aftercare/usecases/ports';
import type { Report } from './report.ts';

/** Invariant 9: no phone number, name, text or secret in a log line, schedule name, URL, metric or tag. */

const forbidden = [
  /\+?1?\d{10}/,
  /Xiomara|Ysolde|Zebulon|Quillon|Wilhelmina|Thaddeus|Ottoline|Ignatius|Nightingale|Dolittle|Mercury|Dorothy/,
  /breathe|respirar|\bpus\b|blister|ampolla|STOP to end|STOP=end/,
  /simulated-token|whsec_/,
];

const anyOfThem = new RegExp(forbidden.map(({ source }) => source).join('|'));

/** The same few words come again and again: each text is looked at once, until so many are known. */
const mostKnown = 20_000;
const clean = new Set<string>();

function findIn(text: string): string | undefined {
  if (clean.has(text)) return undefined;
  if (anyOfThem.test(text)) return forbidden.find((pattern) => pattern.test(text))?.source;
  if (clean.size >= mostKnown) clean.clear();
  clean.add(text);
  return undefined;
}

const exempt = new Map<string, boolean>();

/** A MessageSid and a ULID are ids, not phone numbers, though they hold many digits. */
function isId(name: string): boolean {
  const known = exempt.get(name);
  if (known !== undefined) return known;
  const answer = /Sid$|Id$|Key$|^at$/.test(name);
  exempt.set(name, answer);
  return answer;
}

export function watchPrivacy(report: Report): {
  log(log: Log): Log;
  metrics(metrics: Metrics): Metrics;
  schedules(schedules: Schedules): Schedules;
  check(where: string, text: string): void;
} {
  const check = (where: string, text: string): void => {
    const found = findIn(text);
    if (found !== undefined) report('9', `${where} holds what matches /${found}/: ${text}`);
  };
  const fieldsOf = (fields: object | undefined): void => {
    if (fields === undefined) return;
    for (const [name, value] of Object.entries(fields)) {
      if (typeof value === 'string' && !isId(name)) check(`log field ${name}`, value);
    }
  };
  const checked =
    (write: Log['info']): Log['info'] =>
    (event, fields) => {
      fieldsOf(fields);
      write(event, fields);
    };
  return {
    check,
    log: (log) => ({
      info: checked(log.info),
      warn: checked(log.warn),
      error: checked(log.error),
    }),
    metrics: (metrics) => ({
      count(name, value, dimension) {
        for (const text of Object.values(dimension ?? {})) check(`metric ${name}`, text);
        metrics.count(name, value, dimension);
      },
      seconds: metrics.seconds,
    }),
    schedules: (schedules) => ({
      create(schedule) {
        check('schedule name', schedule.name.replaceAll(/[0-9A-Z]{26}/g, ''));
        return schedules.create(schedule);
      },
      remove: schedules.remove,
    }),
  };
}
