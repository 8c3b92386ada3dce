import { dayPicture, hourLine, scaleLines, width } from './day-panels.ts';
import type { Outcome } from './scenarios.ts';
import { area, type Box, bar, colours, line, path, text } from './svg.ts';

const firstHour = 8;
const lastHour = 24;
/** What the scale leaves free above its highest value. */
const headroom = 1.1;

/**
 * Write units of the table on the busiest day: asked for, provisioned and refused, one panel a scenario. What
 * nobody would deploy with a provisioned table is left out.
 */
export function capacityChart(outcomes: readonly Outcome[]): string {
  const shown = outcomes.filter(
    ({ scenario }) => scenario.settings.spreadMinutes > 0 || scenario.name.endsWith('valves raised'),
  );
  const title = 'Write units a second on the busiest day, with a provisioned table';
  const legend = [
    bar({ x: width - 360, y: 18, width: 14, height: 10 }, colours.due),
    text(width - 340, 28, 'asked for', { colour: colours.faint }),
    line(width - 270, 23, width - 246, 23, colours.left, 2),
    text(width - 240, 28, 'provisioned', { colour: colours.faint }),
    line(width - 150, 23, width - 126, 23, colours.over, 2),
    text(width - 120, 28, 'refused', { colour: colours.faint }),
  ];
  const panels = shown.map((outcome) => (box: Box) => panel(outcome, box));
  return dayPicture(title, legend, 76, panels);
}

function panel({ scenario, capacity }: Outcome, box: Box): string[] {
  const { provisioned, throttled } = capacity.held.tableWrites;
  const asked = capacity.asked.tableWrites.map((units) => units / 60);
  const refused = throttled.map((units) => units / 60);
  const minutes = { first: firstHour * 60, last: lastHour * 60 };
  const top = Math.max(...provisioned, ...asked) * headroom;
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
    ...scaleLines(box, top, headroom),
    area(steps(asked), base, colours.due),
    path(steps(provisioned), colours.left),
    ...(refused.some((units) => units > 0) ? [path(steps(refused), colours.over)] : []),
    ...hourLine(box, firstHour, lastHour),
  ];
}

const verdict = (minutes: number): string =>
  minutes === 0 ? 'nothing refused' : `refuses for ${minutes} minutes of the day`;
