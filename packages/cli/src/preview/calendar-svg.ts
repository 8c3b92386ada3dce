import type { HealingCalendar } from '@aftercare/local/console/healing-calendar';
import { element, escaped } from './html.ts';

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

/** Rows that matter only where hair, or only where clothes, touch the skin. */
export const HAIR_ITEMS = ['shampoo', 'hair_products', 'shaving', 'tight_hat'];
export const BODY_ITEMS = ['soap', 'tight_clothes'];

export type CalendarDrawing = { svg: string; heightPx: number };

/**
 * Four weeks as a drawing: what is normal, what is forbidden until when, when a text goes. The axis counts
 * full days from the end of the session; `textHours` are the hours at which the texts go.
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
  const label = { x: LABEL_WIDTH - 8, y: top + 12, 'text-anchor': 'end', class: 'label' };
  const box = { x: left, y: top + 3, width, height: ROW - 5, rx: 3, class: bar.kind };
  const note = { x: noteAt, y: top + 12, class: noteInside ? 'note inside' : 'note' };
  return [
    element('text', label, escaped(bar.label)),
    element('rect', box),
    element('text', note, escaped(bar.note)),
  ].join('');
}

function grid(height: number): string {
  const lines = Array.from({ length: DAYS + 1 }, (_, day) => {
    const named = day % 7 === 0 || day === 1 || day === 3;
    const label = named ? element('text', { x: x(day), y: TOP - 8, class: 'day' }, String(day)) : '';
    return upright(x(day), TOP, height - 30, day % 7 === 0 ? 'week' : 'line') + label;
  });
  const axis = { x: LABEL_WIDTH - 22, y: TOP - 8, class: 'axis' };
  return element('text', axis, 'days since the session') + lines.join('');
}

function heading(words: string, top: number): string {
  return element('text', { x: LABEL_WIDTH - 8, y: top + 12, 'text-anchor': 'end', class: 'heading' }, words);
}

function textMark(day: number, height: number): string {
  const mark = element('text', { x: x(day), y: TOP - 22, class: 'text-mark' }, 'text');
  return upright(x(day), TOP - 2, height - 30, 'text-day') + mark;
}

function nextMark(calendar: HealingCalendar, height: number): string {
  const next = calendar.nextSession;
  if (next === undefined) return '';
  const usual = next.usualDay > next.notBeforeDay ? `, day ${next.usualDay} is usual` : '';
  const at = x(Math.min(next.notBeforeDay, DAYS));
  const words = `next session: not before day ${next.notBeforeDay}${usual}`;
  const anchor = next.notBeforeDay > 14 ? 'end' : 'start';
  const mark = { x: at, y: height - 10, 'text-anchor': anchor, class: 'next-mark' };
  return upright(at, TOP, height - 24, 'next') + element('text', mark, words);
}

function upright(at: number, top: number, bottom: number, className: string): string {
  return element('line', { x1: at, y1: top, x2: at, y2: bottom, class: className });
}

function x(day: number): number {
  return LABEL_WIDTH + day * DAY_WIDTH;
}
