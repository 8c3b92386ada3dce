import { feverFromCelsius } from './body-heat.ts';
import { circumstancesOf, type Standing, standingOf } from './circumstances.ts';
import { content } from './content.ts';
import { isDenied, isNumberDenied } from './denial.ts';
import { isAnd } from './denial-list.ts';
import { endsByNow, isBack } from './now-and-then.ts';
import { type Match, matchPatterns } from './pattern.ts';
import { concepts, type Pattern } from './pattern-table.ts';
import { has, type Reading, readText } from './read.ts';
import { resolvedAfter, wentAway } from './resolved.ts';
import { temperaturesIn } from './temperature.ts';
import { trait } from './traits.ts';
import { listed } from './word-set.ts';

/** One concept found in a text, where, and how it stands. `resolved` = the text says it went away. */
export type Finding = {
  concept: string;
  standing: Standing;
  first: number;
  last: number;
  resolved: boolean;
  certain: boolean;
};

/**
 * All findings of a text; `hottestCelsius` = the highest fever told, `warmestCelsius` = the highest
 * reading.
 */
export type Findings = {
  reading: Reading;
  found: readonly Finding[];
  hottestCelsius: number | undefined;
  warmestCelsius: number | undefined;
};

const maskName = 'mask';
const wishNames = new Set(['opt_out', 'opt_in', 'not_revoking', maskName]);
const signNames = new Set(concepts.slice(0, content.signs));

/** Is this concept a sign of the body (S-01 to S-60), not talk about it? */
export function isSign(concept: string): boolean {
  return signNames.has(concept);
}

const order: readonly Standing[] = ['present', 'past', 'imagined', 'other', 'corrected', 'denied', 'figure'];

function standing(
  reading: Reading,
  match: Match,
  context: Parameters<typeof standingOf>[2],
  { bodily, said }: { bodily: readonly Match[]; said: readonly Match[] },
): Standing {
  if (wishNames.has(match.pattern.concept)) return 'present';
  const stands = standingOf(reading, match, context, bodily);
  if (stands === 'past' && isBack(reading, match.last)) return 'present';
  if (stands !== 'present') return stands;
  if (isDenied(reading, match, said)) return 'denied';
  return isOver(reading, match) ? 'past' : 'present';
}

/**
 * All concepts of a text; each match keeps its own standing, and the strongest one of a concept comes
 * first.
 */
export function findConcepts(text: string, temperatureAsked: boolean): Findings {
  const reading = readText(text);
  const matches = matchPatterns(reading.cells);
  const masks = matches.filter((match) => match.pattern.concept === maskName);
  const rest = matches.filter((match) => match.pattern.concept !== maskName && !isTorn(reading, match));
  const bodily = rest.filter((match) => isSign(match.pattern.concept));
  const context = circumstancesOf(reading, masks);
  const found = rest.map(
    (match): Finding => ({
      concept: match.pattern.concept,
      standing: standing(reading, match, context, { bodily, said: rest }),
      first: match.first,
      last: match.last,
      resolved: resolvedAfter(reading, match.last),
      certain: match.pattern.certain,
    }),
  );
  const fever = measuredFever(reading, temperatureAsked, context, bodily);
  const all = [...found.filter((finding) => !isOutdone(finding, found)), ...fever.found].sort(
    (a, b) => order.indexOf(a.standing) - order.indexOf(b.standing),
  );
  return { reading, found: all, hottestCelsius: fever.hottest, warmestCelsius: fever.warmest };
}

/**
 * Does a pattern with a denial of its own take that denial from something else ("no hives, breathing easy",
 * "no, stop texting me")?
 */
function isTorn({ words, cells }: Reading, { pattern, first, last }: Match): boolean {
  // "no thanks, stop texting", but not "don't ever, ever stop texting"
  const refuses = pattern.concept === 'not_revoking' && /^(?:no|not)$/u.test(words[first]?.word ?? '');
  const takes = (pattern.ownNegation && has(cells[first], trait.not)) || refuses;
  if (!takes) return false;
  let sign = refuses;
  for (let at = first + 1; at <= last; at += 1) {
    if (sign && (words[at]?.phrase !== words[at - 1]?.phrase || isAnd(words[at]?.word ?? ''))) return true;
    if (has(cells[at], trait.signWord)) sign = true;
  }
  return false;
}

/** Signs that pass and leave nothing behind; "my sight is gone" is none of them. */
const passing = listed('passing');

const comesBack = new RegExp(
  '^(?:back|again|return\\w*|volvi\\w*|vuelv\\w*|regres\\w*|otra|nuevo|but|pero|coming|came|start\\w*|' +
    'empez\\w*|then|fresh|reappear\\w*|reaparec\\w*|aparec\\w*|sal\\w*|still|siguen?|worse|' +
    'another|bigger|more|mas|there)$',
  'u',
);

/** Is a sign over ("the hives cleared up", "se me quitó la fiebre"), and does not come back? */
function isOver(reading: Reading, { pattern, first, last }: Match): boolean {
  if (!passing.has(pattern.concept)) return false;
  if (!endsByNow(reading, last) && !wentAway(reading, first, last)) return false;
  return !reading.words.some(({ word }, at) => at > last && comesBack.test(word));
}

/** Who says at the end that it was a faint was not awake ("I did not trip, I fainted"). */
function isOutdone({ concept, last }: Finding, found: readonly Finding[]): boolean {
  return (
    concept === 'kept_senses' &&
    found.some((other) => other.concept === 'fainting' && other.standing === 'present' && other.last >= last)
  );
}

const measured: Pattern = { concept: 'fever', ownNegation: false, saysNo: false, certain: false };

function measuredFever(
  reading: Reading,
  temperatureAsked: boolean,
  context: Parameters<typeof standingOf>[2],
  bodily: readonly Match[],
): { found: Finding[]; hottest: number | undefined; warmest: number | undefined } {
  let hottest: number | undefined;
  let warmest: number | undefined;
  const found: Finding[] = [];
  for (const { celsius, first, last } of temperaturesIn(reading, temperatureAsked)) {
    const match: Match = { pattern: measured, first, last };
    let stands = standingOf(reading, match, context, [...bodily, ...later(reading, last)]);
    if (stands === 'present' && isNumberDenied(reading, match)) stands = 'denied';
    if (stands === 'present' && celsius > (warmest ?? 0)) warmest = celsius;
    if (celsius < feverFromCelsius) stands = 'denied';
    found.push({ concept: 'fever', standing: stands, first, last, resolved: false, certain: true });
    if (stands === 'present' && (hottest === undefined || celsius > hottest)) hottest = celsius;
  }
  return { found, hottest, warmest };
}

/** A later number also counts as what a correction moves to ("101!! no wait … 98.7"). */
function later(reading: Reading, from: number): Match[] {
  return reading.words.flatMap((word, at) =>
    at > from && word.value !== undefined ? [{ pattern: measured, first: at, last: at }] : [],
  );
}
