import { resolve } from 'node:path';
import { readRemoteTarget } from '@aftercare/local/console/remote-target';
import { mountConsole, mountRemoteConsole } from '@aftercare/local/runtime/console-pages';
import { readLiveAccount } from '@aftercare/local/runtime/live-mode';
import { type LocalRuntime, startLocalRuntime } from '@aftercare/local/runtime/local-runtime';
import colors from 'picocolors';
import { optionLines, readCommandLine } from './command-line.ts';

const options = {
  live: { kind: 'switch', help: 'send real texts through your Twilio account, to LIVE_ALLOWED_NUMBERS only' },
} as const;

const help = `Usage: npx pnpm@12 start [--live]

Runs the whole system on this machine: HTTP API, functions, database, queues, schedules, a Twilio
emulator and the console. A sample clinic is there at the first start. Ctrl-C ends it; nothing is lost.

${optionLines(options)}

Environment:
  PORT                  port of the API and the console (8787; 0 takes a free one)
  LOCAL_DATA            folder of everything that is stored (.local)
  DYNAMODB_ENDPOINT     another DynamoDB to use instead of the embedded one
  CONSOLE_API_URL       show a deployed API in the console instead (reads, acknowledge, close, pause), with
                        CONSOLE_API_SECRET (whsec_...) and CONSOLE_CLINIC_ID

For --live: TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_PATIENT_NUMBER, TWILIO_ALERT_NUMBER,
PUBLIC_BASE_URL (the https address under which Twilio reaches this machine), LIVE_ALLOWED_NUMBERS (two or
more, comma-separated), and if you have one TWILIO_MESSAGING_SERVICE_SID. The clock cannot be moved.`;

const defaultPort = 8787;

/** Runs until it is told to end; the process's exit code. */
export async function startCommand(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const read = readCommandLine(args, options);
  if (!read.ok) return fail(`${read.message} See --help.`);
  const { line } = read;
  if (line.flag('help')) {
    console.log(help);
    return 0;
  }
  if (line.words.length > 0) return fail(`start takes no ${JSON.stringify(line.words[0])}. See --help.`);
  const port = Number(environment.PORT ?? defaultPort);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    return fail('PORT must be a number from 0 to 65535.');
  const live = line.flag('live') ? readLiveAccount(environment) : undefined;
  if (live?.ok === false) return fail(live.message);
  const remote = readRemoteTarget(environment);
  if (remote.kind === 'wrong') return fail(remote.message);
  const folder = resolve(environment.LOCAL_DATA || '.local');
  const started = await startLocalRuntime({
    folder,
    port,
    wallMs: Date.now,
    ticking: true,
    pages: remote.kind === 'remote' ? mountRemoteConsole(remote.target) : mountConsole,
    dynamodbEndpoint: environment.DYNAMODB_ENDPOINT || undefined,
    ...(live === undefined ? {} : { live: live.account }),
  });
  if (!started.ok) return fail(started.message);
  console.log(greeting(started.runtime, folder));
  await signalled();
  console.log('Stopping.');
  await started.runtime.stop();
  return 0;
}

function greeting({ info, clock }: LocalRuntime, folder: string): string {
  const rows = [
    ['Console', info.endpoints.console.replace('127.0.0.1', 'localhost')],
    ['API', info.endpoints.api],
    ['Clock', `${clock.now()}${info.live ? ' (real time; live run)' : ''}`],
    ['Data', folder],
  ];
  const table = rows.map(([name = '', value = '']) => `  ${colors.dim(name.padEnd(8))} ${value}`).join('\n');
  const next = info.live
    ? 'Real texts go to LIVE_ALLOWED_NUMBERS only. Post a session with: npx pnpm@12 send session.json'
    : `Try in a second terminal: ${colors.bold('npx pnpm@12 send')}`;
  return `${colors.bold('Aftercare is running.')}\n${table}\n\n${next}\nCtrl-C ends it.`;
}

/** Resolves at the first SIGINT or SIGTERM; a second one ends the process at once. */
function signalled(): Promise<void> {
  return new Promise((resolved) => {
    const end = (): void => {
      process.on('SIGINT', () => process.exit(130));
      process.on('SIGTERM', () => process.exit(143));
      resolved();
    };
    process.once('SIGINT', end);
    process.once('SIGTERM', end);
  });
}

function fail(message: string): number {
  console.error(message);
  return 1;
}
