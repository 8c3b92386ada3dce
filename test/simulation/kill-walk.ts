import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createChance } from './chance.ts';
import { createLocalProcess, sessionOf } from './local-process.ts';

/**
 * The real process with the embedded database, killed with SIGKILL at random points while it takes in
 * sessions, reads texts and walks through the days: `node test/simulation/kill-walk.ts [--kills 100] [--seed
 * 1]`.
 */
const { values } = parseArgs({
  options: { kills: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' } },
});
const kills = Number(values.kills);
const chance = createChance(Number(values.seed));
const folder = mkdtempSync(join(tmpdir(), 'aftercare-kill-walk-'));
const local = await createLocalProcess(folder);
const readyMs = [await local.start()];
const posted = new Map<number, object>();
const texts = ['1', '3', 'is makeup ok?', 'there is pus and fever', "I can't breathe", 'thank you'];
let textsSent = 0;

async function postSession(): Promise<void> {
  const number = posted.size;
  const body = sessionOf(number, new Date(Date.parse(await local.now()) - 3_600_000));
  posted.set(number, body);
  await local.clinicCall('POST', '/sessions', body);
}

async function step(): Promise<unknown> {
  if (posted.size < 4 || (posted.size < 25 && chance.hits(0.25))) return postSession();
  if (chance.hits(0.3)) {
    textsSent += 1;
    const from = `+1786555${1000 + chance.whole(0, posted.size - 1)}`;
    return local.post('/local/phone', { from, body: chance.pick(texts) });
  }
  return local.post('/local/clock', { advanceBy: `PT${chance.whole(1, 20)}H` });
}

const startedMs = performance.now();
for (let killed = 0; killed < kills; killed += 1) {
  const running = step().catch(() => undefined);
  await Promise.race([running, wait(chance.whole(5, 700))]);
  await local.kill();
  await running;
  readyMs.push(await local.start());
}
// The clinic's software tries again what it got no answer to, with the same body.
for (const body of posted.values()) await local.clinicCall('POST', '/sessions', body);
for (let day = 0; day < 17; day += 1) await local.post('/local/clock', { advanceBy: 'P1D' });

const problems: string[] = [];
const messages = await local.messages();
let reminders = 0;
for (const number of posted.keys()) {
  const phone = `+1786555${1000 + number}`;
  const view = (await local.clinicCall('GET', `/sessions/s-${number}`))?.body as
    | { reminders: { day: number; status: string; reason?: string }[] }
    | undefined;
  if (view === undefined) {
    problems.push(`session ${number} is lost`);
    continue;
  }
  const outbound = messages.filter((message) => message.direction === 'outbound' && message.to === phone);
  for (const reminder of view.reminders) {
    const sent = outbound.filter(
      (message) => message.kind === 'reminder' && message.day === reminder.day,
    ).length;
    reminders += sent;
    const went = ['sent', 'delivered'].includes(reminder.status);
    if (sent > 1) problems.push(`session ${number} day ${reminder.day} went ${sent} times`);
    if (went && sent === 0)
      problems.push(`session ${number} day ${reminder.day} is ${reminder.status} and never went`);
    if (!went && reminder.reason === undefined)
      problems.push(`session ${number} day ${reminder.day} is ${reminder.status} without a reason`);
  }
  const inbound = messages.filter(
    (message) => message.direction === 'inbound' && message.from === phone,
  ).length;
  const replies = outbound.filter((message) => message.kind === 'reply' || message.kind === 'opt_out').length;
  if (replies > inbound) problems.push(`${replies} replies to ${inbound} texts of patient ${number}`);
}
await local.kill();
rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });

const ready = readyMs.sort((a, b) => a - b);
const median = ready[Math.floor(ready.length / 2)] ?? 0;
console.log(
  `${kills} kills in ${((performance.now() - startedMs) / 1000).toFixed(0)} s, seed ${values.seed}`,
);
console.log(
  `${posted.size} sessions, ${reminders} reminders, ${textsSent} texts in, ${messages.length} SMS in all`,
);
console.log(
  `ready again after ${median.toFixed(0)} ms (median), ${(ready.at(-1) ?? 0).toFixed(0)} ms (slowest)`,
);
console.log(problems.length === 0 ? 'nothing lost, nothing twice' : problems.join('\n'));
process.exit(problems.length === 0 ? 0 : 1);
