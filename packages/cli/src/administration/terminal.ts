import { readFileSync } from 'node:fs';
import type { FieldError } from '@aftercare/contract/validate';
import type { Connection } from './connect.ts';

/** What a command reaches besides the system; tests hand in their own. */
export type Terminal = {
  out(text: string): void;
  err(text: string): void;
  readonly connect: () => Promise<Connection>;
  /** Who is administering, for the clinic's history. */
  readonly user: string;
};

/** 0 done · 1 refused or failed · 2 not understood. */
export type ExitCode = 0 | 1 | 2;

export type ReadFile =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string };

/** A JSON file as an operator writes it; what is wrong with it is one sentence. */
export function readJsonFile(path: string): ReadFile {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return { ok: false, message: `${path} cannot be read: there is no such file, or it may not be read.` };
  }
  try {
    const value: unknown = JSON.parse(text);
    return { ok: true, value };
  } catch (error) {
    return {
      ok: false,
      message: `${path} is not JSON: ${error instanceof Error ? error.message : 'unreadable'}.`,
    };
  }
}

/** One line per wrong field, aligned: the field on the left, what would be right beside it. */
export function errorLines(errors: readonly FieldError[]): string {
  const width = Math.min(48, Math.max(...errors.map(({ path }) => path.length)));
  return errors
    .map(({ path, message }) => `  ${(path || '(the file)').padEnd(width)}  ${message}`)
    .join('\n');
}

/** Rows under their headings, columns as wide as they must be. */
export function tableLines(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  return [headings, ...rows]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
