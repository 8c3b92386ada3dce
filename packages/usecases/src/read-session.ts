import type { SessionTimeline } from '@aftercare/contract/session-answer';
import { sessionKeyOf } from './keys.ts';
import type { System } from './ports.ts';
import { readWholeSession } from './session-rows.ts';
import { sessionTimelineOf } from './session-view.ts';

/** The timeline of one session of one clinic; undefined when that clinic has none of that id. */
export async function readSession(
  system: Pick<System, 'table'>,
  clinicId: string,
  sessionId: string,
): Promise<SessionTimeline | undefined> {
  const whole = await readWholeSession(system, sessionKeyOf(clinicId, sessionId));
  if (whole === undefined || whole.session.clinicId !== clinicId) return undefined;
  return sessionTimelineOf(whole);
}
