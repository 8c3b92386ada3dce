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
  const facts = [...sunFirst(cell), ...ids.slice(0, at), ...added(cell), ...ids.slice(at), ...bans];
  const makeup = cell.areas.some((area) => area.makeup);
  return [...new Set(makeup ? facts : facts.filter((fact) => fact !== modifiers.makeupFact))];
}

/**
 * The signs to watch, in the release's order: those of the cell, of area and flags, and of every earlier
 * session that is still healing, on its own day (product-rules 7).
 */
export function watchedSigns(cell: Cell, facts: readonly string[]): string[] {
  const { release, healing, day } = cell;
  const { matrix, modifiers } = release;
  const ids = new Set([...matrix.alwaysWatched, ...facts]);
  for (const entry of healing.sessions.slice(1)) {
    for (const id of matrix.cells[cellDayOf(release, entry.day)]?.[entry.classId] ?? []) ids.add(id);
  }
  for (const area of cell.areas) for (const id of area.watch[day] ?? []) ids.add(id);
  for (const flag of healing.flags) for (const id of modifiers.flags[flag]?.watch[day] ?? []) ids.add(id);
  return [...matrix.symptomOrder, ...matrix.emergency].filter((id) => ids.has(id));
}

function added({ release, healing, areas, day }: Cell): string[] {
  const { modifiers } = release;
  const { newest } = healing;
  const of = (add: FactsByDay) => add[day] ?? [];
  const skins = Object.entries(modifiers.skin).filter(([skin]) => healing.skinTypes.has(skin));
  return [
    ...((newest.combinedWith ?? []).length > 0 ? of(modifiers.combined.add) : []),
    ...(newest.setting === 'home' ? of(modifiers.home.add) : []),
    ...areas.flatMap((area) => of(area.add)),
    ...skins.flatMap(([, rule]) => of(rule.add)),
  ];
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
