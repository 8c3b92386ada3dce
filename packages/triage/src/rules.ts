import { type Level, levels, severityOf } from './assessment.ts';
import type { Finding } from './concepts.ts';
import { content } from './content.ts';
import type { Facts } from './facts.ts';

type Rule = {
  id: string;
  level: Level;
  all: readonly string[];
  any: readonly string[];
  none: readonly string[];
};

type Fired = { rule: string; level: Level; sure: boolean; shown: readonly Finding[] };

/**
 * The outcome of the rules: the highest level that holds, by which rules, shown by which findings.
 * `certain` = a finding that leaves no doubt is among them; `calm` = the highest level below urgent
 * that also holds; `sure` = the highest level of a rule all of whose findings leave no doubt; `rules` =
 * the ids of all that hold.
 */
export type Verdict = {
  level: Level | undefined;
  calm: Level | undefined;
  certain: boolean;
  sure: Level | undefined;
  fired: readonly Fired[];
  rules: readonly string[];
};

function levelNamed(name: string): Level {
  const found = levels.find((level) => level === name);
  if (found === undefined) throw new Error(`unknown level "${name}" in rules.json`);
  return found;
}

const rules: readonly Rule[] = content.rules.map((rule) => ({
  id: rule.id,
  level: levelNamed(rule.level),
  all: rule.all ?? [],
  any: rule.any ?? [],
  none: rule.none ?? [],
}));

function holds({ all, any, none }: Rule, { names }: Facts): boolean {
  for (const name of all) if (!names.has(name)) return false;
  for (const name of none) if (names.has(name)) return false;
  for (const name of any) if (names.has(name)) return true;
  return any.length === 0;
}

function highest(fired: readonly Fired[]): Level | undefined {
  return fired.reduce<Level | undefined>(
    (top, { level }) => (top === undefined || severityOf(level) > severityOf(top) ? level : top),
    undefined,
  );
}

// A fever has another name in the rules: `fever_now` (facts.ts).
const ofDanger = new Set([
  'fever',
  ...rules
    .filter(({ level }) => severityOf(level) >= severityOf('urgent'))
    .flatMap(({ all, any }) => [...all, ...any]),
]);

/** Is this concept one that a rule for an emergency or an urgent case asks for? */
export function speaksOfDanger(concept: string): boolean {
  return ofDanger.has(concept);
}

/** Does every finding that this rule needs leave no doubt? */
function isSure(rule: Rule, facts: Facts): boolean {
  const doubtless = (name: string): boolean =>
    facts.shownBy.get(name)?.some(({ certain }) => certain) === true;
  const needed = rule.all.filter((name) => facts.shownBy.has(name));
  const offered = rule.any.filter((name) => facts.names.has(name));
  if (needed.length === 0 && offered.length === 0) return false;
  return needed.every(doubtless) && (offered.length === 0 || offered.some(doubtless));
}

/** Applies every rule; the highest level present counts (issue 4). */
export function applyRules(facts: Facts): Verdict {
  const holding = rules.filter((rule) => holds(rule, facts));
  const fired = holding.map((rule) => ({
    rule: rule.id,
    level: rule.level,
    sure: isSure(rule, facts),
    shown: [...rule.any, ...rule.all].flatMap((name) => facts.shownBy.get(name) ?? []),
  }));
  const level = highest(fired);
  const deciding = fired.filter((entry) => entry.level === level);
  return {
    level,
    calm: highest(fired.filter((entry) => severityOf(entry.level) < severityOf('urgent'))),
    certain: deciding.some((entry) => entry.shown.some((finding) => finding.certain)),
    sure: highest(fired.filter((entry) => entry.sure)),
    fired: deciding,
    rules: fired.map((entry) => entry.rule),
  };
}
