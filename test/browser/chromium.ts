import { chromium, type Page } from 'playwright-core';

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

/** One Chromium with a fresh profile; each visit has its own storage. */
export async function launchBrowser(): Promise<Browser> {
  const browser = await chromium.launch({ executablePath, args: quiet });
  return {
    open: async (size, { colorScheme = 'light' } = {}) => {
      const context = await browser.newContext({ viewport: size, colorScheme, reducedMotion: 'reduce' });
      const page = await context.newPage();
      return { page, complaints: complaintsOf(page), close: () => context.close() };
    },
    close: () => browser.close(),
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
