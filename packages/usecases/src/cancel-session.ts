import type { SessionAnswer } from '@aftercare/contract/session-answer';
import type { IntakeReach } from './accept-session.ts';
import { removeSchedules } from './ensure-schedules.ts';
import { sessionKeyOf } from './keys.ts';
import { readReminderRows, readSessionRow } from './session-rows.ts';
import { sessionAnswerOf } from './session-view.ts';
import { closeRows, closing, isOpen } from './session-writes.ts';
import { type Happening, withEvents } from './timeline.ts';

export type CancelOutcome =
  | { readonly kind: 'cancelled'; readonly answer: SessionAnswer }
  | { readonly kind: 'unknown' };

const attempts = 6;

/**
 * Cancels a session: nothing more is claimed. Repeatable; a text already claimed may still go and shows it.
 */
export async function cancelSession(
  system: IntakeReach,
  clinicId: string,
  sessionId: string,
): Promise<CancelOutcome> {
  const sessionKey = sessionKeyOf(clinicId, sessionId);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const session = await readSessionRow(system, sessionKey);
    if (session === undefined || session.clinicId !== clinicId) return { kind: 'unknown' };
    const rows = await readReminderRows(system, sessionKey);
    if (session.status === 'cancelled') return { kind: 'cancelled', answer: sessionAnswerOf(session, rows) };
    const now = system.clock.now();
    const open = rows.filter(isOpen);
    const happenings: Happening[] = [
      {
        type: 'session.cancelled',
        publishAs: 'session.cancelled',
        text: 'The clinic cancelled this session.',
      },
      ...open.map((row) => closing(row, 'cancelled', 'The session was cancelled.')),
    ];
    const written = await system.table.transact([
      ...withEvents(system.random, now, session, happenings, {
        set: { status: 'cancelled' },
        remove: ['workShard', 'attendAt'],
      }),
      ...closeRows(open, 'cancelled', 'cancelled'),
    ]);
    if (!written.ok) continue;
    system.metrics.count('sessions_cancelled');
    await removeSchedules(system, open);
    const [after, rowsAfter] = await Promise.all([
      readSessionRow(system, sessionKey),
      readReminderRows(system, sessionKey),
    ]);
    return { kind: 'cancelled', answer: sessionAnswerOf(after ?? session, rowsAfter) };
  }
  throw new Error('A cancellation met other writers too often');
}
