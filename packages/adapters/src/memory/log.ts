import type { Log, LogFields } from '@aftercare/usecases/ports';

export type LogLine = {
  readonly level: 'info' | 'warn' | 'error';
  readonly event: string;
  readonly fields: LogFields;
};

/** Keeps every line, in order. */
export function createMemoryLog(): Log & { readonly lines: readonly LogLine[] } {
  const lines: LogLine[] = [];
  const writer =
    (level: LogLine['level']) =>
    (event: string, fields: LogFields = {}): void =>
      void lines.push({ level, event, fields: { ...fields } });
  return { lines, info: writer('info'), warn: writer('warn'), error: writer('error') };
}
