import { readFileSync } from 'node:fs';
import { checksumProblems, versionsIn } from '@aftercare/cli/preview/content-files';
import { factsPage } from '@aftercare/cli/preview/facts-page';
import { composeReminder } from '@aftercare/protocol/compose';
import { sampleSession } from '@aftercare/protocol/lint/cases';
import { readContent } from '@aftercare/protocol/lint/content';
import { factUses } from '@aftercare/protocol/lint/fact-uses';
import { lintOwnProtocol } from '@aftercare/protocol/lint/lint-protocol';
import { currentRelease, findRelease } from '@aftercare/protocol/release';
import { readProtocol } from '@aftercare/protocol/schema';
import { addHours } from '@aftercare/time/instant';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { bundledFiles, CONTENT_FOLDER, VERSION, withChange } from './content-files.ts';

const MAX_BUNDLE_BYTES = 60 * 1024;
const PAGE = new URL('../../docs/protocol-facts-used.md', import.meta.url);

function content() {
  const read = readContent(bundledFiles());
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.content;
}

/** What a clinic brings as its own: the same files without the project's documentation of them. */
function ownProtocol(): Record<string, Record<string, unknown>> {
  const behind = [
    'facts.json',
    'conflicts.json',
    'lines.json',
    'unused.json',
    'decisions.json',
    'no-room.json',
  ];
  const entries = Object.entries(bundledFiles()).filter(([name]) => !behind.includes(name));
  return Object.fromEntries(entries) as Record<string, Record<string, unknown>>;
}

describe('a released version', () => {
  it('never changes: its files carry the seal of their release', () => {
    expect(versionsIn(CONTENT_FOLDER)).toContain(VERSION);
    for (const version of versionsIn(CONTENT_FOLDER))
      expect(checksumProblems(CONTENT_FOLDER, version)).toEqual([]);
  });

  it('is a draft until a clinician stands in it, and can be found by its pin', () => {
    expect(currentRelease()).toMatchObject({
      id: 'microneedling',
      version: 1,
      status: 'draft',
      approvals: [],
    });
    expect(findRelease('microneedling', 1)).toBe(currentRelease());
    expect(findRelease('microneedling', 2)).toBeUndefined();
  });

  it('cannot call itself approved without a name and a date', () => {
    const signed = [{ name: 'Dr. Example', licence: 'FL 123', approvedOn: '2026-11-30', language: 'en' }];
    const files = { ...ownProtocol(), 'approval.json': { status: 'approved', approvals: signed } };
    expect(readProtocol(files)).toMatchObject({
      ok: true,
      release: { status: 'approved', approvals: signed },
    });
    expect(readProtocol({ ...files, 'approval.json': { status: 'approved', approvals: [] } }).ok).toBe(false);
    expect(readProtocol({ ...files, 'approval.json': { status: 'draft', approvals: signed } }).ok).toBe(
      false,
    );
  });

  it('is read from disk as it is bundled', () => {
    const { release } = content();
    const { answers, ...rest } = release;
    expect(rest).toEqual(currentRelease());
    expect(Object.keys(answers.items).length).toBeGreaterThan(60);
  });
});

describe('the documentation of the facts', () => {
  it('names every fact, line and conflict, and is the page that the data gives', () => {
    const page = readFileSync(PAGE, 'utf8');
    expect(page).toBe(factsPage(content()));
    for (const id of Object.keys(content().facts))
      expect(page).toMatch(new RegExp(`^\\| ${id} \\|.*\\| \\S.* \\|$`, 'm'));
  });

  it('accounts for all 143 facts and all 33 conflicts', () => {
    const { facts, conflicts, unused } = content();
    const used = new Set(factUses(content()).map(({ id }) => id));
    expect(Object.keys(facts).filter((id) => used.has(id)).length + Object.keys(unused).length).toBe(143);
    expect(Object.keys(conflicts)).toHaveLength(33);
  });
});

describe('a clinic’s own protocol', () => {
  it('brings other days, other texts and its products by name in the same schema', () => {
    const files = ownProtocol();
    const day5 = { N03: ['F-104'], N07: ['F-104'], N10: ['F-104'], N15: ['F-104'], RF: ['F-104'] };
    const matrix = files['matrix.json'] as { cells: object; questions: object };
    const question = { id: 'day5', covers: [] };
    const words = files['texts.en.json'] as { phrases: object };
    const own = {
      ...files,
      'release.json': { id: 'glow-own', version: 3, title: 'GlowClinic', days: [1, 5, 14], lastDay: 14 },
      'matrix.json': {
        ...matrix,
        cells: {
          ...matrix.cells,
          '5': Object.fromEntries(Object.entries(day5).map(([key, ids]) => [key, [...ids, 'A-07']])),
        },
        questions: { ...matrix.questions, '5': question },
      },
      'texts.en.json': { ...words, phrases: { ...words.phrases, 'A-07': 'Use Glow Balm at night.' } },
    };
    const read = readProtocol(own);
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    const session = sampleSession('N07', '11:30');
    const now = addHours(session.endedAt, 119);
    const contact = { clinicName: 'GlowClinic', phone: '305-555-0100' };
    const text = composeReminder({
      release: read.release,
      session,
      day: 5,
      now,
      language: 'en',
      style: 'standard',
      ...contact,
    });
    expect(text.body).toContain('No retinol, acids or vitamin C before 29 Nov. Use Glow Balm at night.');
    expect(text.question.id).toBe('day5');
  });

  it('is linted like ours, without our documentation', () => {
    const oneDay = { ...ownProtocol()['release.json'], days: [3] };
    expect(lintOwnProtocol({ ...ownProtocol(), 'release.json': oneDay })).toEqual([]);
    const words = ownProtocol()['texts.es.json'] as { phrases: object };
    const wrong = { ...words, phrases: { ...words.phrases, 'F-045': 'Así es normal.' } };
    expect(lintOwnProtocol({ ...ownProtocol(), 'texts.es.json': wrong })).toEqual([
      expect.objectContaining({ file: 'texts.es.json', key: 'phrases.F-045' }),
    ]);
  }, 60_000);

  it('is refused with every wrong key named', () => {
    const files = withChange('timeline.json', 'makeup.from.RF.hours', () => -1);
    const own = Object.fromEntries(
      Object.entries(files).filter(([name]) => Object.hasOwn(ownProtocol(), name)),
    );
    const read = readProtocol({ ...own, 'release.json': { id: 'Glow Own' } });
    const places = read.ok ? [] : read.problems.map(({ file, key }) => `${file} ${key}`);
    expect(places).toEqual(
      expect.arrayContaining(['timeline.json makeup.from.RF.hours', 'release.json id', 'release.json days']),
    );
  });
});

describe('the bundle of send-reminder', () => {
  it('carries at most 60 KB of content and engine, and no schema library', async () => {
    const entry = `
      export { composeConfirmation, composeReminder } from '@aftercare/protocol/compose';
      export { findRelease } from '@aftercare/protocol/release';`;
    const { metafile } = await build({
      stdin: { contents: entry, resolveDir: new URL('.', import.meta.url).pathname, loader: 'ts' },
      bundle: true,
      minify: true,
      format: 'esm',
      platform: 'node',
      write: false,
      metafile: true,
    });
    const inputs = Object.entries(Object.values(metafile.outputs)[0]?.inputs ?? {});
    const ours = inputs.filter(([path]) => path.includes('packages/protocol/'));
    const bytes = ours.reduce((total, [, { bytesInOutput }]) => total + bytesInOutput, 0);
    expect(ours.length).toBeGreaterThan(10);
    expect(bytes).toBeLessThanOrEqual(MAX_BUNDLE_BYTES);
    expect(inputs.filter(([path]) => /node_modules\/zod/.test(path))).toEqual([]);
  });
});
