import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];
const TIMEOUT_MS = 30_000;

export type Picture = { ok: true } | { ok: false; message: string };

/** Draws a page file into a PNG with a headless Chromium of this machine; says so where there is none. */
export function drawPicture(
  pageFile: string,
  pictureFile: string,
  size: { width: number; height: number },
): Picture {
  const browser = BROWSERS.find((path) => existsSync(path));
  if (browser === undefined) {
    return {
      ok: false,
      message: 'No picture: there is no Chromium on this machine (tried /usr/bin/chromium and Chrome).',
    };
  }
  const options = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--hide-scrollbars',
    '--force-device-scale-factor=1',
  ];
  const shot = [`--window-size=${size.width},${size.height}`, `--screenshot=${pictureFile}`];
  const run = spawnSync(browser, [...options, ...shot, pathToFileURL(pageFile).href], {
    timeout: TIMEOUT_MS,
  });
  if (run.status === 0 && existsSync(pictureFile)) return { ok: true };
  return { ok: false, message: `No picture: Chromium ended with ${run.status ?? run.signal ?? 'an error'}.` };
}
