import { type Box, colours, line, picture, text } from './svg.ts';

/** A day drawn in panels, one a scenario, under one another: what two of the pictures share. */

export const width = 920;
const panelHeight = 190;

/** A number as people read it: `12,345`. */
export const thousands = (value: number): string => Math.round(value).toLocaleString('en-US');

/** Title and legend, and from `top` on the panels, each of which draws itself into its box. */
export function dayPicture(
  title: string,
  legend: readonly string[],
  top: number,
  panels: readonly ((box: Box) => readonly string[])[],
): string {
  return picture(width, top + panels.length * panelHeight, title, [
    text(20, 28, title, { size: 16 }),
    ...legend,
    ...panels.flatMap((draw, at) =>
      draw({ x: 80, y: top + at * panelHeight, width: width - 110, height: panelHeight - 70 }),
    ),
  ]);
}

/** Lines and numbers at half and at the whole of what stands `headroom` times below the panel's top. */
export function scaleLines(box: Box, top: number, headroom: number): string[] {
  const shares = [0.5, 1];
  const heightOf = (share: number): number => box.y + box.height - (box.height * share) / headroom;
  return [
    ...shares.map((share) => line(box.x, heightOf(share), box.x + box.width, heightOf(share), colours.grid)),
    ...shares.map((share) =>
      text(box.x - 8, heightOf(share) + 4, thousands((top / headroom) * share), {
        anchor: 'end',
        size: 11,
        colour: colours.faint,
      }),
    ),
  ];
}

/** The panel's base line with every second hour below it. */
export function hourLine(box: Box, firstHour: number, lastHour: number): string[] {
  const base = box.y + box.height;
  const hours = lastHour - firstHour;
  return [
    line(box.x, base, box.x + box.width, base, colours.faint),
    ...Array.from({ length: hours / 2 + 1 }, (_, step) =>
      text(box.x + ((step * 2) / hours) * box.width, base + 16, `${firstHour + step * 2}:00 ET`, {
        anchor: 'middle',
        size: 11,
        colour: colours.faint,
      }),
    ),
  ];
}
