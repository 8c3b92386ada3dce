import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ShownMessage } from '@aftercare/local/runtime/message-log';
import { createLocalProcess, sessionOf } from './local-process.ts';

/**
 * Many at once on the real process: `node test/simulation/load.ts [--at-once 200]`. All sessions are posted
 * at the same moment, then every patient texts at the same moment, once through the carrier's webhook and
 * once through `/local/phone`. Prints times and what was lost or doubled.
 */
type PhoneAnswer = { readonly received: ShownMessage; readonly replies: readonly ShownMessage[] };

const { values } = parseArgs({ options: { 'at-once': { type: 'string', default: '200' } } });
const many = Number(values['at-once']);
const folder = mkdtempSync(join(tmpdir(), 'aftercare-load-'));
const local = await createLocalProcess(folder);
await local.start();
const endedAt = new Date(Date.parse(await local.now()) - 3_600_000);
const numbers = Array.from({ length: many }, (_, number) => number);
const problems: string[] = [];
const phoneOf = (number: number): string => `+1786555${1000 + number}`;

async function timed<T>(call: () => Promise<T>): Promise<{ readonly ms: number; readonly answer: T }> {
  const began = performance.now();
  const answer = await call();
  return { ms: performance.now() - began, answer };
}

function show(what: string, totalMs: number, each: readonly number[]): void {
  const sorted = [...each].sort((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(0);
  const rate = (each.length / totalMs) * 1000;
  console.log(
    `${what}: ${each.length} in ${(totalMs / 1000).toFixed(1)} s (${rate.toFixed(1)} a second); ` +
      `half ${at(0.5)} ms, 95 % ${at(0.95)} ms, slowest ${at(1)} ms`,
  );
}

const intake = await timed(() =>
  Promise.all(
    numbers.map((number) => timed(() => local.clinicCall('POST', '/sessions', sessionOf(number, endedAt)))),
  ),
);
show(
  'intakes',
  intake.ms,
  intake.answer.map(({ ms }) => ms),
);
for (const [number, { answer }] of intake.answer.entries()) {
  if (answer?.status !== 201)
    problems.push(`intake ${number} was answered ${answer?.status ?? 'not at all'}`);
}

const replies = await timed(() =>
  Promise.all(numbers.map((number) => timed(() => local.inbound(phoneOf(number), number, 'is makeup ok?')))),
);
show(
  'texts in',
  replies.ms,
  replies.answer.map(({ ms }) => ms),
);
for (const [number, { answer }] of replies.answer.entries()) {
  if (answer !== 200) problems.push(`text ${number} was answered ${answer ?? 'not at all'}`);
}
await local.post('/local/clock', { advanceBy: 'PT10M' });

const messages = await local.messages();
for (const number of numbers) {
  const phone = phoneOf(number);
  const answered = messages.filter((message) => message.to === phone && message.kind === 'reply').length;
  if (answered !== 1) problems.push(`patient ${number} got ${answered} replies to one text`);
}
// Once more as a person does it on this machine: each call waits for its own answer (design 6.3).
const phones = await timed(() =>
  Promise.all(
    numbers.map((number) =>
      timed(() => local.post('/local/phone', { from: phoneOf(number), body: 'when can I exercise again?' })),
    ),
  ),
);
show(
  'replies through /local/phone',
  phones.ms,
  phones.answer.map(({ ms }) => ms),
);
for (const [number, { answer }] of phones.answer.entries()) {
  const { received, replies = [] } = (answer?.body ?? {}) as Partial<PhoneAnswer>;
  if (answer?.status !== 200 || received?.from !== phoneOf(number))
    problems.push(`/local/phone of patient ${number} was answered ${answer?.status ?? 'not at all'}`);
  else if (replies.length !== 1 || replies[0]?.to !== phoneOf(number))
    problems.push(`/local/phone of patient ${number} came back with ${replies.length} replies`);
}
const exchanged = await local.messages();
for (const number of numbers) {
  const answered = exchanged.filter(({ to, kind }) => to === phoneOf(number) && kind === 'reply').length;
  if (answered !== 2) problems.push(`patient ${number} got ${answered} replies to two texts`);
}
const days = await timed(() => local.post('/local/clock', { advanceBy: 'P15D' }));
const after = await local.messages();
for (const number of numbers) {
  const phone = phoneOf(number);
  const sent = after
    .filter((message) => message.to === phone && message.kind === 'reminder')
    .map(({ day }) => day);
  if (sent.join() !== '1,3,7,14')
    problems.push(`patient ${number} got reminders of days ${sent.join() || 'none'}`);
}
console.log(`fifteen days: ${(days.ms / 1000).toFixed(1)} s for ${after.length} SMS`);
await local.kill();
rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
console.log(problems.length === 0 ? 'nothing lost, nothing twice' : problems.slice(0, 20).join('\n'));
process.exit(problems.length === 0 ? 0 : 1);
