import type { ProtocolContent } from './content.ts';

/** One place where a fact or line id stands. */
export type FactUse = { id: string; file: string; key: string };

const ID = /^(?:F-\d{3}|[XA]-\d{2})$/;
const RUNTIME_FILES = [
  'matrix.json',
  'modifiers.json',
  'timeline.json',
  'intervals.json',
  'expectations.json',
  'answers.json',
  'texts.en.json',
  'texts.es.json',
];

/** Every mention of an id in the data that reaches patients, as value or as key, with file and key path. */
export function factUses(content: ProtocolContent): FactUse[] {
  return RUNTIME_FILES.flatMap((file) => usesIn(content.files[file], file, []));
}

function usesIn(value: unknown, file: string, path: readonly string[]): FactUse[] {
  if (typeof value === 'string') return ID.test(value) ? [{ id: value, file, key: path.join('.') }] : [];
  if (Array.isArray(value))
    return value.flatMap((entry, index) => usesIn(entry, file, [...path, String(index)]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) => {
    const named = idInKey(key);
    const own = named === undefined ? [] : [{ id: named, file, key: [...path, key].join('.') }];
    return [...own, ...usesIn(entry, file, [...path, key])];
  });
}

/** Phrase keys carry their fact's id, with a suffix such as `-waiting`. */
function idInKey(key: string): string | undefined {
  const match = /^(F-\d{3}|[XA]-\d{2})(?:-(?:waiting|open|concise))*$/.exec(key);
  return match?.[1];
}
