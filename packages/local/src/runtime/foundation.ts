import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Log, SystemSecrets } from '@aftercare/usecases/ports';
import { createMovableClock, type MovableClock } from '../clock/movable-clock.ts';
import { type LocalAnswer, type LocalRequest, startLoopbackServer } from '../http/loopback-server.ts';
import { type EmulatorStore, openEmulatorStore } from '../store/emulator-store.ts';
import { type Changes, createChanges } from './changes.ts';
import type { LiveAccount } from './live-mode.ts';
import { createLocalLog } from './local-log.ts';
import { type LocalSecrets, readLocalSecrets } from './local-secrets.ts';
import { type Closers, required, StartFailure } from './start-failure.ts';

/** What everything else stands on: the folder, its port, its store, its clock. */
export type Foundation = {
  readonly folder: string;
  readonly api: OpenedApi;
  readonly store: EmulatorStore;
  readonly clock: MovableClock;
  readonly log: Log;
  readonly secrets: LocalSecrets;
  readonly changes: Changes;
};

export type OpenedApi = {
  readonly url: string;
  /** Requests that come earlier wait for this. */
  readonly answerWith: (answer: (request: LocalRequest) => Promise<LocalAnswer>) => void;
  /** Lets answers in hand finish and takes no more. */
  readonly close: () => Promise<void>;
};

/** Takes the port and the folder, in this order: a second start fails before it touches anything. */
export async function layFoundation(options: {
  readonly folder: string;
  readonly port: number;
  readonly wallMs: () => number;
  readonly live: LiveAccount | undefined;
  readonly closers: Closers;
}): Promise<Foundation> {
  const { closers, live } = options;
  // A live run has its own data: real numbers and a clock nobody has moved.
  const folder = live === undefined ? options.folder : join(options.folder, 'live');
  createFolder(folder);
  const api = await openApi(options.port, closers);
  const { store } = required(openEmulatorStore(join(folder, 'emulators.sqlite')));
  closers.add(store.close);
  const { secrets } = required(readLocalSecrets(folder));
  const clock = createMovableClock(options.wallMs, store);
  return {
    folder,
    api,
    store,
    clock,
    log: createLocalLog(join(folder, 'runtime.log'), clock.now),
    secrets: live === undefined ? secrets : { ...secrets, system: withAccount(secrets.system, live) },
    changes: createChanges(),
  };
}

/** The real account's token stays in memory. */
function withAccount(system: SystemSecrets, live: LiveAccount): SystemSecrets {
  return { ...system, twilioAccountSid: live.accountSid, twilioAuthTokens: [live.authToken] };
}

function createFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    const cause = error instanceof Error && 'code' in error ? String(error.code) : 'unknown cause';
    throw new StartFailure(
      `The folder ${folder} cannot be created (${cause}). Set LOCAL_DATA to a folder you may write to.`,
    );
  }
}

async function openApi(port: number, closers: Closers): Promise<OpenedApi> {
  const ready = Promise.withResolvers<(request: LocalRequest) => Promise<LocalAnswer>>();
  const { server } = required(
    await startLoopbackServer({ port, answer: async (request) => (await ready.promise)(request) }),
  );
  closers.add(server.close);
  return { url: server.url, answerWith: ready.resolve, close: server.close };
}
