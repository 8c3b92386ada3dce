import { readFileSync } from 'node:fs';

const STYLE = readFileSync(new URL('./sheet.css', import.meta.url), 'utf8');

/** Text that stands in a page as itself, also inside double quotes. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A table with a head; cells are markup. */
export function table(
  className: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const headRow = head.map((cell) => `<th scope="col">${cell}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n');
  return `<table class="${className}"><thead><tr>${headRow}</tr></thead><tbody>\n${body}\n</tbody></table>`;
}

/** A page that stands alone: its style is inside, it needs no network. */
export function page(title: string, body: string): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(title)}</title>`,
    `<style>\n${STYLE}</style>`,
    '</head>',
    `<body>\n${body}\n</body>`,
    '</html>\n',
  ].join('\n');
}

/** An element with attributes; the content is markup. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  content = '',
): string {
  const shown = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  return `<${name}${shown.join('')}>${content}</${name}>`;
}
