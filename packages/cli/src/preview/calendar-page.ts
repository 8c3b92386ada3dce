import type { HealingCalendar } from '@aftercare/local/console/healing-calendar';
import { calendarSvg } from './calendar-svg.ts';
import { escaped } from './html.ts';
import { PAGE_STYLE } from './page-style.ts';

const MARGINS_PX = 190;

/** A page that holds one session's healing calendar and nothing else, and how tall its picture must be. */
export function calendarPage(
  calendar: HealingCalendar,
  textHours: readonly number[],
  title: string,
): { html: string; heightPx: number } {
  const drawing = calendarSvg(calendar, textHours, [], title);
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title><style>${PAGE_STYLE}</style></head><body>
<h1>${escaped(title)}</h1><p class="soft">Class ${calendar.classId}, DRAFT for a clinician to sign</p>
${drawing.svg}</body></html>`;
  return { html, heightPx: Math.ceil(drawing.heightPx * 1.1) + MARGINS_PX };
}
