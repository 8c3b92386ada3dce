import { alternatives, awsBill, carrierBill, fixedBill, sumOf, totalOf } from './cost/bill.ts';
import { type SessionShape, type SessionUsage, typicalShape, walkOneSession } from './cost/one-session.ts';
import { atMost, type Figure, type Part } from './part.ts';

/** The month the bar is set for (issue: at ten million sessions a month). */
const barSessions = 10_000_000;
const barUsdPerThousand = 0.2;

/**
 * `bench cost [--sessions N]`: what a month of N sessions costs, each AWS line from the calls that one
 * session was seen to make, beside other ways to wait and beside Twilio's segments.
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
  const lines = awsBill(usage, sessions);
  const group = `AWS, USD per 1,000 sessions at ${sessions.toLocaleString('en-US')} a month`;
  const whole: Figure = { name: 'AWS together', value: usd(sumOf(lines) * 1000), unit: 'USD', group };
  const shareOfFixed = (sumOf(fixedBill(usage)) / sessions) * 1000;
  return [
    ...lines.map(({ line, count, usd: price }) => ({
      name: `${line}: ${Number(count.toPrecision(4))} a session`,
      value: usd(price * 1000),
      unit: 'USD',
      group,
    })),
    {
      name: 'fixed lines, shared out (sweep, keys, alarms, polls)',
      value: usd(shareOfFixed),
      unit: 'USD',
      group,
    },
    sessions === barSessions
      ? atMost(barUsdPerThousand, { ...whole, value: usd(whole.value + shareOfFixed) })
      : { ...whole, value: usd(whole.value + shareOfFixed) },
    { name: 'DynamoDB calls a session', value: totalOf(usage, 'tableCalls'), unit: 'calls', group },
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
