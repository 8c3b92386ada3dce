import type { HealingCalendar } from '@aftercare/local/console/healing-calendar';
import { calendarSvg } from './calendar-svg.ts';
import { element, escaped, page } from './html.ts';

const MARGINS_PX = 190;

/** A page that holds one session's healing calendar and nothing else, and how tall its picture must be. */
export function calendarPage(
  calendar: HealingCalendar,
  textHours: readonly number[],
  skip: readonly string[],
  title: string,
): { html: string; heightPx: number } {
  const drawing = calendarSvg(calendar, textHours, skip, title);
  const subtitle = `Class ${calendar.classId}, DRAFT for a clinician to sign`;
  const body = [element('h1', {}, escaped(title)), element('p', { class: 'soft' }, subtitle), drawing.svg];
  const html = page(title, body.join('\n'));
  return { html, heightPx: Math.ceil(drawing.heightPx * 1.1) + MARGINS_PX };
}
