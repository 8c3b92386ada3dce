import type { CarePlan, NextSession } from './care.ts';
import type { Line, ProtocolRelease, Role } from './release.ts';
import { ruleOf } from './timeline.ts';

/**
 * One thing to say, in no language yet. `fact` is the id of the cell that asks for it, `key` names the words
 * and the facts they rest on. A `noun` shares its sentence with the other bans of the same last day;
 * `untilDay` counts days since 1970.
 */
export type Saying = {
  readonly fact: string;
  readonly key: string;
  readonly role: Role;
  /** A ban that the cell does not name and that comes after all that it says. */
  readonly lesser: boolean;
} & (
  | { readonly kind: 'noun'; readonly item: string; readonly untilDay: number; readonly clinic: boolean }
  | { readonly kind: 'phrase'; readonly untilDay: number | undefined }
  | { readonly kind: 'next'; readonly next: NextSession }
);

/**
 * What the day has to say, most important first: the bans in the release's order for the day, then advice,
 * then what is normal, then the lesser bans of the day. What still waits is a ban with its date, what is
 * allowed is what to do; nothing that waits is ever recommended, and nothing is said twice: not a fact that
 * an earlier sentence already rests on.
 */
export function sayingsOf(release: ProtocolRelease, plan: CarePlan): Saying[] {
  const { matrix, modifiers } = release;
  const bans = matrix.bans[plan.cellDay];
  const cell = matrix.cells[plan.cellDay]?.[plan.classId] ?? [];
  const told: Told = {
    release,
    plan,
    cell,
    lesser: bans?.lesser ?? [],
    items: new Set(),
    cited: new Set(),
    ranks: none(),
  };
  if (plan.facts[0] === modifiers.sunLine.waiting) tell(told, modifiers.sunLine.waiting);
  for (const fact of bans?.order ?? []) if (plan.facts.includes(fact)) tell(told, fact);
  for (const fact of plan.facts) tell(told, fact);
  const { ranks } = told;
  return ranks.bans.concat(ranks.advice, ranks.normal, ranks.lesserBans);
}

type Ranks = { bans: Saying[]; advice: Saying[]; normal: Saying[]; lesserBans: Saying[] };

type Told = {
  release: ProtocolRelease;
  plan: CarePlan;
  cell: readonly string[];
  lesser: readonly string[];
  items: Set<string>;
  /** Facts that a sentence rests on, and the keys of the sentences. */
  cited: Set<string>;
  ranks: Ranks;
};

function none(): Ranks {
  return { bans: [], advice: [], normal: [], lesserBans: [] };
}

function put({ ranks }: Told, saying: Saying): void {
  if (saying.role === 'advice') ranks.advice.push(saying);
  else if (saying.role === 'expect') ranks.normal.push(saying);
  else (saying.lesser ? ranks.lesserBans : ranks.bans).push(saying);
}

function isLesser({ lesser, cell }: Told, fact: string, role: Role): boolean {
  return role === 'ban' && lesser.includes(fact) && !cell.includes(fact);
}

function tell(told: Told, fact: string): void {
  if (told.cited.has(fact)) return;
  const { matrix } = told.release;
  const line = matrix.lines[fact];
  if (line === undefined) {
    if (matrix.nextSessionFacts.includes(fact)) tellNextSession(told, fact);
    return;
  }
  let open = true;
  let untilDay = Number.NEGATIVE_INFINITY;
  for (const item of line.items) {
    const rule = ruleOf(told.release, told.plan.healing, item);
    if (rule.state !== 'open') open = false;
    if (rule.state === 'waiting' && rule.untilDay > untilDay) untilDay = rule.untilDay;
  }
  if (open) {
    if (line.open !== null) tellPhrase(told, fact, line.open, line, undefined);
  } else if (line.waiting !== null && untilDay > Number.NEGATIVE_INFINITY) {
    if (line.waiting === 'ban') tellNouns(told, fact, line);
    else tellPhrase(told, fact, line.waiting, line, untilDay);
  }
}

function tellNouns(told: Told, fact: string, line: Line): void {
  for (const item of line.items) {
    const rule = ruleOf(told.release, told.plan.healing, item);
    if (rule.state !== 'waiting' || told.items.has(item)) continue;
    told.items.add(item);
    const { untilDay, clinic } = rule;
    put(told, {
      fact,
      key: fact,
      role: 'ban',
      lesser: isLesser(told, fact, 'ban'),
      kind: 'noun',
      item,
      untilDay,
      clinic,
    });
  }
}

function tellPhrase(told: Told, fact: string, key: string, line: Line, untilDay: number | undefined): void {
  if (told.cited.has(key)) return;
  const role = roleOf(line);
  if (untilDay !== undefined && role === 'ban' && line.items.every((item) => told.items.has(item))) return;
  cite(told, key);
  put(told, {
    fact,
    key,
    role,
    lesser: isLesser(told, fact, role),
    kind: 'phrase',
    untilDay,
  });
  if (untilDay !== undefined) for (const item of line.items) told.items.add(item);
}

function tellNextSession(told: Told, fact: string): void {
  const next = told.plan.nextSession;
  if (next === undefined) return;
  const key = next.kind === 'date' ? fact : `${fact}-${next.kind}`;
  if (told.cited.has(key)) return;
  cite(told, key);
  put(told, { fact, key, role: 'ban', lesser: false, kind: 'next', next });
}

function cite({ cited, release }: Told, key: string): void {
  cited.add(key);
  for (const id of release.matrix.cites[key] ?? []) cited.add(id);
}

function roleOf({ role }: Line): Role {
  return role === 'expect' || role === 'advice' ? role : 'ban';
}
