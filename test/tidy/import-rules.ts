import { posix } from 'node:path';
import { type Finding, isTestFile, type Repository } from './repository.ts';
import type { Import, SourceFacts } from './source-facts.ts';

const belowContract = ['time', 'sms'];
const belowTriage = [...belowContract, 'contract', 'protocol'];
const pure = [...belowTriage, 'triage', 'conversation', 'reminders', 'alerts'];
const belowLocal = [...pure, 'usecases', 'adapters', 'functions'];

/** Which workspaces may import which (design 3). Anything not listed is the wrong direction. */
const mayImport: Record<string, readonly string[]> = {
  time: [],
  sms: [],
  contract: belowContract,
  protocol: belowContract,
  triage: belowTriage,
  conversation: [...belowTriage, 'triage'],
  reminders: ['time'],
  alerts: ['time'],
  usecases: pure,
  adapters: [...pure, 'usecases'],
  functions: [...pure, 'usecases', 'adapters'],
  local: belowLocal,
  cli: [...belowLocal, 'local'],
  infra: [],
  test: [...belowLocal, 'local', 'cli', 'infra'],
};

/** Packages without async, clock, environment, randomness or any outside world (design 3). */
export const purePackages: readonly string[] = pure;

/** The workspace a file belongs to: `time`, `functions`, `infra`, `test`; undefined for files at the root. */
export function workspaceOf(path: string): string | undefined {
  const match = /^(?:packages\/([^/]+)|(functions|infra|test))\//.exec(path);
  return match?.[1] ?? match?.[2];
}

/** Every import that goes in a direction design section 3 forbids. */
export function importFindings(sources: readonly SourceFacts[]): Finding[] {
  return sources.flatMap((source) =>
    source.imports.flatMap((imported) => checkImport(source.path, imported)),
  );
}

/** Packages that are imported but not declared: they resolve here by luck and nowhere else. */
export function undeclaredFindings(sources: readonly SourceFacts[], repository: Repository): Finding[] {
  return sources.flatMap((source) => {
    const manifest = manifestOf(source.path, repository);
    const known = new Set([
      ...manifest.declared,
      ...(isTestFile(source.path) ? manifest.declaredAtRoot : []),
    ]);
    return source.imports.flatMap((imported): Finding[] => {
      const name = packageNameOf(imported.specifier);
      if (name === undefined || known.has(name) || known.has(`@types/${name}`) || name === manifest.name)
        return [];
      const problem = `imports ${name}, which ${manifest.path} does not declare`;
      return [
        { at: `${source.path}:${imported.line}`, problem, fix: 'declare it there as "catalog:" and install' },
      ];
    });
  });
}

function checkImport(path: string, imported: Import): Finding[] {
  const at = `${path}:${imported.line}`;
  const target = targetOf(path, imported.specifier);
  if (target === undefined) return [];
  const from = workspaceOf(path);
  if (from === undefined) return [];
  if (imported.specifier.startsWith('.') && target.workspace !== from) {
    const fix = `write '@aftercare/${target.workspace ?? '…'}/…' and declare the dependency`;
    return [{ at, problem: `leaves its workspace by the path ${imported.specifier}`, fix }];
  }
  return target.workspace === from
    ? checkWithin(path, at, from, target.path)
    : checkAcross(path, at, from, target.workspace ?? '', target.path, imported);
}

function checkAcross(
  path: string,
  at: string,
  from: string,
  to: string,
  targetPath: string,
  imported: Import,
): Finding[] {
  if (to === 'test' && !isTestFile(path)) {
    return [
      { at, problem: 'production code imports a test', fix: 'move what it needs into the package itself' },
    ];
  }
  if (from === 'infra') return checkInfra(path, at, to, targetPath, imported);
  if (mayImport[from]?.includes(to) === true) return [];
  if (to === 'test' && from === 'test') return [];
  const allowed = mayImport[from]?.join(', ') ?? '';
  return [
    {
      at,
      problem: `${from} imports ${to}`,
      fix: `${from} may import ${allowed === '' ? 'none' : allowed}: turn it round or hand the value in`,
    },
  ];
}

function checkInfra(path: string, at: string, to: string, targetPath: string, imported: Import): Finding[] {
  if (to === 'functions' && /^[^/]+\/env$/.test(targetPath)) {
    if (imported.isTypeOnly || isTestFile(path)) return [];
    return [
      {
        at,
        problem: 'infra runs code of a function',
        fix: "write 'import type': infra knows env shapes only",
      },
    ];
  }
  if (to === 'adapters' && targetPath === 'dynamodb/table-definition') return [];
  return [
    {
      at,
      problem: `infra imports @aftercare/${to}/${targetPath}`,
      fix: 'infra may take types from functions/*/env and adapters/dynamodb/table-definition, nothing else',
    },
  ];
}

function checkWithin(path: string, at: string, workspace: string, targetPath: string): Finding[] {
  const own = path.replace(/^packages\/[^/]+\/src\/|^functions\//, '');
  const [ownFolder] = own.split('/');
  const [targetFolder] = targetPath.split('/');
  const isFolder = own.includes('/') && targetPath.includes('/');
  if (/\.test(\.tsx?)?$/.test(targetPath) && !isTestFile(path)) {
    return [
      { at, problem: 'production code imports a test', fix: 'move what it needs out of the test file' },
    ];
  }
  if (!isFolder || ownFolder === targetFolder) return [];
  if (isTestFile(path) && targetFolder === 'memory') return [];
  if (workspace === 'adapters') {
    const fix = 'siblings never import each other: move what both need to usecases or a pure package';
    return [{ at, problem: `adapter ${ownFolder} imports adapter ${targetFolder}`, fix }];
  }
  if (workspace === 'functions') {
    const fix = 'a function is deployed alone: move what both need to usecases or adapters';
    return [{ at, problem: `function ${ownFolder} imports function ${targetFolder}`, fix }];
  }
  return [];
}

/**
 * The workspace and the path inside it (without `src/` and `.ts`) that a specifier names; undefined for
 * others.
 */
function targetOf(
  path: string,
  specifier: string,
): { workspace: string | undefined; path: string } | undefined {
  const ours = /^@aftercare\/([^/]+)\/?(.*)$/.exec(specifier);
  if (ours !== null) return { workspace: ours[1], path: ours[2] ?? '' };
  if (!specifier.startsWith('.')) return undefined;
  const full = posix.join(posix.dirname(path), specifier);
  const inside = full.replace(/^packages\/[^/]+\/(?:src\/)?|^(?:functions|infra|test)\//, '');
  return { workspace: workspaceOf(full), path: inside.replace(/\.tsx?$/, '') };
}

function packageNameOf(specifier: string): string | undefined {
  if (/^(?:[./#]|node:)/.test(specifier)) return undefined;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function manifestOf(path: string, repository: Repository) {
  const folder = /^(?:packages\/[^/]+|functions|infra|test)(?=\/)/.exec(path)?.[0];
  const manifestPath = folder === undefined ? 'package.json' : `${folder}/package.json`;
  const declared = declaredIn(repository.files.get(manifestPath));
  return {
    path: manifestPath,
    name: declared.name,
    declared: declared.names,
    declaredAtRoot: declaredIn(repository.files.get('package.json')).names,
  };
}

function declaredIn(text: string | undefined): { name: string; names: string[] } {
  const manifest: Record<string, unknown> = text === undefined ? {} : JSON.parse(text);
  const groups = [manifest.dependencies, manifest.devDependencies, manifest.optionalDependencies];
  return { name: String(manifest.name ?? ''), names: groups.flatMap((group) => Object.keys(group ?? {})) };
}
