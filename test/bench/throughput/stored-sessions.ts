import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Fills the embedded database with copies of the one session that is stored in it, straight into its file
 * while nobody serves it: through the API a hundred thousand of them would take the better part of an hour.
 */
export function storeCopies(
  folder: string,
  model: Readonly<Record<string, string>>,
  from: number,
  to: number,
): void {
  const database = new DatabaseSync(join(folder, 'dynamodb.sqlite'));
  database.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000');
  const tokens = Object.entries(model);
  const ofModel = tokens.map(([token]) => `pk || sk LIKE '%${token}%'`).join(' OR ');
  const rows = database
    .prepare(`SELECT pk, sk, item_json, item_size, hash_prefix FROM aftercare WHERE ${ofModel}`)
    .all();
  const index = database
    .prepare('SELECT gsi_pk, gsi_sk, table_pk, table_sk, item_json FROM "aftercare::gsi::work"')
    .all()
    .filter((row) => tokens.some(([token]) => String(row.table_pk).includes(token)));
  const putRow = database.prepare(
    'INSERT OR REPLACE INTO aftercare (pk, sk, item_json, item_size, hash_prefix) VALUES (?, ?, ?, ?, ?)',
  );
  const putIndex = database.prepare('INSERT OR REPLACE INTO "aftercare::gsi::work" VALUES (?, ?, ?, ?, ?)');
  database.exec('BEGIN');
  for (let n = from; n < to; n += 1) {
    const copy = (value: unknown): string =>
      tokens.reduce((text, [token, kind]) => text.replaceAll(token, nameOf(kind, token, n)), String(value));
    for (const row of rows) {
      putRow.run(
        copy(row.pk),
        copy(row.sk),
        copy(row.item_json),
        Number(row.item_size),
        String(row.hash_prefix),
      );
    }
    for (const row of index) {
      putIndex.run(
        String(row.gsi_pk),
        String(row.gsi_sk),
        copy(row.table_pk),
        copy(row.table_sk),
        copy(row.item_json),
      );
    }
  }
  database.exec('COMMIT');
  database.close();
}

/** As long as what it stands for, so that rows keep their size. */
function nameOf(kind: string, token: string, n: number): string {
  const digits = String(n).padStart(token.length - 1, '0');
  return `${kind}${digits}`.slice(-token.length);
}
