import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createLocalProcess, sessionOf } from './local-process.ts';

/**
 * The real process with a database that stands still, is killed, and whose disk is full:
 * `node test/simulation/outages.ts`. What was acknowledged must be there afterwards, and the rest can be sent
 * again.
 */
const folder = mkdtempSync(join(tmpdir(), 'aftercare-outages-'));
const local = await createLocalProcess(folder);
await local.start();
const endedAt = new Date(Date.parse(await local.now()) - 3_600_000);
const acknowledged = new Set<number>();
const problems: string[] = [];
let next = 0;

async function postOne(number: number): Promise<number | undefined> {
  const answered = await Promise.race([
    local.clinicCall('POST', '/sessions', sessionOf(number, endedAt)),
    wait(20_000, undefined),
  ]);
  if (answered !== undefined && answered.status < 300) acknowledged.add(number);
  return answered?.status;
}

/** Posts a few and says how they were answered. */
async function postSome(what: string, many: number): Promise<readonly (number | undefined)[]> {
  const numbers = Array.from({ length: many }, (_, index) => next + index);
  next += many;
  const statuses = await Promise.all(numbers.map(postOne));
  console.log(`${what}: answered ${statuses.map((status) => status ?? 'nothing').join(' ')}`);
  return statuses;
}

function largestFileKib(path: string): number {
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((most, entry) => Math.max(most, statSync(join(entry.parentPath, entry.name)).size / 1024), 0);
}

const fine = await postSome('all well', 4);
if (fine.some((status) => status !== 201)) problems.push('a session was refused though all was well');

for (const pid of local.childPids()) process.kill(pid, 'SIGSTOP');
const whileStopped = postSome('database standing still for 3 s', 4);
await wait(3000);
for (const pid of local.childPids()) process.kill(pid, 'SIGCONT');
await whileStopped;

for (const pid of local.childPids()) process.kill(pid, 'SIGKILL');
await postSome('database killed', 4);
await local.kill();
await local.start();

await local.kill();
await local.start(Math.ceil(largestFileKib(folder)) + 150);
const full: (number | undefined)[] = [];
for (let round = 0; round < 12 && !full.some((status) => status !== 201); round += 1) {
  full.push(...(await postSome('disk nearly full', 4)));
}
if (!full.some((status) => status !== 201)) problems.push('the disk never became full: nothing was tested');
if (full.some((status) => status !== undefined && status !== 201 && status < 500)) {
  problems.push('a full disk was answered as if the clinic had done something wrong');
}
await local.kill();
await local.start();

const before = [...acknowledged];
for (const number of before) {
  const view = await local.clinicCall('GET', `/sessions/s-${number}`);
  if (view?.status !== 200) problems.push(`session ${number} was acknowledged and is lost`);
}
for (let number = 0; number < next; number += 1) await postOne(number);
if (acknowledged.size !== next)
  problems.push(`${next - acknowledged.size} sessions could not be posted afterwards`);
for (let day = 0; day < 16; day += 1) await local.post('/local/clock', { advanceBy: 'P1D' });
const messages = await local.messages();
for (let number = 0; number < next; number += 1) {
  const phone = `+1786555${1000 + number}`;
  const days = messages
    .filter((message) => message.to === phone && message.kind === 'reminder')
    .map(({ day }) => day);
  if (days.join() !== '1,3,7,14')
    problems.push(`patient ${number} got reminders of days ${days.join() || 'none'}`);
}
await local.kill();
rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
console.log(
  `${next} sessions, ${before.length} acknowledged during the outages, ${messages.length} SMS in all`,
);
console.log(problems.length === 0 ? 'nothing lost, nothing twice' : problems.slice(0, 20).join('\n'));
process.exit(problems.length === 0 ? 0 : 1);
