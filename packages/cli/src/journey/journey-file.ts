import { readFileSync } from 'node:fs';
import { type FieldError, validate } from '@aftercare/contract/validate';
import { parseDuration } from '@aftercare/time/duration';
import { type Instant, parseInstant } from '@aftercare/time/instant';
import { z } from 'zod';

/** One text of the walk. Without `from` and `to`: the patient texts the clinic's patient line. */
const reply = z.strictObject({
  /** ISO 8601 duration after `treatment.endedAt`. */
  at: z
    .string()
    .refine((text) => parseDuration(text) !== undefined, 'must be an ISO 8601 duration such as P1DT2H'),
  body: z.string().max(1600, 'must be at most 1600 characters'),
  /** A phone number, or a staffId of the clinic. */
  from: z.string().min(1).optional(),
  /** A phone number, or `alert` for the clinic's alert line, where staff answer pages. */
  to: z.string().min(1).optional(),
  mediaUrls: z.array(z.url()).max(10).optional(),
});

const journeyFile = z.strictObject({
  /** As POSTed to the API, at `treatment.endedAt`. The API itself checks it. */
  session: z.looseObject({
    sessionId: z.string(),
    patient: z.looseObject({ phone: z.string() }),
    treatment: z.looseObject({
      endedAt: z
        .string()
        .refine(
          (text) => parseInstant(text) !== undefined,
          'must be an instant such as 2026-11-21T16:30:00Z',
        ),
    }),
  }),
  /** Members of the sample clinic's configuration to replace. */
  clinic: z.looseObject({}).optional(),
  replies: z.array(reply).max(1000).default([]),
});

export type JourneyFile = z.output<typeof journeyFile>;

export type ReadJourney =
  | { readonly ok: true; readonly journey: JourneyFile; readonly endedAt: Instant }
  | { readonly ok: false; readonly message: string };

/** Reads a journey file; the message names every wrong field at once. */
export function readJourneyFile(path: string): ReadJourney {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return { ok: false, message: `The file ${path} cannot be read.` };
  }
  try {
    return parseJourney(JSON.parse(text), path);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { ok: false, message: `${path} is not JSON: ${error.message}.` };
  }
}

export function parseJourney(value: unknown, path: string): ReadJourney {
  const read = validate(journeyFile, value);
  if (!read.ok) return { ok: false, message: `${path}: ${sentences(read.errors)}` };
  const endedAt = parseInstant(read.value.session.treatment.endedAt);
  if (endedAt === undefined) throw new Error('the schema checks the instant');
  return { ok: true, journey: read.value, endedAt };
}

function sentences(errors: readonly FieldError[]): string {
  return `${errors.map(({ path, message }) => `${path} ${message}`.trim()).join('; ')}.`;
}
