import type { SeedResult } from './run-seed.ts';

const mostLines = 120;

/**
 * The story of a failure: the lines that name what the violation names (a session, a text, an alert), and
 * what people did, up to the violation. `whole` gives every line.
 */
export function explain(result: SeedResult, whole: boolean): readonly string[] {
  const { violation, trace } = result;
  if (violation === undefined) return trace;
  const head = [
    `seed ${result.seed} breaks invariant ${violation.invariant} at ${violation.at}`,
    `  ${violation.seen}`,
    `  replay: npx pnpm@12 simulate --first ${result.seed} --seeds 1 (and --trace for every step)`,
  ];
  if (whole) return [...head, ...trace];
  const names = violation.seen.match(/[a-z2-7]{26}|[0-9A-Z]{26}|SM\d{8}e+|alert \d{4,6}/g) ?? [];
  const about = trace.filter(
    (line) => line.includes('VIOLATION') || names.some((name) => mentions(line, name)),
  );
  const lines = names.length === 0 ? trace : about;
  const first = lines.findIndex((line) => line.includes('VIOLATION'));
  const story = lines.slice(0, first + 1).slice(-mostLines);
  return [...head, ...story.map((line) => line.slice(0, 220))];
}

/** Keys are cut short in the lines of a transaction. */
const mentions = (line: string, name: string): boolean =>
  line.includes(name) || line.includes(`#${name.slice(0, 8)}`);
