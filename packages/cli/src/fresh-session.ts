import { addSeconds, type Instant, parseInstant, secondsBetween } from '@aftercare/time/instant';
import { z } from 'zod';

const sessionFile = z.looseObject({
  sessionId: z.string(),
  patient: z.looseObject({
    phone: z.string(),
    consent: z.looseObject({ givenAt: z.string() }).optional(),
  }),
  treatment: z.looseObject({ endedAt: z.string() }),
});

/**
 * A session file as if it had happened lately: it ended `endedAgoSeconds` before `now`, consent was given as
 * long before as in the file, and the id is new, because a known id with another body is refused (409).
 * Without either change the text stays as it is. Answers with a sentence when the file has no such fields.
 *
 * @param phone goes in place of the patient's
 * @param wall makes the id new each time
 */
export function freshSession(
  text: string,
  change: {
    readonly endedAgoSeconds: number | undefined;
    readonly phone: string | undefined;
    readonly now: Instant;
    readonly wall: Instant;
  },
): { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string } {
  const { endedAgoSeconds, phone } = change;
  if (endedAgoSeconds === undefined && phone === undefined) return { ok: true, text };
  const read = sessionFile.safeParse(parsed(text));
  const endedAt = parseInstant(read.data?.treatment.endedAt ?? '');
  if (!read.success || endedAt === undefined)
    return {
      ok: false,
      message: 'The file is no session: it lacks sessionId, patient or treatment.endedAt.',
    };
  const { sessionId, patient, treatment } = read.data;
  const moved =
    endedAgoSeconds === undefined ? endedAt : addSeconds(change.now, -Math.floor(endedAgoSeconds));
  const later = (instant: string): string => {
    const at = parseInstant(instant);
    return at === undefined ? instant : addSeconds(at, secondsBetween(endedAt, moved));
  };
  const consent =
    patient.consent === undefined
      ? {}
      : { consent: { ...patient.consent, givenAt: later(patient.consent.givenAt) } };
  const fresh = {
    ...read.data,
    sessionId: `${sessionId.slice(0, 46)}-${change.wall.replaceAll(/[^0-9]/g, '').slice(0, 17)}`,
    patient: { ...patient, ...(phone === undefined ? {} : { phone }), ...consent },
    treatment: { ...treatment, endedAt: moved },
  };
  return { ok: true, text: JSON.stringify(fresh, undefined, 2) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
