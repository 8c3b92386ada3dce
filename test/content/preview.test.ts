import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it, vi } from 'vitest';

const CLI = fileURLToPath(new URL('../../packages/cli/src/preview.ts', import.meta.url));
const LINT = fileURLToPath(new URL('../../packages/cli/src/protocol-lint.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'aftercare-preview-test-'));
vi.setConfig({ testTimeout: 60_000 });
afterAll(() => rmSync(folder, { recursive: true }));

const session = {
  sessionId: 'visit-2026-0042',
  patient: {
    patientId: 'p-881',
    firstName: 'Ana',
    phone: '+13055550123',
    language: 'es',
    timeZone: 'America/New_York',
    consent: { givenAt: '2026-11-21T15:00:00Z', method: 'written' },
  },
  treatment: { endedAt: '2026-11-21T16:30:00Z', device: 'pen', needleDepthMm: 1.0, areas: ['face'] },
  overrides: { reminderTime: '11:30', extraAdvice: { '3': 'No sauna until 29 Nov' } },
};

function preview(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

describe('preview <session.json>', () => {
  it('prints the four texts in the patient’s language and time, plain when piped, nameless', () => {
    const { status, stdout } = preview(file('session.json', session));
    expect(status).toBe(0);
    for (const day of [
      'Day 1, 2026-11-22 11:30',
      'Day 3, 2026-11-24',
      'Day 7, 2026-11-28',
      'Day 14, 2026-12-05',
    ]) {
      expect(stdout).toContain(day);
    }
    expect(stdout).toContain('Sin retinol, exfoliantes ni vitamina C antes del 6 dic.');
    expect(stdout).toContain(' No sauna until 29 Nov. ');
    expect(stdout).toContain('F-104 no retinoids');
    expect(stdout).toContain('DRAFT');
    expect(stdout).not.toContain('Ana');
    expect(stdout).not.toContain(String.fromCharCode(27));
  });

  it('follows the options', () => {
    const { stdout } = preview(
      file('session.json', session),
      '--style',
      'concise',
      '--language',
      'en',
      '--clinic',
      'Luna',
    );
    expect(stdout).toContain('Luna: Today 1 fine 2 unsure 3 bad? No sun, makeup or cleanser before 25 Nov.');
  });

  it('names every wrong field, a missing file and a wrong option in one sentence each, and exits 1', () => {
    const broken = { ...session, treatment: { ...session.treatment, device: 'hammer', needleDepthMm: 9 } };
    const wrong = preview(file('broken.json', broken));
    expect(wrong.status).toBe(1);
    expect(wrong.stderr).toContain('treatment.device');
    expect(wrong.stderr).toContain('treatment.needleDepthMm');
    expect(preview(join(folder, 'gone.json')).stderr).toContain('Cannot read');
    expect(preview('--matrx', 'x').stderr).toContain('Did you mean --matrix?');
    expect(preview().stderr).toContain('needs a session file');
  });
});

describe('a clinic’s own protocol as a file', () => {
  const lint = (...args: string[]) => spawnSync(process.execPath, [LINT, ...args], { encoding: 'utf8' });

  it('is started from the bundled one, linted by path and previewed with its days and texts', () => {
    const path = join(folder, 'own.json');
    expect(lint('--template', path).status).toBe(0);
    const own = JSON.parse(readFileSync(path, 'utf8'));
    own['release.json'] = { id: 'glow-own', version: 1, title: 'GlowClinic', days: [3], lastDay: 14 };
    own['texts.en.json'].phrases['F-108'] = 'Use Glow Balm, do not pick.';
    writeFileSync(path, JSON.stringify(own));
    const checked = lint('--file', path);
    expect(checked.stdout).toContain('passes');
    expect(checked.status).toBe(0);
    const { status, stdout } = preview(file('session.json', session), '--language', 'en', '--file', path);
    expect(status).toBe(0);
    expect(stdout).toContain('glow-own v1');
    expect(stdout).toContain('Use Glow Balm, do not pick.');
    expect(stdout).not.toContain('Day 7');
  });

  it('is refused by name and key', () => {
    const path = file('broken-own.json', { 'release.json': { id: 'Glow Own' } });
    expect(lint('--file', path).status).toBe(1);
    expect(lint('--file', path).stdout).toContain('release.json  id');
    expect(preview(file('session.json', session), '--file', path).stderr).toContain('release.json id');
  });
});

describe('preview --matrix', () => {
  it('writes the sheet: every class and day in both languages, calendars and the draft mark', () => {
    const path = join(folder, 'sheet.html');
    expect(preview('--matrix', path).status).toBe(0);
    const page = readFileSync(path, 'utf8');
    expect(page).toContain('DRAFT — for a clinician to sign');
    expect(page.match(/<svg /g)).toHaveLength(5);
    expect(page.match(/<td>Day \d+<\/td>/g)).toHaveLength(5 * 4);
    expect(page.match(/class="sms"/g)).toHaveLength(5 * 4 * 2);
    expect(page).not.toMatch(/https?:\/\/|undefined|NaN/);
  });

  it('draws a picture, or says plainly that there is no browser for it', () => {
    const image = join(folder, 'calendar.png');
    const { status, stderr } = preview(file('session.json', session), '--image', image);
    if (status === 0) expect(readFileSync(image).subarray(1, 4).toString()).toBe('PNG');
    else expect(stderr).toContain('No picture: ');
    expect(existsSync(image)).toBe(status === 0);
  });
});
