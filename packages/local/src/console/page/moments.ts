/** Dates and times as the page shows them. Formats only; arithmetic on calendars is packages/time. */

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${timeZone}${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', { timeZone, ...options });
  formats.set(key, made);
  return made;
}

/** `Sun 22 Nov`. */
export function dayLabel(at: string | number, timeZone: string): string {
  return formatOf(timeZone, { weekday: 'short', day: 'numeric', month: 'short' })
    .format(new Date(at))
    .replace(',', '');
}

/** `10:00`. */
export function timeLabel(at: string | number, timeZone: string): string {
  return formatOf(timeZone, { hour: '2-digit', minute: '2-digit' }).format(new Date(at));
}

/** `Sun 22 Nov 10:00`. */
export function momentLabel(at: string | number, timeZone: string): string {
  return `${dayLabel(at, timeZone)} ${timeLabel(at, timeZone)}`;
}

/** `New York` for `America/New_York`. */
export function zoneLabel(timeZone: string): string {
  return (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ');
}

/** A running clock: `4:07`, `1:02:33`, `3 d 4 h`. */
export function elapsedLabel(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds >= 2 * 86_400) return roughLabel(ms);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = String(seconds % 60).padStart(2, '0');
  return hours === 0 ? `${minutes}:${rest}` : `${hours}:${String(minutes).padStart(2, '0')}:${rest}`;
}

/** `12 min`, `3 h 20 min`, `2 d 4 h`. */
export function roughLabel(ms: number): string {
  const minutes = Math.floor(Math.abs(ms) / 60_000);
  if (minutes < 1) return 'under a minute';
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  const days = Math.floor(hours / 24);
  return hours % 24 === 0 ? `${days} d` : `${days} d ${hours % 24} h`;
}
