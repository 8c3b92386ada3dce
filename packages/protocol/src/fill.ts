/**
 * Puts values into `{name}` placeholders, literally (a clinic may be called "A$$ure"); unknown names stay as
 * they are.
 */
export function fill(pattern: string, values: Readonly<Record<string, string>>): string {
  let filled = '';
  let from = 0;
  for (let open = pattern.indexOf('{'); open >= 0; open = pattern.indexOf('{', from)) {
    const close = pattern.indexOf('}', open);
    if (close < 0) break;
    const value = values[pattern.slice(open + 1, close)];
    filled += pattern.slice(from, open) + (value ?? pattern.slice(open, close + 1));
    from = close + 1;
  }
  return filled + pattern.slice(from);
}
