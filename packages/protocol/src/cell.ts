import type { ClassId } from './classes.ts';
import type { AreaGroup, AreaRule, FactsByDay, ProtocolRelease } from './release.ts';
import { type Healing, ruleOf } from './timeline.ts';

/** One cell of the matrix C3 with everything of the patient that bends it. */
export type Cell = {
  release: ProtocolRelease;
  healing: Healing;
  classId: ClassId;
  /** The day of the cell: the latest one with a cell on or before the asked day. */
  day: string;
  areas: readonly AreaRule[];
};

const AREA_GROUPS: readonly AreaGroup[] = ['face', 'eyes', 'lips', 'neck', 'hair', 'body', 'hands'];

export function cellAt(release: ProtocolRelease, healing: Healing, classId: ClassId, day: number): Cell {
  const named = healing.sessions.flatMap(({ session }) => [...session.areas]);
  const areas: readonly string[] = named.length > 0 ? named : ['face'];
  const groups = new Set(areas.map((area) => release.modifiers.areaGroups[area] ?? 'face'));
  const rules = AREA_GROUPS.filter((group) => groups.has(group)).map(
    (group) => release.modifiers.areas[group],
  );
  return { release, healing, classId, day: cellDayOf(release, day), areas: rules };
}

/**
 * The cell's facts in order; what area, skin, home or a combined visit add stands before its last fact (C3
 * modifiers); the bans of the day that the cell does not name come at the end. What gives way when room is
 * short is decided by what a fact is to the patient, not by its place here (`advice.ts`).
 */
export function orderedFacts(cell: Cell): string[] {
  const { matrix, modifiers } = cell.release;
  const ids = matrix.cells[cell.day]?.[cell.classId] ?? [];
  const last = ids.findLastIndex((id) => id.startsWith('F-') && matrix.lines[id] !== undefined);
  const at = last < 0 ? ids.length : last;
  const bans = matrix.bans[cell.day]?.carried ?? [];
  const makeup = cell.areas.some((area) => area.makeup);
  const facts: string[] = [];
  const add = (fact: string) => {
    if ((makeup || fact !== modifiers.makeupFact) && !facts.includes(fact)) facts.push(fact);
  };
  for (const fact of sunFirst(cell)) add(fact);
  for (let index = 0; index < at; index += 1) add(ids[index] ?? '');
  for (const fact of added(cell)) add(fact);
  for (let index = at; index < ids.length; index += 1) add(ids[index] ?? '');
  for (const fact of bans) add(fact);
  return facts;
}

/**
 * The signs to watch, in the release's order: those of the cell, of area and flags, and of every earlier
 * session that is still healing, on its own day (product-rules 7).
 */
export function watchedSigns(cell: Cell, facts: readonly string[]): string[] {
  const { release, healing, day } = cell;
  const { matrix, modifiers } = release;
  const more: string[] = [];
  for (const [index, entry] of healing.sessions.entries()) {
    if (index > 0) more.push(...(matrix.cells[cellDayOf(release, entry.day)]?.[entry.classId] ?? []));
  }
  for (const area of cell.areas) more.push(...(area.watch[day] ?? []));
  for (const flag of healing.flags) more.push(...(modifiers.flags[flag]?.watch[day] ?? []));
  const watched = (id: string) =>
    matrix.alwaysWatched.includes(id) || facts.includes(id) || more.includes(id);
  return matrix.symptomOrder.filter(watched).concat(matrix.emergency.filter(watched));
}

function added({ release, healing, areas, day }: Cell): string[] {
  const { modifiers } = release;
  const { newest } = healing;
  const facts: string[] = [];
  const add = (byDay: FactsByDay) => facts.push(...(byDay[day] ?? []));
  if ((newest.combinedWith ?? []).length > 0) add(modifiers.combined.add);
  if (newest.setting === 'home') add(modifiers.home.add);
  for (const area of areas) add(area.add);
  if (healing.skinTypes.size === 0) return facts;
  for (const [skin, rule] of Object.entries(modifiers.skin)) if (healing.skinTypes.has(skin)) add(rule.add);
  return facts;
}

/** Neck, décolleté and pigment-prone skin hear about the sun first, on every day (C3 modifiers). */
function sunFirst({ release, healing, areas, day }: Cell): string[] {
  const { modifiers, matrix } = release;
  const asked =
    areas.some((area) => area.sunFirst) ||
    [...healing.flags].some((flag) => modifiers.flags[flag]?.sunFirst === true);
  if (!asked) return [];
  const items = matrix.lines[modifiers.sunLine.waiting]?.items ?? [];
  if (items.some((item) => ruleOf(release, healing, item).state === 'waiting')) {
    return [modifiers.sunLine.waiting];
  }
  const open = modifiers.sunLine.open[day];
  return open === undefined ? [] : [open];
}

function cellDayOf(release: ProtocolRelease, day: number): string {
  if (release.matrix.cells[String(day)] !== undefined) return String(day);
  const days = Object.keys(release.matrix.cells).map(Number);
  return String(Math.max(...days.filter((known) => known <= day), Math.min(...days)));
}
