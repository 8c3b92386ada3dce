import { atLeast, type Figure, type Part } from './part.ts';
import { type Outcome, walkScenarios } from './scale/scenarios.ts';

/** `bench scale`: one and ten million sessions a month, by simulation; docs/scale.md draws the same walk. */
export const scale: Part = {
  name: 'scale',
  about: 'the busiest day of 1 and 10 million sessions a month, simulated (about half a minute)',
  async run(progress) {
    return (await walkScenarios(progress)).flatMap(figuresOf);
  },
};

const bar = 0.99;

const most = (values: Float64Array): number => values.reduce((highest, value) => Math.max(highest, value), 0);

function figuresOf({ scenario, day, limits, capacity }: Outcome): readonly Figure[] {
  const group = scenario.name;
  const figure = (name: string, value: number, unit: string): Figure => ({
    name,
    value: Number(value.toPrecision(3)),
    unit,
    group,
  });
  const within: Figure = {
    name: 'texts within 15 minutes',
    value: Math.floor(day.lateness.within15 * 10_000) / 10_000,
    unit: 'share',
    group,
  };
  const isRaised = scenario.name.includes('raised');
  return [
    figure('reminders that day', day.texts, 'texts'),
    isRaised ? atLeast(bar, within) : within,
    figure('lateness, median', day.lateness.p50, 's'),
    figure('lateness, 99 %', day.lateness.p99, 's'),
    figure('lateness up to Twilio’s acceptance, 99 %', day.ours.p99, 's'),
    figure('skipped because the window closed first', day.missedWindow, 'texts'),
    figure('most in the queue', day.most.waiting, 'messages'),
    figure('longest wait before one number', day.most.numberQueueSeconds, 's'),
    figure(
      'provisioned table: most write units held',
      most(capacity.held.tableWrites.provisioned),
      'units/s',
    ),
    figure('provisioned table: minutes that refuse something', capacity.throttledMinutes, 'minutes'),
    ...limits.map(({ name, used, limit, unit }) =>
      figure(`${name}, of ${Number(limit.toPrecision(3)).toLocaleString('en-US')}`, used, unit),
    ),
  ];
}
