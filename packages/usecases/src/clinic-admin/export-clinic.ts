import { createHash } from 'node:crypto';
import { clinicRowKey } from '../keys.ts';
import type { Item } from '../ports.ts';
import { type AdminReach, clinicHistory, readStoredClinic } from './clinic-row.ts';
import { rowsOfClinic, type TableScan } from './table-scan.ts';

export type ExportFile = { readonly name: string; readonly content: string; readonly sha256: string };

export type ExportOutcome =
  | { readonly kind: 'exported'; readonly files: readonly ExportFile[]; readonly rows: number }
  | { readonly kind: 'no_clinic' };

const leftOut = new Set(['pk', 'sk', 'workShard', 'attendAt', 'webhookSecrets']);

/**
 * Everything of one clinic, for the clinic: one JSON file with all rows by kind, one CSV per kind, and the
 * checksums (product-rules 10). Secrets stay out. Records on the clinic that this state was handed over,
 * which `remove` asks for.
 */
export async function exportClinic(
  system: AdminReach & { readonly scan: TableScan },
  clinicId: string,
  by: string,
): Promise<ExportOutcome> {
  const stored = await readStoredClinic(system, clinicId);
  if (stored === undefined) return { kind: 'no_clinic' };
  const rows = await rowsOfClinic(system.scan, clinicId);
  const kinds = byKind(rows);
  const whole = { clinicId, exportedAt: system.clock.now(), rows: Object.fromEntries(kinds) };
  const json = `${JSON.stringify(whole, null, 2)}\n`;
  const files = [
    exportFile('clinic.json', json),
    ...[...kinds].map(([kind, items]) => exportFile(`${kind}.csv`, csvOf(items))),
  ];
  const sums = files.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join('');
  await noteExport(system, clinicId, by);
  return { kind: 'exported', rows: rows.length, files: [...files, exportFile('SHA256SUMS', sums)] };
}

async function noteExport(system: AdminReach, clinicId: string, by: string): Promise<void> {
  const exportedAt: Item = { exportedAt: system.clock.now() };
  const written = await system.table.transact([
    { write: 'update', key: clinicRowKey(clinicId), set: exportedAt, condition: { is: 'present' } },
    ...clinicHistory(system, clinicId, 'clinic.exported', `Everything was exported by ${by}.`),
  ]);
  // Without the note `remove` would refuse, and nobody would know why.
  if (!written.ok) throw new Error('Another change was in the way: the export is not on record, try again');
}

function byKind(rows: readonly Item[]): Map<string, Item[]> {
  const kinds = new Map<string, Item[]>();
  for (const row of rows) {
    const kind = typeof row.row === 'string' ? row.row : 'other';
    const shown = Object.fromEntries(Object.entries(row).filter(([name]) => !leftOut.has(name)));
    kinds.set(kind, [...(kinds.get(kind) ?? []), shown]);
  }
  return new Map([...kinds].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function exportFile(name: string, content: string): ExportFile {
  return { name, content, sha256: createHash('sha256').update(content).digest('hex') };
}

/** RFC 4180, one column per attribute that any row has; what is not a plain value stands as JSON. */
export function csvOf(rows: readonly Item[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].sort();
  const lines = [columns, ...rows.map((row) => columns.map((column) => cellText(row[column])))];
  return lines.map((line) => `${line.map(cell).join(',')}\r\n`).join('');
}

function cellText(value: Item[string] | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/**
 * A patient's text may begin with = or @: the apostrophe keeps a spreadsheet from running it as a formula.
 */
function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
