import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { docFindings, machinePathFindings, scriptFindings } from './doc-rules.ts';
import { importFindings, undeclaredFindings } from './import-rules.ts';
import { deadFileFindings, nameFindings } from './name-rules.ts';
import { parseAll } from './parse.ts';
import { readRepository, report, typeScriptFiles } from './repository.ts';
import { sizeFindings } from './size-rules.ts';
import { escapeFindings, purityFindings } from './syntax-rules.ts';
import { testFindings } from './test-rules.ts';

const repository = readRepository(join(import.meta.dirname, '../..'));
const sources = parseAll(
  new Map(typeScriptFiles(repository).map((path) => [path, repository.files.get(path) ?? ''])),
);

describe('the house rules (design 3); every line says what to do', () => {
  it('nothing imports against the direction of the layers', () => {
    expect(report(importFindings(sources))).toBe('');
  });
  it('every package declares what it imports', () => {
    expect(report(undeclaredFindings(sources, repository))).toBe('');
  });
  it('pure packages and use cases get time, randomness and environment handed in', () => {
    expect(report(purityFindings(sources))).toBe('');
  });
  it('nothing switches the type checker off, exports by default or re-exports', () => {
    expect(report(escapeFindings(sources))).toBe('');
  });
  it('functions, files and lines are short enough to read', () => {
    expect(report(sizeFindings(sources))).toBe('');
  });
  it('files and folders are named for what they hold', () => {
    expect(report(nameFindings(repository))).toBe('');
  });
  it('no file is dead', () => {
    expect(report(deadFileFindings(sources, repository))).toBe('');
  });
  it('every test runs, asserts something and waits for nothing', () => {
    expect(report(testFindings(sources))).toBe('');
  });
  it('the documents name files, links and commands that exist', () => {
    expect(report([...docFindings(repository), ...scriptFindings(repository)])).toBe('');
  });
  it('no path of one machine is written down', () => {
    expect(report(machinePathFindings(repository))).toBe('');
  });
});
