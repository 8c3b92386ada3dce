import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Browser, desktop, handheld, launchBrowser } from './chromium.ts';
import { type ConsoleSystem, startConsoleSystem } from './console-system.ts';

/** What axe-core calls serious or critical, with the elements it means. */
async function seriousFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    // @ts-expect-error axe-core has put itself there a line above.
    const results: { violations: axe.Result[] } = await window.axe.run(document);
    return results.violations.map(({ id, impact, nodes }) => ({
      id,
      impact,
      where: nodes.map((node) => node.html.slice(0, 160)),
    }));
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, where }) => `${id}: ${where.join(' | ')}`);
}

describe.each(['light', 'dark'] as const)('everybody can use the pages, in %s', (colorScheme) => {
  let browser: Browser;
  let system: ConsoleSystem;

  beforeAll(async () => {
    [browser, system] = await Promise.all([launchBrowser(), startConsoleSystem()]);
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await system.stop();
  });

  it('before the first session', async () => {
    const { page, close } = await browser.open(desktop, { colorScheme });
    await page.goto(system.url);
    await page.getByRole('button', { name: 'Post session' }).waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'JSON' }).click();
    expect(await seriousFaults(page)).toEqual([]);
    await close();
  });

  it('with texts, an alert and a refusal', async () => {
    const { page, close } = await browser.open(desktop, { colorScheme });
    await page.goto(system.url);
    await page.getByRole('button', { name: 'Post session' }).click();
    await page.getByRole('button', { name: 'Next event' }).click();
    await page
      .getByRole('log', { name: /^Texts of Emma/ })
      .getByText('check-in texts')
      .waitFor();
    const reply = page.getByRole('textbox', { name: 'Text as the patient' });
    await reply.fill('I cannot breathe');
    await reply.press('Enter');
    await page.getByRole('button', { name: 'Acknowledge' }).waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'New session' }).click();
    await page.getByLabel('Phone', { exact: true }).fill('+442071838750');
    await page.getByRole('button', { name: 'Post session' }).click();
    await page.getByRole('alert').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await close();
  });

  it.each(['Phone', 'Staff', 'Healing', 'Calls'])('on a phone, in the part %s', async (part) => {
    const { page, close } = await browser.open(handheld, { colorScheme });
    await page.goto(system.url);
    await page.locator('.tabs').getByRole('button', { name: part }).click();
    expect(await seriousFaults(page)).toEqual([]);
    await close();
  });

  it.each([
    ['/#/day', 'The day in figures'],
    ['/docs', 'API reference'],
  ])('on %s', async (path, heading) => {
    const { page, complaints, close } = await browser.open(desktop, { colorScheme });
    await page.goto(system.url + path);
    await page.getByRole('heading', { name: heading }).waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });
});
