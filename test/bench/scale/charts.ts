import { capacityChart } from './capacity-chart.ts';
import { dayPicture, hourLine, scaleLines, thousands, width } from './day-panels.ts';
import type { Outcome } from './scenarios.ts';
import { area, type Box, bar, colours, line, path, picture, text } from './svg.ts';

/** The four pictures of docs/scale.md, by file name. The same walk gives the same bytes. */
export function charts(outcomes: readonly Outcome[]): ReadonlyMap<string, string> {
  const large = outcomes.filter(({ scenario }) => scenario.settings.sessionsPerMonth === 10_000_000);
  return new Map([
    ['wave.svg', waveChart(large)],
    ['lateness.svg', latenessChart(outcomes)],
    ['limits.svg', limitsChart(large)],
    ['capacity.svg', capacityChart(outcomes)],
  ]);
}

const firstHour = 10;
const hours = 12;
/** What the scale leaves free above its highest value. */
const headroom = 1.15;

/** One panel a scenario: texts due and texts that left, per minute, from ten in the morning Eastern. */
function waveChart(outcomes: readonly Outcome[]): string {
  const title = 'Texts per minute on the busiest day, ten million sessions a month';
  const legend = [
    bar({ x: width - 300, y: 18, width: 14, height: 10 }, colours.due),
    text(width - 280, 28, 'due', { colour: colours.faint }),
    line(width - 230, 23, width - 206, 23, colours.left, 2),
    text(width - 200, 28, 'last segment left the number', { colour: colours.faint }),
  ];
  const panels = outcomes.map((outcome) => (box: Box) => wavePanel(outcome, box));
  return dayPicture(title, legend, 60, panels);
}

function wavePanel({ scenario, day }: Outcome, box: Box): string[] {
  const minutes = hours * 60;
  const due = [...day.perMinute.due.slice(0, minutes)];
  const left = [...day.perMinute.left.slice(0, minutes)];
  // A wave that is due in one minute would flatten everything else: the scale is that of what leaves.
  const top = Math.max(...left) * headroom;
  const at = (minute: number, value: number) =>
    [box.x + (minute / minutes) * box.width, box.y + box.height * (1 - Math.min(1, value / top))] as const;
  const base = box.y + box.height;
  const clipped = Math.max(...due) > top ? ` (due: up to ${thousands(Math.max(...due))} in one minute)` : '';
  return [
    text(box.x, box.y - 10, `${scenario.name}${clipped}`, { size: 13 }),
    ...scaleLines(box, top, headroom),
    area(
      due.flatMap((value, minute) => [at(minute, value), at(minute + 1, value)]),
      base,
      colours.due,
    ),
    path(
      left.map((value, minute) => at(minute + 0.5, value)),
      colours.left,
    ),
    ...hourLine(box, firstHour, firstHour + hours),
  ];
}

const words = (seconds: number): string => {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
};

/** Median, 99 % and latest text of each scenario, on a logarithmic scale, with the 15-minute bar. */
function latenessChart(outcomes: readonly Outcome[]): string {
  const box = { x: 330, y: 70, width: width - 420, height: outcomes.length * 66 };
  const [lowest, highest] = [10, 60_000];
  const at = (seconds: number): number =>
    box.x + (Math.log(Math.max(lowest, seconds) / lowest) / Math.log(highest / lowest)) * box.width;
  const title = 'How late a text leaves on the busiest day';
  const ticks = [10, 60, 900, 3600, 36_000];
  const rows = outcomes.flatMap(({ scenario, day }, row) => {
    const { p50, p99, most } = day.lateness;
    return [
      text(box.x - 12, box.y + row * 66 + 32, scenario.name, { anchor: 'end', size: 12 }),
      ...[p50, p99, most].flatMap((seconds, kind) => {
        const y = box.y + row * 66 + 6 + kind * 16;
        const colour = seconds > 900 ? colours.over : (colours.series[kind] ?? colours.left);
        return [
          bar({ x: box.x, y, width: at(seconds) - box.x, height: 12 }, colour),
          text(at(seconds) + 6, y + 10, `${['median', '99 %', 'latest'][kind]} ${words(seconds)}`, {
            size: 11,
          }),
        ];
      }),
    ];
  });
  return picture(width, box.y + box.height + 40, title, [
    text(20, 28, title, { size: 16 }),
    text(20, 48, 'red: over 15 minutes', { colour: colours.over }),
    ...ticks.map((seconds) =>
      line(
        at(seconds),
        box.y,
        at(seconds),
        box.y + box.height,
        seconds === 900 ? colours.over : colours.grid,
      ),
    ),
    ...rows,
    ...ticks.map((seconds) =>
      text(at(seconds), box.y + box.height + 18, words(seconds), {
        anchor: 'middle',
        size: 11,
        colour: colours.faint,
      }),
    ),
  ]);
}

/** How much of each limit the busiest moment takes, one bar a scenario; beyond the line something gives. */
function limitsChart(outcomes: readonly Outcome[]): string {
  const names = outcomes[0]?.limits.map(({ name }) => name) ?? [];
  const rowHeight = 14 * outcomes.length + 12;
  const box = { x: 300, y: 96, width: width - 400, height: names.length * rowHeight };
  const [lowest, highest] = [0.001, 10];
  const at = (share: number): number =>
    box.x +
    (Math.log(Math.min(highest, Math.max(lowest, share)) / lowest) / Math.log(highest / lowest)) * box.width;
  const title = 'Share of each limit used at the busiest moment, ten million sessions a month';
  const ticks = [0.001, 0.01, 0.1, 1, 10];
  const bars = names.flatMap((name, row) => [
    text(box.x - 12, box.y + row * rowHeight + rowHeight / 2 + 2, name, { anchor: 'end', size: 12 }),
    ...outcomes.flatMap(({ limits }, series) => {
      const limit = limits.find((one) => one.name === name);
      const share = limit === undefined ? 0 : limit.used / limit.limit;
      const y = box.y + row * rowHeight + series * 14 + 4;
      const colour = share > 1 ? colours.over : (colours.series[series] ?? colours.left);
      return [
        bar({ x: box.x, y, width: Math.max(1, at(share) - box.x), height: 11 }, colour),
        text(at(share) + 6, y + 10, percent(share), { size: 10, colour: colours.faint }),
      ];
    }),
  ]);
  return picture(width, box.y + box.height + 36, title, [
    text(20, 28, title, { size: 16 }),
    ...outcomes.flatMap(({ scenario }, series) => [
      bar({ x: 20 + series * 300, y: 46, width: 14, height: 10 }, colours.series[series] ?? colours.left),
      text(40 + series * 300, 55, scenario.name.replace('10 million, ', ''), { colour: colours.faint }),
    ]),
    text(20, 76, 'red: more than the limit', { colour: colours.over }),
    ...ticks.map((share) =>
      line(at(share), box.y, at(share), box.y + box.height, share === 1 ? colours.over : colours.grid),
    ),
    ...bars,
    ...ticks.map((share) =>
      text(at(share), box.y + box.height + 18, percent(share), {
        anchor: 'middle',
        size: 11,
        colour: colours.faint,
      }),
    ),
  ]);
}

function percent(share: number): string {
  if (share === 0) return '0 %';
  const value = share * 100;
  return `${value >= 10 ? Math.round(value).toLocaleString('en-US') : Number(value.toPrecision(2))} %`;
}
