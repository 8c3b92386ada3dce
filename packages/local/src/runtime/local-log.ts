import { appendFileSync, existsSync, renameSync, statSync } from 'node:fs';
import { redact } from '@aftercare/sms/redaction';
import type { Log, LogFields, Metrics } from '@aftercare/usecases/ports';

const sizeMaxBytes = 5 * 1024 * 1024;

/**
 * The functions' log lines, redacted as in production, as JSON lines in a file: the terminal stays readable.
 * The file of an earlier run is kept once, under `.1`, when it has grown large.
 *
 * @param nowText stamps the line
 */
export function createLocalLog(file: string | undefined, nowText: () => string): Log {
  if (file !== undefined && existsSync(file) && statSync(file).size > sizeMaxBytes)
    renameSync(file, `${file}.1`);
  const write = (level: string, event: string, fields: LogFields = {}): void => {
    if (file === undefined) return;
    const safe = redact({ ...fields });
    const line = JSON.stringify({ timestamp: nowText(), level, event, fields: safe });
    appendFileSync(file, `${line}\n`);
  };
  return {
    info: (event, fields) => write('INFO', event, fields),
    warn: (event, fields) => write('WARN', event, fields),
    error: (event, fields) => write('ERROR', event, fields),
  };
}

/** Counts of this run, by name; CloudWatch's part. */
export function createLocalMetrics(): Metrics & { readonly counts: ReadonlyMap<string, number> } {
  const counts = new Map<string, number>();
  return {
    counts,
    count: (name, value = 1) => void counts.set(name, (counts.get(name) ?? 0) + value),
    seconds: () => undefined,
  };
}
