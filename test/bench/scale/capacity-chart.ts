import type { Outcome } from './scenarios.ts';
import { area, type Box, bar, colours, line, path, picture, text } from './svg.ts';

const width = 920;
const panelHeight = 190;
const firstHour = 8;
const lastHour = 24;

/**
 * Write units of the table on the busiest day: asked for, provisioned and refused, one panel a scenario. What
 * nobody would deploy with a provisioned table is left out.
 */
export function capacityChart(outcomes: readonly Outcome[]): string {
  const shown = outcomes.filter(
    ({ scenario }) => scenario.settings.spreadMinutes > 0 || scenario.name.endsWith('valves raised'),
  );
  const panels = shown.map((outcome, at) =>
    panel(outcome, { x: 80, y: 76 + at * panelHeight, width: width - 110, height: panelHeight - 70 }),
  );
  const title = 'Write units a second on the busiest day, with a provisioned table';
  return picture(width, 76 + shown.length * panelHeight, title, [
    text(20, 28, title, { size: 16 }),
    bar({ x: width - 360, y: 18, width: 14, height: 10 }, colours.due),
    text(width - 340, 28, 'asked for', { colour: colours.faint }),
    line(width - 270, 23, width - 246, 23, colours.left, 2),
    text(width - 240, 28, 'provisioned', { colour: colours.faint }),
    line(width - 150, 23, width - 126, 23, colours.over, 2),
    text(width - 120, 28, 'refused', { colour: colours.faint }),
    ...panels.flat(),
  ]);
}

function panel({ scenario, capacity }: Outcome, box: Box): string[] {
  const { provisioned, throttled } = capacity.held.tableWrites;
  const asked = capacity.asked.tableWrites.map((units) => units / 60);
  const refused = throttled.map((units) => units / 60);
  const minutes = { first: firstHour * 60, last: lastHour * 60 };
  const top = Math.max(...provisioned, ...asked) * 1.1;
  const at = (minute: number, value: number) =>
    [
      box.x + ((minute - minutes.first) / (minutes.last - minutes.first)) * box.width,
      box.y + box.height * (1 - Math.min(1, value / top)),
    ] as const;
  const base = box.y + box.height;
  const steps = (values: Float64Array) =>
    [...values.slice(minutes.first, minutes.last)].flatMap((value, minute) => [
      at(minute + minutes.first, value),
      at(minute + minutes.first + 1, value),
    ]);
  return [
    text(box.x, box.y - 10, `${scenario.name}: ${verdict(capacity.throttledMinutes)}`, { size: 13 }),
    ...[0.5, 1].flatMap((share) => {
      const y = base - (box.height * share) / 1.1;
      return [
        line(box.x, y, box.x + box.width, y, colours.grid),
        text(box.x - 8, y + 4, whole((top / 1.1) * share), {
          anchor: 'end',
          size: 11,
          colour: colours.faint,
        }),
      ];
    }),
    area(steps(asked), base, colours.due),
    path(steps(provisioned), colours.left),
    ...(refused.some((units) => units > 0) ? [path(steps(refused), colours.over)] : []),
    line(box.x, base, box.x + box.width, base, colours.faint),
    ...Array.from({ length: (lastHour - firstHour) / 2 + 1 }, (_, step) =>
      text(at(minutes.first + step * 120, 0)[0], base + 16, `${firstHour + step * 2}:00 ET`, {
        anchor: 'middle',
        size: 11,
        colour: colours.faint,
      }),
    ),
  ];
}

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');

const verdict = (minutes: number): string =>
  minutes === 0 ? 'nothing refused' : `refuses for ${minutes} minutes of the day`;
