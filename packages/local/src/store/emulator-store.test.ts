import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EmulatorStore, openEmulatorStore } from './emulator-store.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aftercare-store-'));
  file = join(folder, 'emulators.sqlite');
});
afterEach(() => {
  chmodSync(folder, 0o755);
  rmSync(folder, { recursive: true, force: true });
});

function open(): EmulatorStore {
  const opened = openEmulatorStore(file);
  if (!opened.ok) throw new Error(opened.message);
  return opened.store;
}

describe('emulator store', () => {
  it('keeps settings over a restart', () => {
    const first = open();
    first.saveSetting('offset', '5');
    first.close();
    const second = open();
    expect(second.setting('offset')).toBe('5');
    second.close();
  });

  it('undoes a transaction that throws, inner work included', () => {
    const store = open();
    const failing = (): void =>
      store.transaction(() => {
        store.transaction(() => store.saveSetting('half', 'done'));
        throw new Error('crash');
      });
    expect(failing).toThrow('crash');
    expect(store.setting('half')).toBeUndefined();
    store.close();
  });

  it('keeps a second runtime off the same folder', () => {
    const store = open();
    expect(openEmulatorStore(file)).toMatchObject({ ok: false, message: expect.stringMatching(/is in use/) });
    store.close();
    open().close();
  });

  it('says in one sentence that a file is damaged, and leaves it alone', () => {
    writeFileSync(file, Buffer.alloc(9_000, 42));
    expect(openEmulatorStore(file)).toMatchObject({
      ok: false,
      message: expect.stringMatching(/is damaged/),
    });
  });

  it('says in one sentence that a folder does not exist', () => {
    const opened = openEmulatorStore(join(folder, 'nowhere', 'file.sqlite'));
    expect(opened).toMatchObject({
      ok: false,
      message: expect.stringMatching(/cannot be opened for writing/),
    });
  });
});
