import type { HealingCalendar } from '@aftercare/local/console/healing-calendar';
import { escaped } from './html.ts';

const DAYS = 28;
const LABEL_WIDTH = 190;
const DAY_WIDTH = 24;
const ROW = 17;
const TOP = 44;
const WIDTH = LABEL_WIDTH + DAYS * DAY_WIDTH + 90;

type Bar = {
  label: string;
  from: number;
  to: number;
  kind: 'normal' | 'ban' | 'ask' | 'never';
  note: string;
};

export type CalendarDrawing = { svg: string; heightPx: number };

/**
 * Four weeks as a drawing: what is normal, what is forbidden until when, when a text goes. The axis counts full days from
 * the end of the session; `textHours` are the hours at which the texts go.
 */
export function calendarSvg(
  calendar: HealingCalendar,
  textHours: readonly number[],
  skip: readonly string[],
  title: string,
): CalendarDrawing {
  const normal = calendar.expected.map(
    (expectation): Bar => ({
      label: expectation.label,
      from: expectation.fromHours / 24,
      to: expectation.toHours / 24,
      kind: 'normal',
      note: `to day ${Math.round((expectation.toHours / 24) * 10) / 10}`,
    }),
  );
  const bans = calendar.bans.filter((ban) => ban.untilHours !== 0 && !skip.includes(ban.item)).map(banBar);
  const height = TOP + (normal.length + bans.length + 2) * ROW + 30;
  const bansTop = TOP + (normal.length + 1) * ROW;
  const svg = [
    `<svg class="calendar" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(title)}">`,
    grid(height),
    ...textHours.map((hours) => textMark(hours / 24, height)),
    nextMark(calendar, height),
    heading('What is normal', TOP),
    ...normal.map((bar, index) => row(bar, TOP + (index + 1) * ROW)),
    heading('Not yet', bansTop + 6),
    ...bans.map((bar, index) => row(bar, bansTop + 6 + (index + 1) * ROW)),
    '</svg>',
  ].join('\n');
  return { svg, heightPx: height };
}

function banBar(ban: HealingCalendar['bans'][number]): Bar {
  const asks = ban.asksClinic ? ', then ask' : '';
  if (ban.untilHours === null) {
    const note = ban.never ? 'not during the course' : 'only as the clinic says';
    return { label: ban.label, from: 0, to: DAYS, kind: ban.never ? 'never' : 'ask', note };
  }
  const length = ban.untilHours < 72 ? `${ban.untilHours} h` : `day ${ban.untilHours / 24}`;
  return { label: ban.label, from: 0, to: ban.untilHours / 24, kind: 'ban', note: `${length}${asks}` };
}

function row(bar: Bar, top: number): string {
  const left = x(bar.from);
  const width = Math.max(3, x(Math.min(bar.to, DAYS)) - left);
  const noteInside = bar.to > DAYS - 6;
  const noteAt = noteInside ? left + 6 : left + width + 5;
  return [
    `<text x="${LABEL_WIDTH - 8}" y="${top + 12}" text-anchor="end" class="label">${escaped(bar.label)}</text>`,
    `<rect x="${left}" y="${top + 3}" width="${width}" height="${ROW - 5}" rx="3" class="${bar.kind}"/>`,
    `<text x="${noteAt}" y="${top + 12}" class="note${noteInside ? ' inside' : ''}">${escaped(bar.note)}</text>`,
  ].join('');
}

function grid(height: number): string {
  const lines = Array.from({ length: DAYS + 1 }, (_, day) => {
    const label =
      day % 7 === 0 || [1, 3, 14].includes(day)
        ? `<text x="${x(day)}" y="${TOP - 8}" class="day">${day}</text>`
        : '';
    const weight = day % 7 === 0 ? 'week' : 'line';
    return `<line x1="${x(day)}" y1="${TOP}" x2="${x(day)}" y2="${height - 30}" class="${weight}"/>${label}`;
  });
  return `<text x="${LABEL_WIDTH - 22}" y="${TOP - 8}" class="axis">days since the session</text>${lines.join('')}`;
}

function heading(words: string, top: number): string {
  return `<text x="${LABEL_WIDTH - 8}" y="${top + 12}" text-anchor="end" class="heading">${words}</text>`;
}

function textMark(day: number, height: number): string {
  const at = x(day);
  return `<line x1="${at}" y1="${TOP - 2}" x2="${at}" y2="${height - 30}" class="text-day"/><text x="${at}" y="${TOP - 22}" class="text-mark">text</text>`;
}

function nextMark(calendar: HealingCalendar, height: number): string {
  const next = calendar.nextSession;
  if (next === undefined) return '';
  const usual = next.usualDay > next.notBeforeDay ? `, day ${next.usualDay} is usual` : '';
  const at = x(Math.min(next.notBeforeDay, DAYS));
  const words = `next session: not before day ${next.notBeforeDay}${usual}`;
  const anchor = next.notBeforeDay > 14 ? 'end' : 'start';
  return `<line x1="${at}" y1="${TOP}" x2="${at}" y2="${height - 24}" class="next"/><text x="${at}" y="${height - 10}" text-anchor="${anchor}" class="next-mark">${words}</text>`;
}

function x(day: number): number {
  return LABEL_WIDTH + day * DAY_WIDTH;
}
