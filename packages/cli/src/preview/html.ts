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
