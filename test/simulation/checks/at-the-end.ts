import type { MemoryTable } from '@aftercare/adapters/memory/table';
import type { ClinicConfig } from '@aftercare/contract/clinic-config';
import type { ReminderRow } from '@aftercare/usecases/rows';
import type { Faults } from '../faults.ts';
import type { History } from '../history.ts';
import type { Outside } from '../outside.ts';
import { timeOnWall } from '../wall-clock.ts';
import type { Report } from './report.ts';

const hourMs = 3_600_000;
const unfinished = new Set(['planned', 'scheduled', 'sending']);
const withReason = new Set(['skipped', 'cancelled', 'superseded', 'failed', 'undelivered']);

/** Invariant 2: when all is over nothing waits, and everything that did not go says why. */
export function checkTheEnd(parts: {
  readonly history: History;
  readonly outside: Outside;
  readonly clinics: readonly ClinicConfig[];
  readonly faults: Faults;
  readonly nowMs: number;
  readonly report: Report;
}): void {
  const { history, outside, report, nowMs } = parts;
  for (const reminder of history.reminders.values()) {
    const what = `${reminder.sk} of ${reminder.sessionKey}`;
    if (unfinished.has(reminder.status)) report('2', `${what} is still ${reminder.status}`);
    if (withReason.has(reminder.status) && reminder.reason === undefined) {
      report('2', `${what} is ${reminder.status} without a reason`);
    }
    if (reminder.status === 'unknown' && reminder.reason === undefined)
      report('2', `${what} was never settled`);
    checkExcuse(reminder, parts);
  }
  for (const message of history.messages.values()) {
    if (message.status === 'sending') report('2', `message ${message.messageId} is still sending`);
    if (message.status === 'unknown' && message.workShard !== undefined) {
      report('2', `message ${message.messageId} was never settled`);
    }
  }
  checkWork(outside.table, nowMs, report);
  checkSequences(outside.table, report);
  if (outside.queues.waiting().length > 0) report('2', 'a queue is not empty');
}

/** A text that stood as planned may only have come too late when something kept it. */
function checkExcuse(reminder: ReminderRow, parts: Parameters<typeof checkTheEnd>[0]): void {
  const { faults, history, report } = parts;
  if (reminder.reason !== 'window_over' || !history.everPlanned.has(`${reminder.pk} ${reminder.sk}`)) return;
  const clinic = parts.clinics.find(({ clinicId }) => clinicId === reminder.clinicId);
  if (clinic === undefined) return;
  const dueMs = Date.parse(reminder.dueAt);
  const closesMs = closingAfter(dueMs, clinic.window.closes, reminder.timeZone);
  const outage = faults.outages.some(({ fromMs, toMs }) => fromMs < closesMs && toMs > dueMs - hourMs);
  // Faults of single calls may use up the last hours, but not more: the sweep comes every five minutes.
  const tight = closesMs - dueMs < 2 * hourMs;
  const pk = `C#${reminder.clinicId}`;
  const before = history.switched.filter((one) => one.pk === pk && Date.parse(one.at) <= dueMs).at(-1);
  const during = history.switched.some(
    (one) => one.pk === pk && Date.parse(one.at) > dueMs && Date.parse(one.at) < closesMs,
  );
  const paused = before?.paused === true || during;
  if (!outage && !tight && !paused) {
    report(
      '2',
      `${reminder.sk} of ${reminder.sessionKey} was due at ${reminder.dueAt} and missed its window`,
    );
  }
}

function closingAfter(dueMs: number, closes: string, timeZone: string): number {
  let ms = dueMs;
  while (timeOnWall(ms, timeZone) < closes && ms < dueMs + 12 * hourMs) ms += 300_000;
  return ms;
}

/** The sweep's index is empty of what is due: whatever stays in it would be looked at for ever. */
function checkWork(table: MemoryTable, nowMs: number, report: Report): void {
  for (const item of table.everything()) {
    if (typeof item.attendAt !== 'string' || item.workShard === undefined) continue;
    if (Date.parse(item.attendAt) < nowMs - hourMs)
      report('2', `${item.pk} ${item.sk} still waits for the sweep`);
  }
}

/** Each session's events are numbered 1, 2, 3, …: a receiver can put them in order and see a gap. */
function checkSequences(table: MemoryTable, report: Report): void {
  const numbers = new Map<string, number[]>();
  for (const item of table.everything()) {
    if (item.row !== 'event' || typeof item.sequence !== 'number' || item.sequence === 0) continue;
    if (!String(item.pk).startsWith('S#')) continue;
    numbers.set(String(item.pk), [...(numbers.get(String(item.pk)) ?? []), item.sequence]);
  }
  for (const [pk, found] of numbers) {
    const sorted = found.sort((a, b) => a - b);
    if (sorted.some((number, index) => number !== index + 1))
      report('2 sequence', `${pk}: ${sorted.join(' ')}`);
  }
}
