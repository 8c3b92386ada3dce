/**
 * A pattern over words: `hard|trouble 3 @air` = an element, at most three words between, an element. An
 * element lists alternatives: a word, a beginning (`hinch*`), a tag of the lexicon (`@air`), a number
 * (`#`). `&` joins elements in any order inside one clause at most eleven words apart. `!a|@b` at the
 * end forbids those words anywhere in the same phrase. A leading `^` says that a denial before it does
 * not deny it (E5, pseudo- negation: "can't breathe", "no puedo abrir"); a leading `=` that the match
 * leaves no doubt.
 */
export type ParsedPattern = {
  readonly concept: string;
  readonly elements: readonly ReadonlySet<string>[];
  readonly gaps: readonly number[];
  readonly unordered: boolean;
  readonly ownNegation: boolean;
  readonly certain: boolean;
  readonly forbidden: ReadonlySet<string> | undefined;
};

const element = (text: string): ReadonlySet<string> => new Set(text.split('|'));

/** Reads one pattern; throws on a malformed one: content is checked when it is packed. */
export function parsePattern(concept: string, source: string): ParsedPattern {
  const [, flags = '', rest = source] = /^([=^]*)(.*)$/u.exec(source) ?? [];
  const elements: ReadonlySet<string>[] = [];
  const gaps: number[] = [];
  let forbidden: ReadonlySet<string> | undefined;
  let gap = 0;
  let unordered = false;
  for (const part of rest.trim().split(/\s+/u)) {
    if (part === '&') unordered = true;
    else if (/^\d+$/u.test(part) && elements.length > 0) gap = Number(part);
    else if (part.startsWith('!')) forbidden = element(part.slice(1));
    else {
      elements.push(element(part));
      gaps.push(gap);
      gap = 0;
    }
  }
  if (elements.length === 0) throw new Error(`empty pattern in ${concept}: "${source}"`);
  const [ownNegation, certain] = [flags.includes('^'), flags.includes('=')];
  return { concept, elements, gaps, unordered, ownNegation, certain, forbidden };
}
