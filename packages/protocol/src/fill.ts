/** Puts values into `{name}` placeholders, literally (a clinic may be called "A$$ure"); unknown names stay as they are. */
export function fill(pattern: string, values: Readonly<Record<string, string>>): string {
  return pattern.replace(/\{(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder);
}
