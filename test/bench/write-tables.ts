import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { PartResult } from './measure.ts';
import type { Figure } from './part.ts';

const document = fileURLToPath(new URL('../../docs/performance.md', import.meta.url));

/**
 * Puts the figures of a run into docs/performance.md: what stands between `<!-- bench: part -->` and
 * `<!-- end -->` is replaced, parts without such a place are left out.
 */
export function writeTables(results: readonly PartResult[], now: Date): void {
  const measured = results.filter(({ figures }) => figures.length > 0);
  const text = measured.reduce(
    (page, result) =>
      page.replace(
        new RegExp(`(<!-- bench: ${result.part} -->\n)[\\s\\S]*?(<!-- end -->)`),
        (_all, start, end) => `${start}${tableOf(result, now)}\n${end}`,
      ),
    readFileSync(document, 'utf8'),
  );
  writeFileSync(document, text);
}

function tableOf({ figures, seconds }: PartResult, now: Date): string {
  const machine = `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}`;
  const at = now.toISOString().slice(0, 16).replace('T', ' ');
  return [
    `Measured on ${at} UTC in ${seconds} s; ${machine}, Node ${process.version}.`,
    '',
    '| | | middle half of the samples | bar |',
    '|---|---|---|---|',
    ...figures.map(rowOf),
  ].join('\n');
}

function rowOf({ name, value, unit, quartiles, bar, met }: Figure): string {
  const spread = quartiles === undefined ? '' : `${quartiles[0]} to ${quartiles[1]}`;
  const judged = bar === undefined ? '' : `${bar}: ${met === true ? 'met' : '**not met**'}`;
  return `| ${name} | ${value} ${unit} | ${spread} | ${judged} |`;
}
