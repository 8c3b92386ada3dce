import { posix } from 'node:path';
import { type Finding, isTestFile, type Repository } from './repository.ts';
import type { SourceFacts } from './source-facts.ts';

const KEBAB_FILE = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)*$/;
const KEBAB_FOLDER = /^\.?[a-z0-9]+(?:-[a-z0-9]+)*$/;
const FORM_NAMES = /^(?:utils?|helpers?|commons?|misc|shared)$/;
const CODE = /\.(?:ts|tsx|js|mjs|json|jsonl|css|yaml|yml|sh|py)$/;
// Files whose names are fixed by a tool or a custom.
const FIXED_NAMES = new Set(['tsconfig.base.json']);

/** File and folder names: kebab-case, named for what they hold and never for their form. */
export function nameFindings(repository: Repository): Finding[] {
  return [...repository.files.keys()].flatMap((path) => [...checkCase(path), ...checkMeaning(path)]);
}

/** Production files that nothing imports, names or starts. */
export function deadFileFindings(sources: readonly SourceFacts[], repository: Repository): Finding[] {
  const imported = new Set(
    sources.flatMap((source) => source.imports.map((one) => resolved(source.path, one.specifier))),
  );
  const named = new Set(sources.flatMap((source) => source.strings.map((text) => posix.basename(text))));
  const outside = [...repository.files]
    .filter(([path]) => !/\.tsx?$/.test(path) && !path.startsWith('pnpm-lock'))
    .map(([, text]) => text)
    .join('\n');
  return sources
    .filter(({ path }) => /^(?:packages|functions|infra)\//.test(path) && !isTestFile(path))
    .filter(({ path }) => !imported.has(path) && !named.has(posix.basename(path)) && !outside.includes(path))
    .filter(({ path }) => !/^functions\/[^/]+\/main\.ts$/.test(path))
    .map(({ path }) => ({
      at: path,
      problem: 'nothing imports it, starts it or names it',
      fix: 'delete it, or use it',
    }));
}

function checkCase(path: string): Finding[] {
  if (!CODE.test(path) || path.startsWith('packages/local/src/console/public/')) return [];
  const parts = path.split('/');
  const file = parts.pop() ?? '';
  const wrongFolder = parts.find((part) => !KEBAB_FOLDER.test(part));
  if (wrongFolder !== undefined)
    return [{ at: path, problem: `folder ${wrongFolder}`, fix: 'name it in kebab-case' }];
  if (KEBAB_FILE.test(file) || FIXED_NAMES.has(file) || file.startsWith('.')) return [];
  return [
    { at: path, problem: 'the file name is not kebab-case', fix: 'rename it, for example send-reminder.ts' },
  ];
}

function checkMeaning(path: string): Finding[] {
  const parts = path.replace(/(?:\.test)?\.[a-z]+$/, '').split('/');
  const findings: Finding[] = [];
  const form = parts.find((part) => FORM_NAMES.test(part));
  if (form !== undefined) {
    findings.push({
      at: path,
      problem: `"${form}" says nothing`,
      fix: 'name it by the noun that it is about',
    });
  }
  if (/(?:^|\/)index\.tsx?$/.test(path)) {
    findings.push({
      at: path,
      problem: 'is an index file',
      fix: 'no barrels: name the file by what it does',
    });
  }
  return findings;
}

function resolved(path: string, specifier: string): string {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(path), specifier);
  const ours = /^@aftercare\/([^/]+)\/(.+)$/.exec(specifier);
  if (ours === null) return specifier;
  const [, workspace, file] = ours;
  const isPackage = !['functions', 'infra', 'test'].includes(workspace ?? '');
  return isPackage ? `packages/${workspace}/src/${file}.ts` : `${workspace}/${file}.ts`;
}
