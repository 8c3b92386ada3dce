import { existsSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { lintTemplates } from '@aftercare/conversation/template-lint';
import { lintOwnProtocol, lintProtocol } from '@aftercare/protocol/lint/lint-protocol';
import { FILE_SCHEMAS } from '@aftercare/protocol/schema';
import { optionLines, readCommandLine } from './command-line.ts';
import { checksumProblems, readDocument, readVersion, versionsIn } from './preview/content-files.ts';
import { reportLines } from './preview/lint-report.ts';

const BUNDLED = fileURLToPath(new URL('../../protocol/content', import.meta.url));

const options = {
  content: { kind: 'text', value: 'folder', help: 'the versions to check (default: the bundled content)' },
  file: { kind: 'text', value: 'own.json', help: 'check a clinic’s own protocol instead' },
  template: {
    kind: 'text',
    value: 'own.json',
    help: 'write the bundled protocol as one file, for a clinic to start its own from',
  },
} as const;

const help = `Usage: npx pnpm@12 protocol:lint [--content <folder> | --file <own.json>]
       npx pnpm@12 protocol:lint --template <own.json>

Checks every protocol version under the folder: shape, references, words, every text and answer that can be
composed, reading grade, checksums. Exit 1 names file and key of everything that is wrong.

${optionLines(options)}`;

process.exitCode = main(process.argv.slice(2));

function main(args: readonly string[]): number {
  const read = readCommandLine(args, options);
  if (!read.ok) return fail(`${read.message} See --help.`);
  if (read.line.flag('help')) {
    console.log(help);
    return 0;
  }
  const own = read.line.text('file');
  if (own !== undefined) return lintOwnFile(own);
  const template = read.line.text('template');
  if (template !== undefined) return writeTemplate(template);
  const folder = read.line.text('content') ?? BUNDLED;
  if (!existsSync(folder)) return fail(`There is no folder ${folder}. Give one with --content.`);
  const startedAt = performance.now();
  const problems = versionsIn(folder).map((version) => lintVersion(folder, version));
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`Checked ${problems.length} version(s) in ${seconds} s.`);
  const inReplies = lintReplies();
  return problems.length > 0 && inReplies === 0 && problems.every((count) => count === 0) ? 0 : 1;
}

/** The fixed texts that answer patients, in both languages (product-rules 3). */
function lintReplies(): number {
  const problems = lintTemplates();
  for (const problem of problems) console.log(problem);
  console.log(`Replies: ${problems.length} problem(s).`);
  return problems.length;
}

function lintVersion(folder: string, version: string): number {
  const read = readVersion(folder, version);
  const report = lintProtocol(read.files);
  const problems = [...read.problems, ...checksumProblems(folder, version), ...report.problems];
  console.log(reportLines(version, { ...report, problems }));
  return problems.length;
}

function lintOwnFile(path: string): number {
  const read = readDocument(path);
  if (!read.ok) return fail(read.message);
  const problems = lintOwnProtocol(read.files);
  console.log(reportLines(path, { problems, counts: undefined }));
  return problems.length === 0 ? 0 : 1;
}

/** What a clinic's own protocol must hold: the bundled files without our documentation of them. */
function writeTemplate(path: string): number {
  const { files } = readVersion(BUNDLED, 'microneedling/v1');
  const own = Object.entries(files).filter(([name]) => Object.hasOwn(FILE_SCHEMAS, name));
  writeFileSync(path, `${JSON.stringify(Object.fromEntries(own), null, 2)}\n`);
  console.log(
    `Wrote ${path}. Give it an id of its own in release.json, change it, and check it with --file.`,
  );
  return 0;
}

function fail(message: string): number {
  console.error(message);
  return 1;
}
