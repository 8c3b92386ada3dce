import { posix } from 'node:path';
import type { Finding, Repository } from './repository.ts';

const PNPM_OWN = new Set([
  'install',
  'add',
  'exec',
  'dlx',
  'run',
  'why',
  'outdated',
  'audit',
  'licenses',
  'list',
]);
const PATH_ROOTS = /^(?:packages|functions|infra|test|docs|\.ci|\.github)\//;
// Written in pieces so that this file does not find itself.
const MACHINE_PATH = new RegExp(
  ['/wo', 'rk/(?:main|shared|team)', '|/ro', 'ot/', '|/ho', 'me/[a-z]', '|/tm', 'p/[a-z]'].join(''),
);

/** Links, paths and commands in the documents that lead nowhere. */
export function docFindings(repository: Repository): Finding[] {
  const scripts = scriptsOf(repository);
  return [...repository.files]
    .filter(([path]) => path.endsWith('.md'))
    .flatMap(([path, text]) =>
      text.split('\n').flatMap((line, index) => {
        const at = `${path}:${index + 1}`;
        return [...checkLinks(path, at, line, repository), ...checkPaths(path, at, line, repository)].concat(
          checkCommands(at, line, scripts),
        );
      }),
    );
}

/** Scripts of the root that start a file which is not there. */
export function scriptFindings(repository: Repository): Finding[] {
  return Object.entries(scriptsOf(repository)).flatMap(([name, command]) => {
    const files = [...command.matchAll(/(?:^|\s)((?:packages|functions|infra|test)\/[\w./-]+\.ts)/g)];
    return files
      .map((match) => match[1] ?? '')
      .filter((file) => !repository.files.has(file))
      .map((file) => ({
        at: 'package.json',
        problem: `script ${name} runs ${file}`,
        fix: 'write it or mend the path',
      }));
  });
}

/** Places of one machine that got into the repository. */
export function machinePathFindings(repository: Repository): Finding[] {
  return [...repository.files].flatMap(([path, text]) => {
    if (!MACHINE_PATH.test(text)) return [];
    return text.split('\n').flatMap((line, index) => {
      const found = MACHINE_PATH.exec(line)?.[0];
      if (found === undefined) return [];
      const fix = 'use a path relative to the repository, or node:os tmpdir()';
      return [{ at: `${path}:${index + 1}`, problem: `names ${found}`, fix }];
    });
  });
}

function checkLinks(path: string, at: string, line: string, repository: Repository): Finding[] {
  return [...line.matchAll(/\]\(([^)\s]+)\)/g)].flatMap((match) => {
    const target = (match[1] ?? '').replace(/#.*$/, '');
    if (target === '' || /^[a-z]+:/.test(target)) return [];
    const full = posix.normalize(posix.join(posix.dirname(path), target));
    if (exists(full, repository)) return [];
    return [{ at, problem: `links to ${target}, which is not there`, fix: 'mend the link' }];
  });
}

function checkPaths(path: string, at: string, line: string, repository: Repository): Finding[] {
  return [...line.matchAll(/`([^`\s]+)`/g)].flatMap((match) => {
    const target = (match[1] ?? '').replace(/[:#].*$/, '').replace(/\/$/, '');
    if (!PATH_ROOTS.test(target) || /[*<{…|]/.test(target)) return [];
    const besides = posix.normalize(posix.join(posix.dirname(path), target));
    if (exists(target, repository) || exists(besides, repository)) return [];
    return [{ at, problem: `names \`${target}\`, which is not there`, fix: 'mend the path' }];
  });
}

function checkCommands(at: string, line: string, scripts: Record<string, string>): Finding[] {
  return [...line.matchAll(/npx (?:-y )?pnpm@12(?: run)? ([a-z][\w:-]*)/g)].flatMap((match) => {
    const script = match[1] ?? '';
    if (script in scripts || PNPM_OWN.has(script)) return [];
    return [{ at, problem: `tells to run "${script}"`, fix: 'package.json has no such script: mend either' }];
  });
}

function exists(path: string, repository: Repository): boolean {
  if (path === '.' || repository.files.has(path)) return true;
  for (const file of repository.files.keys()) {
    if (file.startsWith(`${path}/`) || file === `${path}.ts`) return true;
  }
  return false;
}

function scriptsOf(repository: Repository): Record<string, string> {
  const manifest: { scripts?: Record<string, string> } = JSON.parse(
    repository.files.get('package.json') ?? '{}',
  );
  return manifest.scripts ?? {};
}
