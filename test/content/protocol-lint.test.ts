import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { composeReminder } from '@aftercare/protocol/compose';
import { casesOf, PHONE } from '@aftercare/protocol/lint/cases';
import { readContent } from '@aftercare/protocol/lint/content';
import { lintProtocol } from '@aftercare/protocol/lint/lint-protocol';
import { referenceProblems } from '@aftercare/protocol/lint/references';
import { stringProblems } from '@aftercare/protocol/lint/strings';
import { orderFaults, parityFaults, textProblems } from '@aftercare/protocol/lint/texts';
import { describe, expect, it, vi } from 'vitest';
import { bundledFiles, CONTENT_FOLDER, VERSION, withChange } from './content-files.ts';

const CLI = fileURLToPath(new URL('../../packages/cli/src/protocol-lint.ts', import.meta.url));
vi.setConfig({ testTimeout: 60_000 });

function contentOf(files: Record<string, unknown>) {
  const read = readContent(files);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.content;
}

const wordsOf = (problems: { file: string; key: string; message: string }[]) =>
  problems.map(({ file, key, message }) => `${file} ${key}: ${message}`);
const faultsOf = (files: Record<string, unknown>, named: (name: string) => boolean) => {
  const content = contentOf(files);
  const examples = [...casesOf(content.release.days)].filter(({ name }) => named(name));
  expect(examples.length).toBeGreaterThan(0);
  return wordsOf(textProblems(content, examples).problems);
};
const put = (text: string) => () => text;
const append = (text: string) => (value: unknown) => `${value}${text}`;

describe('the bundled protocol', () => {
  it('passes, and counts what was checked', () => {
    const { problems, counts } = lintProtocol(bundledFiles());
    expect(problems).toEqual([]);
    expect(counts).toMatchObject({ facts: 143, conflicts: 33 });
    expect(counts?.cells).toBeGreaterThanOrEqual(5 * 7 * 8 * 4);
    expect(counts?.texts).toBeGreaterThan(20_000);
    expect(counts?.worst['es standard']).toMatchObject({ segments: 2 });
    expect(counts?.worst['es concise']).toMatchObject({ segments: 1 });
  });
});

describe('a text broken by hand fails with its place', () => {
  it.each([
    ['an í', 'texts.es.json', 'phrases.F-108', append(' Así.'), 'texts.es.json phrases.F-108: has "í" at'],
    [
      'a missing STOP',
      'texts.en.json',
      'frame.concise.stop',
      put('Bye'),
      'texts.en.json frame.concise.stop: misses "STOP"',
    ],
    [
      'a double space',
      'texts.en.json',
      'phrases.F-045',
      put('Light  peeling is normal.'),
      'phrases.F-045: has a double space',
    ],
    [
      'a lost placeholder',
      'texts.en.json',
      'phrases.F-112-waiting',
      put('If calm, full routine soon.'),
      'F-112-waiting: misses the placeholder {from}',
    ],
    [
      'a foreign placeholder',
      'texts.en.json',
      'phrases.F-045',
      put('Hi {name}.'),
      'has the unknown placeholder {name}',
    ],
    [
      'a reserved word',
      'texts.en.json',
      'questions.1.standard',
      put('Sore? Reply YES 1 2 3 .'),
      'reserved word "YES"',
    ],
    [
      'a solicitation',
      'texts.en.json',
      'phrases.F-139',
      put('Book your next visit.'),
      'reads as a solicitation: "Book"',
    ],
    [
      'a discount',
      'answers.en.json',
      'items.results.text',
      put('Get 20% off.'),
      'items.results.text: reads as a solicitation',
    ],
    [
      'the treatment',
      'answers.en.json',
      'items.results.text',
      put('Your microneedling glows.'),
      'names the treatment or device',
    ],
    ['a drug', 'answers.en.json', 'items.ice.topic', put('ibuprofen'), 'names a drug or a diagnosis'],
    [
      'a lost phone',
      'texts.es.json',
      'frame.standard.watch',
      put('{symptoms}: llame.'),
      'misses the placeholder {phone}',
    ],
  ])('%s', (_, file, path, change, place) => {
    expect(wordsOf(stringProblems(contentOf(withChange(file, path, change)))).join('\n')).toContain(place);
  });

  it('a 307th character, and one more in a text that was full', () => {
    const n10day7 = (name: string) =>
      /^N10 day 7 es standard, no skin type, face, ended 13:00, "GlowClinic"$/.test(name);
    const example = [...casesOf([7])].find(({ name }) => n10day7(name));
    if (example === undefined) throw new Error('no such case');
    const { body } = composeReminder({
      ...example,
      release: contentOf(bundledFiles()).release,
      phone: PHONE,
    });
    const longerBy = (count: number) =>
      withChange('texts.es.json', 'phrases.F-088', (value) =>
        `${value}`.replace('SPF', `SP${'x'.repeat(count)}F`),
      );
    expect(faultsOf(longerBy(306 - body.length), n10day7)).toEqual([]);
    expect(faultsOf(longerBy(307 - body.length), n10day7)).toEqual([
      expect.stringMatching(
        /texts\.es\.json N10 day 7 es standard.*over 306 septets in one language: no room for F-047.*F-088/,
      ),
    ]);
    const concise = withChange('texts.en.json', 'nouns.sun', append(' at any hour of the day or night'));
    expect(
      faultsOf(concise, (name) => /^N07 day 1 en concise, no skin type, face,/.test(name)),
    ).toContainEqual(expect.stringContaining('has no room for F-079 sun, the first of the day'));
  });

  it('a ban that gives way to a reassurance, or that only one language knows', () => {
    const ban = { order: 0, fact: 'F-079', role: 'ban', lesser: false, item: 'sun' } as const;
    const comfort = { order: 1, fact: 'F-036', role: 'expect', lesser: false } as const;
    expect(orderFaults({ said: [comfort], unsaid: [ban] })).toEqual([
      'says what is normal (F-036) but has no room for the ban F-079 sun',
    ]);
    expect(orderFaults({ said: [ban], unsaid: [comfort] })).toEqual([]);
    const told = new Map<string, string>();
    const name = (language: string) => `RF day 1 ${language} standard, sensitive, face`;
    expect(parityFaults(told, { said: [ban, comfort] }, { name: name('en'), language: 'en' })).toEqual([]);
    expect(parityFaults(told, { said: [comfort] }, { name: name('es'), language: 'es' })).toEqual([
      'says F-036, the other language says F-079 sun, F-036',
    ]);
  });

  it('a frame that is too long for one segment', () => {
    const long = withChange(
      'texts.es.json',
      'frame.concise.emergency',
      put('Si no respira bien o no ve bien llame ya al 911.'),
    );
    expect(faultsOf(long, (name) => /^RF day 14 es concise/.test(name)).join('\n')).toMatch(
      /texts\.es\.json RF day 14 es concise.*has \d+ septets in 2 segments, 160 are allowed/,
    );
  });

  it('a text that reads too hard', () => {
    const hard = 'Evaluate desquamation: 1 favorable 2 undecided 3 unfavorable.';
    const files = withChange('texts.en.json', 'questions.7.standard', put(hard));
    expect(
      faultsOf(files, (name) => /^N15 day 7 en standard, no skin type, face/.test(name)).join('\n'),
    ).toMatch(/texts\.en\.json N15 day 7 en standard.*reads at \d+\.\d, 6 is the limit/);
  });
});

describe('references', () => {
  it.each([
    [
      'an unknown fact',
      'matrix.json',
      'cells.1.N07.1',
      put('F-999'),
      'matrix.json cells.1.N07.1: names F-999, which no fact or line has',
    ],
    [
      'an unknown item',
      'matrix.json',
      'lines.F-079.items.0',
      put('moon'),
      'matrix.json lines.F-079: names the unknown item moon',
    ],
    [
      'a low-confidence fact on its own',
      'matrix.json',
      'cells.3.N07.1',
      put('F-119'),
      'sends F-119, which is low confidence, on its own',
    ],
    [
      'a fact used nowhere',
      'answers.json',
      'water.facts.0',
      put('F-081'),
      'unused.json F-076: is used nowhere and has no reason for it',
    ],
    [
      'a conflict settled nowhere',
      'conflicts.json',
      'C-06.settledIn.0',
      put('timeline.json moon'),
      'conflicts.json C-06: is said to be settled in',
    ],
    [
      'a phrase without words',
      'matrix.json',
      'lines.F-081.open',
      put('F-082'),
      'texts.es.json phrases.F-082: is missing, F-081 needs it',
    ],
  ])('%s is named', (_, file, path, change, place) => {
    expect(wordsOf(referenceProblems(contentOf(withChange(file, path, change)))).join('\n')).toContain(place);
  });

  it.each([
    ['timeline.json', 'makeup.from.N15.hours', put('72')],
    ['matrix.json', 'cells.1.N07.0', put('fever')],
    ['approval.json', 'status', put('approved')],
    ['facts.json', 'F-001.confidence', put('X')],
  ])('a broken shape in %s at %s is named', (file, path, change) => {
    const { problems } = lintProtocol(withChange(file, path, change));
    expect(problems.map((problem) => `${problem.file} ${problem.key}`)).toContain(`${file} ${path}`);
  });
});

describe('protocol:lint', () => {
  const folder = () => {
    const path = mkdtempSync(join(tmpdir(), 'aftercare-lint-'));
    cpSync(CONTENT_FOLDER, path, { recursive: true });
    return path;
  };
  const run = (...args: string[]) => spawnSync(process.execPath, [CLI, ...args], { encoding: 'utf8' });

  it('exits 1 with file and key for wrong content, and says that a sealed version changed', () => {
    const path = folder();
    const file = join(path, VERSION, 'texts.es.json');
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace('Es normal pelarse un poco.', 'Pelarse así es normal.'),
    );
    const { status, stdout } = run('--content', path);
    rmSync(path, { recursive: true });
    expect(status).toBe(1);
    expect(stdout).toContain(
      'microneedling/v1/texts.es.json  phrases.F-045: has "í" at 10, which is not GSM-7',
    );
    expect(stdout).toContain('checksums.json  microneedling/v1: was sealed as');
  });

  it('exits 1 for a file that is no JSON, a folder that is not there and an unknown option', () => {
    const path = folder();
    writeFileSync(join(path, VERSION, 'matrix.json'), '{');
    const broken = run('--content', path);
    rmSync(path, { recursive: true });
    expect(broken.status).toBe(1);
    expect(broken.stdout).toContain('matrix.json  : is not JSON');
    expect(run('--content', join(path, 'gone')).stderr).toContain('There is no folder');
    expect(run('--contents', path)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('--content'),
    });
  });
});
