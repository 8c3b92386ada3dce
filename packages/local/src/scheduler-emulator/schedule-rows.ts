import type { EmulatorStore } from '../store/emulator-store.ts';
import { integerOf, optionalIntegerOf, type Row, textOf } from '../store/row.ts';
import { type ScheduleBody, scheduleSchema, tagsSchema } from './schedule-request.ts';

export type ScheduleRow = {
  readonly region: string;
  readonly group: string;
  readonly name: string;
  readonly body: ScheduleBody;
  readonly createdMs: number;
  readonly modifiedMs: number;
  /** Undefined when it fires no more (or not while disabled). */
  readonly nextMs: number | undefined;
};

export type GroupRow = {
  readonly name: string;
  readonly createdMs: number;
  readonly modifiedMs: number;
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
};

type Id = { readonly region: string; readonly group: string; readonly name: string };

const schema = `
  CREATE TABLE IF NOT EXISTS schedule_groups (
    region TEXT NOT NULL, name TEXT NOT NULL, created_ms REAL NOT NULL, modified_ms REAL NOT NULL,
    tags TEXT NOT NULL,
    PRIMARY KEY (region, name)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS schedules (
    region TEXT NOT NULL, group_name TEXT NOT NULL, name TEXT NOT NULL, body TEXT NOT NULL,
    created_ms REAL NOT NULL, modified_ms REAL NOT NULL, next_ms INTEGER,
    PRIMARY KEY (region, group_name, name)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS schedules_due ON schedules (next_ms) WHERE next_ms IS NOT NULL;
`;

/** Schedules and groups in the store, by region as AWS keeps them. */
export function createScheduleRows(store: EmulatorStore) {
  store.define(schema);
  const { statement } = store;
  return {
    group: (region: string, name: string): GroupRow | undefined => {
      const row = statement('SELECT * FROM schedule_groups WHERE region = ? AND name = ?').get(region, name);
      if (row !== undefined) return groupOf(row);
      return name === 'default' ? { name, createdMs: 0, modifiedMs: 0, tags: [] } : undefined;
    },
    saveGroup: (region: string, group: GroupRow): void => {
      statement('INSERT OR REPLACE INTO schedule_groups VALUES (?, ?, ?, ?, ?)').run(
        region,
        group.name,
        group.createdMs,
        group.modifiedMs,
        JSON.stringify(group.tags),
      );
    },
    removeGroup: (region: string, name: string): void =>
      store.transaction(() => {
        statement('DELETE FROM schedules WHERE region = ? AND group_name = ?').run(region, name);
        statement('DELETE FROM schedule_groups WHERE region = ? AND name = ?').run(region, name);
      }),
    groups: (region: string): GroupRow[] =>
      statement('SELECT * FROM schedule_groups WHERE region = ? ORDER BY name').all(region).map(groupOf),
    schedule: ({ region, group, name }: Id): ScheduleRow | undefined => {
      const row = statement('SELECT * FROM schedules WHERE region = ? AND group_name = ? AND name = ?').get(
        region,
        group,
        name,
      );
      return row === undefined ? undefined : scheduleOf(row);
    },
    saveSchedule: (row: ScheduleRow): void => {
      statement('INSERT OR REPLACE INTO schedules VALUES (?, ?, ?, ?, ?, ?, ?)').run(
        row.region,
        row.group,
        row.name,
        JSON.stringify(row.body),
        row.createdMs,
        row.modifiedMs,
        row.nextMs ?? null,
      );
    },
    removeSchedule: ({ region, group, name }: Id): boolean =>
      statement('DELETE FROM schedules WHERE region = ? AND group_name = ? AND name = ?').run(
        region,
        group,
        name,
      ).changes === 1,
    /** In the order ListSchedules pages through: group, then name. */
    schedules: (region: string): ScheduleRow[] =>
      statement('SELECT * FROM schedules WHERE region = ? ORDER BY group_name, name')
        .all(region)
        .map(scheduleOf),
    due: (nowMs: number): ScheduleRow[] =>
      statement('SELECT * FROM schedules WHERE next_ms <= ? ORDER BY next_ms, group_name, name')
        .all(nowMs)
        .map(scheduleOf),
    nextDueMs: (): number | undefined => {
      const row = statement('SELECT MIN(next_ms) AS at FROM schedules').get();
      return row === undefined ? undefined : optionalIntegerOf(row, 'at');
    },
  };
}

export type ScheduleRows = ReturnType<typeof createScheduleRows>;

function groupOf(row: Row): GroupRow {
  return {
    name: textOf(row, 'name'),
    createdMs: integerOf(row, 'created_ms'),
    modifiedMs: integerOf(row, 'modified_ms'),
    tags: tagsSchema.parse(JSON.parse(textOf(row, 'tags'))),
  };
}

function scheduleOf(row: Row): ScheduleRow {
  return {
    region: textOf(row, 'region'),
    group: textOf(row, 'group_name'),
    name: textOf(row, 'name'),
    body: scheduleSchema.parse(JSON.parse(textOf(row, 'body'))),
    createdMs: integerOf(row, 'created_ms'),
    modifiedMs: integerOf(row, 'modified_ms'),
    nextMs: optionalIntegerOf(row, 'next_ms'),
  };
}
