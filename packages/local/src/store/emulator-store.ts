import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { textOf } from './row.ts';

/** The one file in which clock, queues, schedules and emulator messages live. */
export type EmulatorStore = {
  /** A prepared statement, compiled once per text. */
  readonly statement: (sql: string) => StatementSync;
  readonly define: (schema: string) => void;
  /** Runs the work atomically; an inner call joins the outer transaction. */
  readonly transaction: <T>(work: () => T) => T;
  readonly setting: (name: string) => string | undefined;
  readonly saveSetting: (name: string, value: string) => void;
  readonly close: () => void;
};

export type OpenedStore =
  | { readonly ok: true; readonly store: EmulatorStore }
  | { readonly ok: false; readonly message: string };

/**
 * Opens (and creates) the store. WAL with `synchronous = NORMAL` keeps every acknowledged change over
 * `kill -9`; the exclusive lock keeps a second runtime off the same folder.
 *
 * @param file path of the database file, or `:memory:`
 */
export function openEmulatorStore(file: string): OpenedStore {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { timeout: 0 });
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    database.exec('CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT');
    database.exec('BEGIN IMMEDIATE; COMMIT');
    const verdict = database.prepare('PRAGMA quick_check(1)').get();
    if (verdict !== undefined && textOf(verdict, 'quick_check') !== 'ok') throw new Error('malformed');
    return { ok: true, store: storeOver(database) };
  } catch (error) {
    database?.close();
    return { ok: false, message: openFailure(file, error instanceof Error ? error.message : String(error)) };
  }
}

const elsewhere = 'set LOCAL_DATA to another folder';

function openFailure(file: string, cause: string): string {
  if (/locked|busy/i.test(cause)) {
    return `${file} is in use: another Aftercare runtime works in this folder. Stop it, or ${elsewhere}.`;
  }
  if (/not a database|malformed|corrupt/i.test(cause)) {
    return `${file} is damaged and cannot be read. Move it away (or ${elsewhere}) and start again.`;
  }
  return `${file} cannot be opened for writing (${cause}). Check the permissions, or ${elsewhere}.`;
}

function storeOver(database: DatabaseSync): EmulatorStore {
  const statements = new Map<string, StatementSync>();
  let depth = 0;
  const statement = (sql: string): StatementSync => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const prepared = database.prepare(sql);
    statements.set(sql, prepared);
    return prepared;
  };
  return {
    statement,
    define: (schema) => database.exec(schema),
    transaction: (work) => {
      if (depth > 0) return work();
      database.exec('BEGIN IMMEDIATE');
      depth += 1;
      try {
        const result = work();
        database.exec('COMMIT');
        return result;
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      } finally {
        depth -= 1;
      }
    },
    setting: (name) => {
      const row = statement('SELECT value FROM settings WHERE name = ?').get(name);
      return row === undefined ? undefined : textOf(row, 'value');
    },
    saveSetting: (name, value) => {
      statement('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)').run(name, value);
    },
    close: () => database.close(),
  };
}
