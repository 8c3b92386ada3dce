import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { addHours } from '@aftercare/time/instant';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Browser, desktop, launchBrowser, type Visit } from './chromium.ts';
import { type ConsoleSystem, startConsoleSystem } from './console-system.ts';

let browser: Browser;
let system: ConsoleSystem;
let visit: Visit;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);

afterAll(() => browser.close());

beforeEach(async () => {
  system = await startConsoleSystem();
  visit = await browser.open(desktop);
  page = visit.page;
  await page.goto(system.url);
  await page.getByRole('button', { name: 'Post session' }).waitFor();
}, 60_000);

afterEach(async () => {
  await visit.close();
  await system.stop();
});

const post = async (sample: string): Promise<void> => {
  await page.getByRole('button', { name: sample }).click();
  await page.getByRole('button', { name: 'Post session' }).click();
  await page.locator('.timeline [data-day="14"]').waitFor();
};

const texts = (name: string) => page.getByRole('log', { name: `Texts of ${name}` });

describe('the console of a deployed API', () => {
  it('shows alerts, and lets nobody take one without a name', async () => {
    await post('Deep RF');
    const reply = page.getByRole('textbox', { name: 'Text as the patient' });
    await reply.fill('I cannot breathe');
    await reply.press('Enter');
    await page.getByRole('button', { name: 'Acknowledge' }).waitFor();
    const remote = await system.openRemoteConsole();
    await page.goto(remote.url);
    await page.getByRole('button', { name: 'Acknowledge' }).click();
    await page.getByRole('alert').getByText('Say who does it').waitFor();
    await page.getByLabel('You are').fill('Nina');
    await page.getByRole('button', { name: 'Acknowledge' }).click();
    await page.getByText(/Taken by Nina/).waitFor();
    expect(await page.getByRole('button', { name: /Post session|Next event/ }).count()).toBe(0);
    await remote.close();
  });
});

describe('the console', () => {
  it('shows without a reload what the clinic’s own software posts', async () => {
    const endedAt = addHours(system.now(), -1);
    const status = await system.postSession({
      sessionId: 'visit-from-elsewhere',
      patient: {
        patientId: 'p-9',
        firstName: 'Zoe',
        phone: '+13055550199',
        consent: { givenAt: endedAt, method: 'written' },
      },
      treatment: { endedAt, device: 'pen', needleDepthMm: 1, areas: ['face'] },
    });
    expect(status).toBe(201);
    await page.getByRole('heading', { name: 'Zoe’s phone' }).waitFor();
    await texts('Zoe').getByText('4 check-in texts').waitFor();
  });

  it('names a wrong field where it stands, in the form and in JSON', async () => {
    await page.getByLabel('Phone', { exact: true }).fill('+442071838750');
    await page.getByRole('button', { name: 'Post session' }).click();
    await page.getByRole('alert').getByText('patient.phone').waitFor();
    expect(await page.getByLabel(/^Phone/).getAttribute('aria-invalid')).toBe('true');
    await page.getByRole('button', { name: 'JSON' }).click();
    await page.getByLabel('The session in JSON').fill('{"sessionId": "v1"');
    await page.getByRole('button', { name: 'Post session' }).click();
    await page.getByText('This is not a session in JSON').waitFor();
  });

  it('shows a curl command that a shell can repeat', async () => {
    await post('Shallow pen');
    await page.locator('.calls summary', { hasText: 'Post session' }).click();
    const curl = await page.locator('.call pre').first().textContent();
    const { stdout } = await promisify(execFile)('sh', ['-c', `${curl ?? ''} -i`]);
    expect(stdout).toMatch(/^HTTP\/1\.1 200/);
    expect(stdout.toLowerCase()).toContain('idempotent-replayed: true');
  });

  it('says why the texts after STOP did not go', async () => {
    await post('Spanish');
    await texts('Ana').getByRole('article').first().waitFor();
    const reply = page.getByRole('textbox', { name: 'Text as the patient' });
    await reply.fill('STOP');
    await reply.press('Enter');
    await texts('Ana').getByText('STOP', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'To day 14' }).click();
    const last = page.locator('.timeline [data-day="14"][data-status="skipped"]');
    await last.waitFor();
    expect(await last.locator('.because').textContent()).toContain('asked for no more texts');
    await page.getByRole('link', { name: 'Clinic’s day' }).click();
    await page
      .getByRole('listitem')
      .filter({ hasText: 'day 14' })
      .getByText(/no more texts/)
      .waitFor();
  });

  it('is walked through by single keys, which rest while somebody types', async () => {
    await post('Sensitive skin');
    await texts('June').getByRole('article').first().waitFor();
    await page.locator('h2').first().click();
    await page.keyboard.press('r');
    await page.keyboard.type('no dry skin, hands ok?');
    expect(await page.getByRole('textbox', { name: 'Text as the patient' }).inputValue()).toBe(
      'no dry skin, hands ok?',
    );
    await page.locator('h2').first().click();
    await page.keyboard.press('n');
    await page.locator('.timeline [data-day="1"]:not([data-status="scheduled"])').waitFor();
    expect(await page.locator('.timeline [data-day="3"]').getAttribute('data-status')).toBe('scheduled');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  });

  it('draws the day’s figures and the cohorts of what happened', async () => {
    await post('Deep RF');
    const reply = page.getByRole('textbox', { name: 'Text as the patient' });
    await reply.fill('yellow pus and fever');
    await reply.press('Enter');
    await page.getByRole('button', { name: 'Acknowledge' }).waitFor();
    await page.getByRole('link', { name: 'Clinic’s day' }).click();
    const tile = (name: string) => page.locator('.tile', { hasText: name }).locator('b');
    await tile('Alerts').filter({ hasText: '1' }).waitFor();
    expect(await tile('Replies').textContent()).toBe('1');
    await page.getByRole('img', { name: 'RF: day 0: 1' }).waitFor();
  });

  it('keeps the healing calendar readable without seeing it', async () => {
    await post('Deep RF');
    await page.getByText('The same as a table').click();
    const row = page.getByRole('row', { name: /^Retinol/ });
    await row.waitFor();
    expect(await row.textContent()).toContain('not before 23 Nov');
  });

  it('cancels and amends a session, and shows what became of its texts', async () => {
    await post('Shallow pen');
    await page.getByRole('button', { name: 'Amend' }).click();
    await page.getByLabel('Depth in mm').fill('1.5');
    await page.getByRole('button', { name: 'Amend session' }).click();
    await page
      .locator('.facts')
      .getByText(/revision 2/)
      .waitFor();
    await page.getByRole('button', { name: 'Cancel session' }).click();
    await page.locator('.timeline [data-day="14"][data-status="cancelled"]').waitFor();
    expect(visit.complaints).toEqual([]);
  });
});
