import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { lintProtocol } from '@aftercare/protocol/lint/lint-protocol';
import { checksumProblems, readVersion, versionsIn } from './preview/content-files.ts';
import { reportLines } from './preview/lint-report.ts';

const BUNDLED = fileURLToPath(new URL('../../protocol/content', import.meta.url));
const HELP = `Usage: pnpm protocol:lint [--content <folder>]

Checks every protocol version under the folder (default: the bundled content): shape, references, words, every text and
answer that can be composed, reading grade, checksums. Exit 1 names file and key of everything that is wrong.`;

process.exitCode = main(process.argv.slice(2));

function main(args: string[]): number {
  const parsed = parseOptions(args);
  if (parsed === 'help') {
    console.log(HELP);
    return 0;
  }
  if (parsed === undefined || !existsSync(parsed)) {
    console.error(parsed === undefined ? HELP : `There is no folder ${parsed}. Give one with --content.`);
    return 1;
  }
  const startedAt = performance.now();
  const lines = versionsIn(parsed).map((version) => {
    const read = readVersion(parsed, version);
    const report = lintProtocol(read.files);
    const problems = [...read.problems, ...checksumProblems(parsed, version), ...report.problems];
    return { problems: problems.length, text: reportLines(version, { ...report, problems }) };
  });
  for (const { text } of lines) console.log(text);
  console.log(
    `Checked ${lines.length} version(s) in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`,
  );
  return lines.length > 0 && lines.every(({ problems }) => problems === 0) ? 0 : 1;
}

function parseOptions(args: string[]): string | 'help' | undefined {
  try {
    const { values } = parseArgs({
      args,
      options: { content: { type: 'string', default: BUNDLED }, help: { type: 'boolean', default: false } },
    });
    return values.help ? 'help' : values.content;
  } catch (error) {
    console.error(error instanceof Error ? error.message : 'Unknown option.');
    return undefined;
  }
}
