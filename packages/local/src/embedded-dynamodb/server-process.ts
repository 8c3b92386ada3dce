import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

export type ServerProcess = {
  readonly pid: number;
  /** Ends the server cleanly and resolves when it is gone. */
  readonly stop: () => Promise<void>;
  /** Resolves when the server is gone, whoever ended it. */
  readonly ended: Promise<void>;
};

export type StartedProcess =
  | { readonly ok: true; readonly process: ServerProcess }
  | { readonly ok: false; readonly cause: string };

/**
 * The shell outlives neither us nor the server: it reads a pipe that the kernel closes when this process
 * dies, however it dies, and then ends the server. So `kill -9` leaves no orphan that holds the database
 * file.
 */
const watchingShell = [
  'exec 3<&0',
  '"$0" "$@" </dev/null 3<&- &',
  'server=$!',
  'echo "pid $server"',
  '( read -r _ <&3; kill "$server" 2>/dev/null ) &',
  'watcher=$!',
  'wait "$server"',
  'code=$?',
  'kill "$watcher" 2>/dev/null',
  'exit $code',
].join('\n');

const readyWithinMs = 10_000;

/** Starts the binary on that port and file and waits until it answers. `pidFile` is for the next start. */
export async function startServerProcess(options: {
  readonly binary: string;
  readonly port: number;
  readonly databaseFile: string;
  readonly pidFile: string;
}): Promise<StartedProcess> {
  const child = spawn(
    '/bin/sh',
    [
      '-c',
      watchingShell,
      options.binary,
      'serve',
      '--host',
      '127.0.0.1',
      '--port',
      String(options.port),
      '--db-path',
      options.databaseFile,
    ],
    // Its own group: Ctrl-C in the terminal reaches us, and we stop it when our work is done.
    { stdio: ['pipe', 'pipe', 'pipe'], detached: true },
  );
  const said = { out: '', error: '' };
  const ended = Promise.withResolvers<void>();
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.error += chunk.toString()));
  child.stdin.on('error', () => undefined);
  child.once('error', (error) => {
    said.error += error.message;
    ended.resolve();
  });
  child.once('exit', () => ended.resolve());
  const running = (): boolean =>
    child.exitCode === null && child.signalCode === null && child.pid !== undefined;

  const deadline = performance.now() + readyWithinMs;
  while (running() && performance.now() < deadline) {
    if (/listening on/i.test(said.error) && (await answers(options.port))) {
      const pid = Number(/pid (\d+)/.exec(said.out)?.[1]);
      writeFileSync(options.pidFile, String(pid));
      const stop = async (): Promise<void> => {
        // Closing the pipe is the watching shell's signal.
        child.stdin.destroy();
        await ended.promise;
      };
      return { ok: true, process: { pid, stop, ended: ended.promise } };
    }
    await wait(5);
  }
  child.stdin.destroy();
  if (running()) await ended.promise;
  return { ok: false, cause: said.error.trim() || 'it did not answer in time' };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, path: '/', timeout: 500 }, (response) => {
      response.resume();
      resolve(true);
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(false));
  });
}

/**
 * A server that an earlier run left behind may still be closing the file; waits for it, and ends it when it
 * is still there. Only a process whose command line names this very database file is touched.
 */
export async function endLeftoverServer(pidFile: string, databaseFile: string): Promise<void> {
  let pid: number;
  try {
    pid = Number(readFileSync(pidFile, 'utf8'));
  } catch {
    return;
  }
  if (!Number.isInteger(pid) || pid <= 1) return;
  for (let look = 0; look < 200 && serves(pid, databaseFile); look += 1) {
    if (look === 20) process.kill(pid, 'SIGKILL');
    await wait(10);
  }
}

function serves(pid: number, databaseFile: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(databaseFile);
  } catch {
    return false;
  }
}
