import { readFileSync } from 'node:fs';
import { signWebhook } from '@aftercare/contract/request-signature';
import { parseDuration } from '@aftercare/time/duration';
import { instantFromEpochMs, parseInstant } from '@aftercare/time/instant';
import colors from 'picocolors';
import { z } from 'zod';
import { type CommandLine, optionLines, readCommandLine } from './command-line.ts';
import { freshSession } from './fresh-session.ts';
import { sampleSession } from './sample-session.ts';

const options = {
  url: { kind: 'text', value: 'address', help: 'of the API (default: http://127.0.0.1 and PORT, or 8787)' },
  secret: {
    kind: 'text',
    value: 'whsec_…',
    help: "the clinic's webhook secret (default: asked of the local runtime)",
  },
  clinic: { kind: 'text', value: 'id', help: "the clinic's id (default: the local sample clinic)" },
  phone: { kind: 'text', value: '+1…', help: "this number in place of the file's" },
  'ended-ago': {
    kind: 'text',
    value: 'PT1H',
    help: 'as if the session of the file had ended so long ago, under a new id',
  },
} as const;

const help = `Usage: npx pnpm@12 send [session.json] [options]

Signs a session and posts it, then prints the answer. Without a file: a sample session that ended an hour ago.

${optionLines(options)}`;

const infoSchema = z.object({ clinicId: z.string(), webhookSecret: z.string() });
const clockSchema = z.object({ now: z.string() });

process.exitCode = await main(process.argv.slice(2), process.env);

async function main(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const read = readCommandLine(args, options);
  if (!read.ok) return fail(`${read.message} See --help.`);
  const { line } = read;
  if (line.flag('help')) {
    console.log(help);
    return 0;
  }
  const [file, ...more] = line.words;
  if (more.length > 0) return fail('send takes one file. See --help.');
  const url = (line.text('url') ?? `http://127.0.0.1:${environment.PORT || 8787}`).replace(/\/$/, '');
  const target = await targetOf(url, line.text('secret'), line.text('clinic'));
  if (target === undefined) {
    return fail(
      `Nothing answers at ${url}. Start the system with: npx pnpm@12 start (or give --url and --secret).`,
    );
  }
  const text = file === undefined ? JSON.stringify(await sampleAt(url), undefined, 2) : readText(file);
  if (text === undefined) return fail(`The file ${file} cannot be read.`);
  const body = await fresh(url, text, line);
  return body.ok ? post(target, body.text) : fail(body.message);
}

/** The body with --ended-ago and --phone applied, by the clock that the system goes by. */
async function fresh(url: string, text: string, line: CommandLine): Promise<ReturnType<typeof freshSession>> {
  const ago = line.text('ended-ago');
  const endedAgoSeconds = ago === undefined ? undefined : parseDuration(ago);
  if (ago !== undefined && endedAgoSeconds === undefined)
    return { ok: false, message: '--ended-ago is an ISO 8601 duration such as PT1H or P1DT2H.' };
  const wall = instantFromEpochMs(Date.now());
  const clock = await askLocal(`${url}/local/clock`, clockSchema);
  const now = parseInstant(clock?.now ?? '') ?? wall;
  return freshSession(text, { endedAgoSeconds, phone: line.text('phone'), now, wall });
}

type Target = { readonly sessionsUrl: string; readonly secret: string };

/** Where to post and what to sign with; asks the local runtime for what was not given. */
async function targetOf(
  url: string,
  secret: string | undefined,
  clinic: string | undefined,
): Promise<Target | undefined> {
  const info =
    secret === undefined || clinic === undefined
      ? await askLocal(`${url}/local/info`, infoSchema)
      : undefined;
  const signWith = secret ?? info?.webhookSecret;
  const clinicId = clinic ?? info?.clinicId ?? 'glow';
  return signWith === undefined
    ? undefined
    : { sessionsUrl: `${url}/v1/clinics/${clinicId}/sessions`, secret: signWith };
}

/** The sample ends an hour before the time the system believes it is: its clock may have been moved. */
async function sampleAt(url: string): Promise<object> {
  const wall = instantFromEpochMs(Date.now());
  const clock = await askLocal(`${url}/local/clock`, clockSchema);
  return sampleSession(clock?.now ?? wall, wall);
}

async function askLocal<T>(url: string, schema: z.ZodType<T>): Promise<T | undefined> {
  try {
    const response = await fetch(url);
    return response.ok ? schema.parse(await response.json()) : undefined;
  } catch {
    return undefined;
  }
}

async function post(target: Target, body: string): Promise<number> {
  const signature = signWebhook({
    webhookId: `msg_${crypto.randomUUID()}`,
    at: instantFromEpochMs(Date.now()),
    payload: body,
    secrets: [target.secret],
  });
  let response: Response;
  try {
    const headers = { ...signature, 'content-type': 'application/json' };
    response = await fetch(target.sessionsUrl, { method: 'POST', headers, body });
  } catch {
    return fail(`Nothing answers at ${target.sessionsUrl}.`);
  }
  const text = await response.text();
  const replayed =
    response.headers.get('idempotent-replayed') === 'true' ? ' (idempotent-replayed: true)' : '';
  const status = `HTTP ${response.status}${replayed}`;
  console.log(response.ok ? colors.green(status) : colors.red(status));
  console.log(pretty(text));
  if (response.ok)
    console.error(colors.dim('See the texts to come in the console, or move the clock there.'));
  return response.ok ? 0 : 1;
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function fail(message: string): number {
  console.error(message);
  return 1;
}
