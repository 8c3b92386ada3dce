import { DatabaseSync } from 'node:sqlite';

/**
 * Every write of the embedded database looks up the newest stream record of its table, and without this index
 * it scans all of them: transactions slow down to a fifth after 8,000 records (design 5.9). The second index
 * serves the reader of the stream.
 */
const indexes = `
  CREATE INDEX IF NOT EXISTS aftercare_stream_sequence
    ON _stream_records (table_name, CAST(sequence_number AS INTEGER));
  CREATE INDEX IF NOT EXISTS aftercare_stream_shard
    ON _stream_records (shard_id, CAST(sequence_number AS INTEGER));
`;

const streamTable = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_stream_records'";
const indexPresent = "SELECT 1 FROM sqlite_master WHERE type = 'index' AND name = 'aftercare_stream_shard'";

/** True once the database file has its stream table and lacks the indexes. The server may be running. */
export function lacksStreamIndex(file: string): boolean {
  return withDatabase(file, (database) => {
    if (database.prepare(streamTable).get() === undefined) return false;
    return database.prepare(indexPresent).get() === undefined;
  });
}

/** Adds the indexes. The server must be stopped: it has prepared its statements without them. */
export function addStreamIndex(file: string): void {
  withDatabase(file, (database) => database.exec(indexes));
}

/**
 * Deletes stream records that were consumed and are older than a day, as AWS trims its streams. The newest
 * record of a table always stays: the server counts on from it.
 *
 * @param consumed the highest sequence number the reader has finished with
 * @param beforeEpochSeconds records created at or after this stay
 * @returns how many were deleted
 */
export function trimStream(file: string, consumed: number, beforeEpochSeconds: number): number {
  return withDatabase(file, (database) => {
    if (database.prepare(streamTable).get() === undefined) return 0;
    const result = database
      .prepare(
        `DELETE FROM _stream_records
         WHERE created_at < ? AND CAST(sequence_number AS INTEGER) <= ?
           AND id NOT IN (SELECT MAX(id) FROM _stream_records GROUP BY table_name)`,
      )
      .run(beforeEpochSeconds, consumed);
    return Number(result.changes);
  });
}

/** SQLite's own check of the file's structure; undefined when it is sound. */
export function damageOf(file: string): string | undefined {
  try {
    const row = withDatabase(file, (database) => database.prepare('PRAGMA quick_check(1)').get());
    return row?.quick_check === 'ok' ? undefined : String(row?.quick_check);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function withDatabase<T>(file: string, work: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(file, { timeout: 5_000 });
  try {
    return work(database);
  } finally {
    database.close();
  }
}
