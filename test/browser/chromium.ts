import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

const executablePath = '/usr/bin/chromium';
const quiet = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export type Browser = {
  /** A fresh page of that size whose complaints are collected. */
  readonly open: (size: Size, options?: { readonly colorScheme?: 'light' | 'dark' }) => Promise<Visit>;
  readonly close: () => Promise<void>;
};

export type Size = { readonly width: number; readonly height: number };

export type Visit = {
  readonly page: Page;
  /** Console errors, uncaught errors, and requests that left this machine. */
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
};

export const desktop: Size = { width: 1440, height: 960 };
export const handheld: Size = { width: 390, height: 844 };

/** Chromium with profiles of its own, one for each visit. */
export function launchBrowser(): Browser {
  const contexts = new Set<{ context: BrowserContext; profile: string }>();
  const end = async (one: { context: BrowserContext; profile: string }): Promise<void> => {
    contexts.delete(one);
    await one.context.close();
    rmSync(one.profile, { recursive: true, force: true });
  };
  return {
    open: async (size, { colorScheme = 'light' } = {}) => {
      const profile = mkdtempSync(join(tmpdir(), 'aftercare-browser-'));
      const context = await chromium.launchPersistentContext(profile, {
        executablePath,
        args: quiet,
        viewport: size,
        colorScheme,
        reducedMotion: 'reduce',
      });
      const one = { context, profile };
      contexts.add(one);
      const page = context.pages()[0] ?? (await context.newPage());
      return { page, complaints: complaintsOf(page), close: () => end(one) };
    },
    close: async () => {
      for (const one of [...contexts]) await end(one);
    },
  };
}

function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    const local = ['localhost', '127.0.0.1'].includes(hostname) || protocol === 'data:';
    if (!local) complaints.push(`asked ${hostname}`);
  });
  return complaints;
}
