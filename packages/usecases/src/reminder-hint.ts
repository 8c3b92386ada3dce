import * as z from 'zod/mini';
import { openSecret, sealSecret } from './clinic-secrets.ts';
import type { System } from './ports.ts';
import type { SessionRow } from './rows.ts';

/**
 * Where the rows about a reminder's patient are, so that the sender reads everything in one call instead of
 * the session first and its patient after. It travels in the schedule's input, which must not name a patient,
 * so it is sealed under the data key. Only a hint: what it names is compared with the session that was read,
 * and without it, or with one that no key opens any more, the sender reads in two steps.
 */
export type ReminderHint = {
  readonly clinicId: string;
  readonly phoneKey: string;
  readonly patientId: string;
};

const hint = z.tuple([z.string(), z.string(), z.string()]);

/** Bound to its session: moved into another one's schedule, it does not open. */
export async function sealHint(
  system: Pick<System, 'secrets' | 'random'>,
  session: Pick<SessionRow, 'sessionKey' | 'clinicId' | 'phoneKey' | 'patientId'>,
): Promise<string | undefined> {
  const [dataKey] = (await system.secrets.current()).dataKeys;
  if (dataKey === undefined) return undefined;
  const { sessionKey, clinicId, phoneKey, patientId } = session;
  return sealSecret(sessionKey, JSON.stringify([clinicId, phoneKey, patientId]), dataKey, system.random);
}

export async function openHint(
  system: Pick<System, 'secrets'>,
  sessionKey: string,
  sealed: string | undefined,
): Promise<ReminderHint | undefined> {
  if (sealed === undefined) return undefined;
  try {
    const { dataKeys } = await system.secrets.current();
    const [clinicId, phoneKey, patientId] = hint.parse(JSON.parse(openSecret(sessionKey, sealed, dataKeys)));
    return { clinicId, phoneKey, patientId };
  } catch {
    return undefined;
  }
}
