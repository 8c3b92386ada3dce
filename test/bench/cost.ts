import {
  alternatives,
  awsBill,
  type BillLine,
  type Choices,
  carrierBill,
  defaults,
  fixedBill,
  keepingBill,
  sumOf,
  totalOf,
} from './cost/bill.ts';
import { breakEvenOf, heldMonthOf, recommendedSpread } from './cost/capacity-hours.ts';
import { type SessionShape, type SessionUsage, typicalShape, walkOneSession } from './cost/one-session.ts';
import { atMost, type Figure, type Part } from './part.ts';

/** The month the bar is set for (issue: at ten million sessions a month). */
const barSessions = 10_000_000;
const barUsdPerThousand = 0.2;

/**
 * `bench cost [--sessions N]`: what a month of N sessions costs, each AWS line from the calls that one
 * session was seen to make, with the table billed on demand and provisioned, beside other ways to wait and
 * beside Twilio's segments.
 */
export const cost: Part = {
  name: 'cost',
  about: 'what a month costs, from counted calls (a few seconds); --sessions N, default 10,000,000',
  async run(progress, words) {
    const sessions = sessionsOf(words);
    progress('walking a session through its two weeks');
    const typical = await walkOneSession(typicalShape);
    progress('walking its variants');
    const variants = await Promise.all(
      Object.entries(shapes).map(async ([name, shape]) => [name, await walkOneSession(shape)] as const),
    );
    progress('walking a provisioned table through two weeks');
    return [
      ...awsFigures(typical, sessions),
      ...otherWays(typical, sessions),
      ...carrierFigures([['standard, two segments a reminder', typical], ...variants]),
      ...monthFigures(typical, sessions),
    ];
  },
};

const shapes: Readonly<Record<string, SessionShape>> = {
  'concise, one segment a reminder': { ...typicalShape, style: 'concise' },
  'standard, without the confirmation': { ...typicalShape, confirmation: false },
};

function sessionsOf(words: readonly string[]): number {
  const at = words.indexOf('--sessions');
  if (at < 0) return barSessions;
  const sessions = Number(words[at + 1]?.replaceAll(',', ''));
  if (!Number.isInteger(sessions) || sessions < 1)
    throw new Error('--sessions takes a whole number of sessions a month, such as 1000000');
  return sessions;
}

const usd = (value: number): number => Number(value.toPrecision(3));

function awsFigures(usage: SessionUsage, sessions: number): readonly Figure[] {
  const held = heldMonthOf({ sessionsPerMonth: sessions, spreadMinutes: recommendedSpread }, usage);
  const provisioned: Choices = { capacity: held.hourly, tracing: false };
  const byMinute: Choices = { capacity: held.byMinute, tracing: false };
  const totals = {
    onDemand: perThousand(usage, sessions, { ...defaults, tracing: false }),
    provisioned: perThousand(usage, sessions, provisioned),
  };
  const group = `USD per 1,000 sessions at ${sessions.toLocaleString('en-US')} a month`;
  const running = { name: 'AWS together', value: usd(totals.provisioned), unit: 'USD' };
  const keeping = sumOf(keepingBill(usage)) * 1000;
  const whole: Figure = {
    name: 'running and keeping, provisioned',
    value: usd(totals.provisioned + keeping),
    unit: 'USD',
    group: `keeping rows, ${group}, after 400 days of it`,
  };
  return [
    ...modeFigures(usage, sessions, defaults, `as deployed when nothing is said, ${group}`),
    ...modeFigures(usage, sessions, provisioned, `provisioned, without traces, ${group}`).slice(0, -1),
    barred(sessions, { ...running, group: `provisioned, without traces, ${group}` }),
    ...comparison(totals, perThousand(usage, sessions, byMinute), usage),
    ...lineFigures(keepingBill(usage), whole.group ?? ''),
    barred(sessions, whole),
    { name: 'DynamoDB calls a session', value: totalOf(usage, 'tableCalls'), unit: 'calls', group },
  ];
}

const barred = (sessions: number, figure: Figure): Figure =>
  sessions === barSessions ? atMost(barUsdPerThousand, figure) : figure;

const fixedPerThousand = (usage: SessionUsage, sessions: number, choices: Choices): number =>
  (sumOf(fixedBill(usage, choices)) / sessions) * 1000;

const perThousand = (usage: SessionUsage, sessions: number, choices: Choices): number =>
  sumOf(awsBill(usage, sessions, choices)) * 1000 + fixedPerThousand(usage, sessions, choices);

const lineFigures = (lines: readonly BillLine[], group: string): readonly Figure[] =>
  lines.map(({ line, count, usd: price }) => ({
    name: `${line}: ${Number(count.toPrecision(4))} a session`,
    value: usd(price * 1000),
    unit: 'USD',
    group,
  }));

function modeFigures(
  usage: SessionUsage,
  sessions: number,
  choices: Choices,
  group: string,
): readonly Figure[] {
  return [
    ...lineFigures(awsBill(usage, sessions, choices), group),
    {
      name: 'fixed lines, shared out (sweep, keys, alarms, polls)',
      value: usd(fixedPerThousand(usage, sessions, choices)),
      unit: 'USD',
      group,
    },
    { name: 'AWS together', value: usd(perThousand(usage, sessions, choices)), unit: 'USD', group },
  ];
}

function comparison(
  totals: { readonly onDemand: number; readonly provisioned: number },
  byMinute: number,
  usage: SessionUsage,
): readonly Figure[] {
  const cheaper = totals.provisioned < totals.onDemand ? 'provisioned' : 'on demand';
  const group = `the table's two modes, both without traces: ${cheaper} is cheaper`;
  return [
    { name: 'on demand', value: usd(totals.onDemand), unit: 'USD', group },
    { name: 'provisioned, each hour at its highest', value: usd(totals.provisioned), unit: 'USD', group },
    { name: 'provisioned, if minutes were billed', value: usd(byMinute), unit: 'USD', group },
    { name: 'provisioned is cheaper from', value: breakEvenOf(usage), unit: 'sessions a month', group },
  ];
}

function otherWays(usage: SessionUsage, sessions: number): readonly Figure[] {
  return alternatives(usage, sessions).map(({ name, usd: price, fixedUsd }) => ({
    name,
    value: usd(price * 1000 + (fixedUsd / sessions) * 1000),
    unit: 'USD',
    group: 'other ways to wait, USD per 1,000 sessions',
  }));
}

function carrierFigures(walks: readonly (readonly [string, SessionUsage])[]): readonly Figure[] {
  return walks.map(([name, usage]) => ({
    name: `${name}: ${usage.segmentsOut} segments out`,
    value: usd(sumOf(carrierBill(usage)) * 1000),
    unit: 'USD',
    group: 'Twilio, USD per 1,000 sessions',
  }));
}

function monthFigures(usage: SessionUsage, sessions: number): readonly Figure[] {
  const aws = sumOf(awsBill(usage, sessions)) * sessions + sumOf(fixedBill(usage));
  const twilio = sumOf(carrierBill(usage)) * sessions;
  const group = 'the month, USD';
  return [
    ...fixedBill(usage).map(({ line, count, usd: price }) => ({
      name: `fixed: ${line}, ${count}`,
      value: usd(price),
      unit: 'USD',
      group,
    })),
    { name: 'AWS', value: usd(aws), unit: 'USD', group },
    { name: 'Twilio', value: usd(twilio), unit: 'USD', group },
    { name: 'AWS as a share of both', value: usd(aws / (aws + twilio)), unit: 'share', group },
  ];
}
