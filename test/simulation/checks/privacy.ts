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

function findIn(text: string): string | undefined {
  if (!anyOfThem.test(text)) return undefined;
  return forbidden.find((pattern) => pattern.test(text))?.source;
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
    for (const [name, value] of Object.entries(fields ?? {})) {
      // A MessageSid and a ULID are ids, not phone numbers, though they hold many digits.
      if (typeof value === 'string' && !/Sid$|Id$|Key$|^at$/.test(name)) check(`log field ${name}`, value);
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
