import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parseSystemSecrets } from '@aftercare/adapters/secrets/system-secrets';
import { lifeCommands } from '@aftercare/cli/administration/clinic-life';
import { peopleCommands } from '@aftercare/cli/administration/clinic-people';
import { type Commands, runProgram } from '@aftercare/cli/administration/command';
import { connect } from '@aftercare/cli/administration/connect';
import { deadLetterCommands } from '@aftercare/cli/administration/dead-letter-commands';
import { patientCommands } from '@aftercare/cli/administration/patient-commands';
import { readJourneyFile } from '@aftercare/cli/journey/journey-file';
import { type LocalRuntime, startLocalRuntime } from '@aftercare/local/runtime/local-runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandsOf, type DocCommand, wordsOf } from './commands.ts';

/** Issue 6: each command of the deploy guide that can run without an account runs here. */

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const pages = ['README.md', 'docs/deploy.md', 'docs/runbook.md'];
const commands = pages.flatMap((page) => commandsOf(page, read(page)));
const scripts: { readonly [name: string]: string } = JSON.parse(read('package.json')).scripts;
const folder = mkdtempSync(join(tmpdir(), 'aftercare-docs-'));

let runtime: LocalRuntime;
let environment: NodeJS.ProcessEnv;
let webhookSecret = '';

beforeAll(async () => {
  const started = await startLocalRuntime({ folder, port: 0, wallMs: Date.now, ticking: false });
  if (!started.ok) throw new Error(started.message);
  runtime = started.runtime;
  const { PATH, HOME } = process.env;
  const port = new URL(runtime.info.endpoints.api).port;
  environment = { PATH, HOME, PORT: port, LOCAL_DATA: folder, NO_COLOR: '1', TZ: 'UTC' };
  writeFileSync(join(folder, 'my-clinic.json'), myClinic());
  writeFileSync(join(folder, 'nurse.json'), JSON.stringify(JSON.parse(myClinic()).staff[0]));
}, 60_000);

afterAll(async () => {
  await runtime.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The sample as an operator fills it in: two numbers of one's own. */
function myClinic(): string {
  return read('packages/cli/samples/clinic.json')
    .replace('+13055550100', '+13055550140')
    .replace('+13055550101', '+13055550141');
}

type Ran = { readonly code: number; readonly out: string; readonly err: string };

async function run(file: string, args: readonly string[], env = environment): Promise<Ran> {
  try {
    const { stdout, stderr } = await promisify(execFile)(file, [...args], {
      cwd: root,
      env,
      timeout: 90_000,
    });
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const failed = error as { code?: number; stdout?: string; stderr?: string };
    return { code: failed.code ?? 1, out: failed.stdout ?? '', err: failed.stderr ?? '' };
  }
}

/** A script of package.json as `npx pnpm@12 <name> …` runs it, without the package manager. */
async function script(name: string, args: readonly string[]): Promise<Ran> {
  const file = /^node (\S+\.ts)$/.exec(scripts[name] ?? '')?.[1];
  if (file === undefined) throw new Error(`${name} does not start a file of ours`);
  return run(process.execPath, [join(root, file), ...args]);
}

const programs: { readonly [name: string]: () => Commands } = {
  clinic: () => ({ ...lifeCommands, ...peopleCommands }),
  patient: () => patientCommands,
  'dead-letters': () => deadLetterCommands(environment),
};

/** The administration programs, in this process: the same as their scripts, without a start of Node each. */
async function administer(name: string, args: readonly string[]): Promise<Ran> {
  const said = { out: '', err: '' };
  const code = await runProgram(name, programs[name]?.() ?? {}, args, {
    out: (text) => {
      said.out += `${text}\n`;
    },
    err: (text) => {
      said.err += `${text}\n`;
    },
    connect: () => connect(environment),
    user: 'olga',
  });
  return { code, ...said };
}

const written = ['my-clinic.json', 'nurse.json', 'sheet.html'];
const example: { readonly [placeholder: string]: string } = { '<clinicId>': 'glow', '…': 'glow' };

/** Words as typed, with placeholders and files put where this test has them. */
function argumentsOf(command: DocCommand): readonly string[] {
  return wordsOf(command.text.replace(/^npx pnpm@12 /, ''))
    .map((word) => (written.includes(word) ? join(folder, word) : (example[word] ?? word)))
    .map((word) =>
      word.replace('$API_URL', runtime.info.endpoints.api).replace('$WEBHOOK_SECRET', webhookSecret),
    );
}

const programOf = ({ text }: DocCommand): string =>
  text.replace(/^npx pnpm@12 (?:exec )?/, '').split(/\s/)[0] ?? '';
const inProgram = (...names: string[]) => commands.filter((command) => names.includes(programOf(command)));

describe('the commands of README, deploy guide and runbook', () => {
  it('are all of a kind that this test knows', () => {
    const needsAccount = /^(?:aws |export |output\(\)|echo |\(umask|cp |rm |git |curl )/;
    const ours = [...Object.keys(scripts), 'cdk'];
    const unknown = commands.filter(
      (command) => !needsAccount.test(command.text) && !ours.includes(programOf(command)),
    );
    expect(unknown).toEqual([]);
    expect(commands.length).toBeGreaterThan(45);
  });

  it('name scripts whose files are there', () => {
    const files = Object.values(scripts).flatMap((text) => text.match(/[\w/-]+\.ts/g) ?? []);
    const used = new Set(commands.map(programOf).filter((name) => name in scripts));
    expect(used.size).toBeGreaterThan(10);
    for (const file of files) expect(existsSync(join(root, file)), file).toBe(true);
  });

  it('explain themselves', async () => {
    const asked = async (name: string, ran: Promise<Ran>) => {
      const { code, out } = await ran;
      expect([name, code]).toEqual([name, 0]);
      expect(out).toContain(`npx pnpm@12 ${name}`);
    };
    for (const name of Object.keys(programs)) await asked(name, administer(name, ['--help']));
    const started = ['start', 'send', 'journey', 'preview', 'protocol:lint'];
    await Promise.all(started.map((name) => asked(name, script(name, ['--help']))));
  }, 120_000);

  it('administer clinics as the text says, in its order', async () => {
    for (const command of inProgram('clinic').filter(({ text }) => !text.includes('--help'))) {
      const args = argumentsOf(command).slice(1);
      const { code, out, err } = await administer('clinic', args);
      webhookSecret = /whsec_\S+/.exec(args[0] === 'add' ? out : '')?.[0] ?? webhookSecret;
      expect(code, `${command.at}: ${command.text}\n${out}${err}`).toBe(0);
    }
    expect(webhookSecret).toMatch(/^whsec_/);
  }, 240_000);

  it('send the first text of step 8, and the plain one of the README', async () => {
    for (const command of inProgram('send')) {
      const { code, out, err } = await script('send', argumentsOf(command).slice(1));
      expect(code, `${command.at}: ${out}${err}`).toBe(0);
      expect(out).toContain('HTTP 201');
    }
    expect(inProgram('send').some(({ text }) => text.includes('--ended-ago'))).toBe(true);
  }, 60_000);

  it('list and redrive dead letters', async () => {
    const found = inProgram('dead-letters').filter(({ text }) => !text.includes('--help'));
    expect(found.length).toBeGreaterThan(2);
    for (const command of found) {
      const { code, out, err } = await administer('dead-letters', argumentsOf(command).slice(1));
      expect(code, `${command.at}: ${out}${err}`).toBe(0);
    }
  }, 60_000);

  it('preview sessions and the sheet, and name journeys that can be walked', async () => {
    for (const command of inProgram('preview')) {
      const { code, out, err } = await script('preview', argumentsOf(command).slice(1));
      expect(code, `${command.at}: ${err}`).toBe(0);
      expect(out.length).toBeGreaterThan(10);
    }
    expect(readFileSync(join(folder, 'sheet.html'), 'utf8')).toContain('<html');
    const journeys = inProgram('journey').map((command) => argumentsOf(command)[1] ?? '');
    expect(journeys.length).toBeGreaterThan(0);
    for (const file of journeys) expect(readJourneyFile(join(root, file)), file).toMatchObject({ ok: true });
  }, 180_000);
});

describe('the system secret', () => {
  it('is made by the page’s own lines in the form that the functions accept', async () => {
    const snippet = commands.find(({ text }) => text.startsWith('(umask'))?.text ?? '';
    const file = join(folder, 'system-secret.json');
    const account = { TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`, TWILIO_AUTH_TOKEN: 'token' };
    const ran = await run('bash', ['-c', snippet.replace('system-secret.json', file)], {
      ...environment,
      ...account,
    });
    expect(ran).toMatchObject({ code: 0, err: '' });
    const secrets = parseSystemSecrets(readFileSync(file, 'utf8'));
    expect(secrets).toMatchObject({ twilioAuthTokens: ['token'], dataKeys: [{ id: 'k1' }] });
    expect(secrets.phonePepper).not.toBe(secrets.dataKeys[0]?.key);
  });
});

describe('what needs an account', () => {
  const infra = ['settings', 'app-stack', 'data-stack']
    .map((name) => read(`infra/lib/${name}.ts`))
    .join('\n');
  const guide = read('docs/deploy.md');

  it('asks for settings that the deployment reads', () => {
    const settings = new Set([...guide.matchAll(/-c (\w+)=/g)].map(([, name = '']) => name));
    expect(settings.size).toBeGreaterThan(5);
    for (const name of settings) expect(infra, name).toContain(`text('${name}')`);
  });

  it('reads outputs that the stacks have', () => {
    const outputs = new Set([...guide.matchAll(/output (?:data|app) (\w+)/g)].map(([, name = '']) => name));
    expect(outputs.size).toBeGreaterThan(4);
    for (const name of outputs) expect(infra, name).toContain(`new CfnOutput(this, '${name}'`);
  });

  it('uses verbs that the CDK has, and shell that parses', async () => {
    const verbs = new Set(inProgram('cdk').map(({ text }) => /cdk (\w+)/.exec(text)?.[1] ?? ''));
    expect([...verbs].sort()).toEqual(['bootstrap', 'deploy', 'destroy', 'diff', 'synth']);
    const blocks = [...guide.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block);
    expect(blocks.length).toBeGreaterThan(8);
    for (const block of blocks) {
      const { code, err } = await run('bash', ['-n', '-c', block]);
      expect(code, err).toBe(0);
    }
  }, 30_000);
});
