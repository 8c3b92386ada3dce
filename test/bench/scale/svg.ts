/**
 * Just enough SVG for four charts: text, lines, areas and bars, with numbers rounded so that files repeat.
 */

export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

const number = (value: number): string => String(Math.round(value * 10) / 10);

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export const colours = {
  ink: '#1f2a37',
  faint: '#6b7280',
  grid: '#e5e7eb',
  due: '#c7d2e0',
  left: '#0f6ab4',
  over: '#b42318',
  series: ['#9aa5b4', '#5b9bd5', '#0f6ab4'],
} as const;

export function text(
  x: number,
  y: number,
  words: string,
  more: {
    readonly anchor?: 'start' | 'middle' | 'end';
    readonly size?: number;
    readonly colour?: string;
  } = {},
): string {
  const { anchor = 'start', size = 12, colour = colours.ink } = more;
  const at = `x="${number(x)}" y="${number(y)}"`;
  return `<text ${at} font-size="${size}" text-anchor="${anchor}" fill="${colour}">${escaped(words)}</text>`;
}

export function line(x1: number, y1: number, x2: number, y2: number, colour: string, width = 1): string {
  const ends = `x1="${number(x1)}" y1="${number(y1)}" x2="${number(x2)}" y2="${number(y2)}"`;
  return `<line ${ends} stroke="${colour}" stroke-width="${width}"/>`;
}

export function bar({ x, y, width, height }: Box, colour: string): string {
  const corner = `x="${number(x)}" y="${number(y)}"`;
  return `<rect ${corner} width="${number(width)}" height="${number(height)}" fill="${colour}"/>`;
}

type Point = readonly [x: number, y: number];

const points = (all: readonly Point[]): string => all.map(([x, y]) => `${number(x)},${number(y)}`).join(' ');

export function path(all: readonly Point[], colour: string): string {
  return `<polyline points="${points(all)}" fill="none" stroke="${colour}" stroke-width="1.8"/>`;
}

export function area(all: readonly Point[], base: number, colour: string): string {
  const [first, last] = [all[0], all.at(-1)];
  if (first === undefined || last === undefined) return '';
  return `<polygon points="${points([[first[0], base], ...all, [last[0], base]])}" fill="${colour}"/>`;
}

/** A whole picture with a title that screen readers say. */
export function picture(width: number, height: number, title: string, parts: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"` +
      ` width="${width}" height="${height}"` +
      ` font-family="system-ui, sans-serif" role="img" aria-label="${escaped(title)}">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}
