import { describe, expect, it } from 'vitest';
import { docFindings, machinePathFindings, scriptFindings } from './doc-rules.ts';
import { importFindings, undeclaredFindings } from './import-rules.ts';
import { deadFileFindings, nameFindings } from './name-rules.ts';
import { parseAll } from './parse.ts';
import { type Case, escapeCases, importCases, purityCases, sizeCases, testCases } from './planted-files.ts';
import type { Finding, Repository } from './repository.ts';
import { sizeFindings } from './size-rules.ts';
import type { SourceFacts } from './source-facts.ts';
import { escapeFindings, purityFindings } from './syntax-rules.ts';
import { testFindings } from './test-rules.ts';

const all = [...importCases, ...purityCases, ...escapeCases, ...sizeCases, ...testCases];
const parsed = new Map(
  parseAll(new Map(all.map(([, path, text]) => [path, text]))).map((one) => [one.path, one]),
);

function check(rule: (sources: SourceFacts[]) => Finding[], [, path, , says]: Case): void {
  const facts = parsed.get(path);
  const found = rule(facts === undefined ? [] : [facts]).map(({ problem }) => problem);
  if (says === undefined) expect(found).toEqual([]);
  else expect(found.join('\n')).toContain(says);
}

describe('each house rule can fail', () => {
  it.each(importCases)('imports: %s', (...one) => check(importFindings, one));
  it.each(purityCases)('purity: %s', (...one) => check(purityFindings, one));
  it.each(escapeCases)('escapes: %s', (...one) => check(escapeFindings, one));
  it.each(sizeCases)('size: %s', (...one) => check(sizeFindings, one));
  it.each(testCases)('tests: %s', (...one) => check(testFindings, one));

  it('every planted file is a file of its own', () => expect(parsed.size).toBe(all.length));
});

describe('rules about the whole tree', () => {
  const tree = (files: Record<string, string>): Repository => ({ files: new Map(Object.entries(files)) });
  const problems = (findings: readonly Finding[]) => findings.map(({ at, problem }) => `${at} ${problem}`);
  const facts = (path: string) => [parsed.get(path)].filter((one) => one !== undefined);

  it('names: camelCase, meaningless folders and index files are found', () => {
    const found = problems(
      nameFindings(
        tree({
          'packages/cli/src/sendReminder.ts': '',
          'packages/cli/src/utils/dates.ts': '',
          'packages/cli/src/helpers.test.ts': '',
          'packages/cli/src/index.ts': '',
          'packages/cli/Src/x.ts': '',
          'docs/README.md': '',
          'packages/cli/src/send-reminder.test.ts': '',
          '.ci/run': '',
        }),
      ),
    );
    expect(found.length).toBe(5);
    expect(found.join()).toMatch(/sendReminder.*"utils".*"helpers".*index file.*folder Src/s);
  });

  it('dependencies: what is not declared is found', () => {
    const manifests = tree({
      'package.json': '{"devDependencies":{"vitest":"1"}}',
      'packages/alerts/package.json': '{"name":"@aftercare/alerts"}',
    });
    expect(problems(undeclaredFindings(facts('packages/alerts/src/a.ts'), manifests)).join()).toContain(
      'imports @aftercare/sms, which packages/alerts/package.json does not declare',
    );
  });

  it('dead files: only what nothing imports, names or starts', () => {
    const sources = ['packages/cli/src/b.ts', 'packages/cli/src/h.ts', 'packages/cli/src/d.ts'].flatMap(
      facts,
    );
    const scripts = tree({ 'package.json': '{"scripts":{"x":"node packages/cli/src/d.ts"}}' });
    expect(problems(deadFileFindings(sources, scripts)).join()).toMatch(
      /^packages\/cli\/src\/h\.ts nothing imports it[^/]*$/,
    );
  });

  it('documents: dead links, paths and commands are found', () => {
    const found = problems(
      docFindings(
        tree({
          'package.json': '{"scripts":{"start":"node x.ts"}}',
          'README.md':
            'Run `npx pnpm@12 start`, not `npx pnpm@12 begin`.\n[a](docs/a.md) [b](docs/b.md) `docs/c.md`',
          'docs/a.md': '[up](../README.md#x) [web](https://example.com)',
        }),
      ),
    );
    expect(found).toEqual([
      'README.md:1 tells to run "begin"',
      'README.md:2 links to docs/b.md, which is not there',
      'README.md:2 names `docs/c.md`, which is not there',
    ]);
  });

  it('scripts that start nothing, and paths of one machine, are found', () => {
    const files = { 'package.json': '{"scripts":{"start":"node packages/cli/src/start.ts"}}' };
    expect(problems(scriptFindings(tree(files)))).toEqual([
      'package.json script start runs packages/cli/src/start.ts',
    ]);
    const machine = ['', 'home', 'somebody', 'x'].join('/');
    expect(problems(machinePathFindings(tree({ 'docs/a.md': `see ${machine}` }))).length).toBe(1);
  });
});
