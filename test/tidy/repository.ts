import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every file of the working tree that is ours, by its path from the root with `/`. */
export type Repository = { files: ReadonlyMap<string, string> };

/** One thing to mend: where, what is wrong, and what to do about it. */
export type Finding = { at: string; problem: string; fix: string };

const NOT_OURS = new Set([
  'node_modules',
  '.git',
  'cdk.out',
  '.local',
  'coverage',
  'dist',
  '.cache',
  'weights',
]);
const TEXT = /\.(ts|tsx|mts|cts|js|mjs|cjs|json|md|yaml|yml|sh|css|html|py|cs|toml)$|^[^.]+$|\/run$/;

const PICTURE = /\.(png|svg)$/;

/** Reads the tree; binaries and generated folders are left out. */
export function readRepository(root: string): Repository {
  const files = new Map<string, string>();
  walk(root, '', files);
  return { files };
}

/** What a failing test prints: one block per finding, sorted, so that the first line to mend is on top. */
export function report(findings: readonly Finding[]): string {
  const lines = findings.map(({ at, problem, fix }) => `${at}: ${problem}\n    fix: ${fix}`);
  return lines.sort().join('\n');
}

/** The TypeScript files, sorted. */
export function typeScriptFiles(repository: Repository): string[] {
  return [...repository.files.keys()].filter((path) => /\.tsx?$/.test(path)).sort();
}

/** Tests and what only tests use: everything under test/, and `*.test.ts` beside the code. */
export function isTestFile(path: string): boolean {
  return path.startsWith('test/') || /\.test\.tsx?$/.test(path);
}

function walk(root: string, folder: string, files: Map<string, string>): void {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    if (NOT_OURS.has(entry.name)) continue;
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) walk(root, path, files);
    else if (entry.isFile() && TEXT.test(path)) files.set(path, readFileSync(join(root, path), 'utf8'));
    // Documents link to pictures: they are there, though there is nothing to read.
    else if (entry.isFile() && PICTURE.test(path)) files.set(path, '');
  }
}
