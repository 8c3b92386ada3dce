import { addHours, addSeconds, type Instant, isBefore, parseInstant } from '@aftercare/time/instant';
import type { DailyWindow } from '@aftercare/time/window';
import * as z from 'zod/mini';
import { id } from './fields.ts';
import { usPhone } from './phone-fields.ts';
import { consent, overrides, patientFields, treatment } from './session-shape.ts';
import { type FieldError, type Validated, validate } from './validate.ts';

const patient = z
  .strictObject(patientFields(usPhone))
  .check(
    z.superRefine(
      (person, context) => {
        if (person?.minor !== true) return;
        const missing = (path: string[], message: string) =>
          context.addIssue({ code: 'custom', path, message, params: { code: 'guardian_required' } });
        if (person.guardian === undefined)
          missing(['guardian'], 'is required for a minor: who is responsible');
        if (person.consent?.by !== 'guardian') missing(['consent', 'by'], 'must be "guardian" for a minor');
      },
      { when: () => true },
    ),
  )
  .register(z.globalRegistry, { id: 'Patient' });

/**
 * A treatment session as a clinic's software posts it (design 6.1, product-rules 9 and 10), the shape alone:
 * what holds whatever the clock and the clinic say. `readSessionRequest` checks those too.
 */
export const sessionRequest = z
  .strictObject({ sessionId: id, patient, treatment, overrides: z.exactOptional(overrides) })
  .register(z.globalRegistry, { id: 'SessionRequest' });
export type SessionRequest = z.output<typeof sessionRequest>;

export type SessionRules = {
  readonly now: Instant;
  /** The clinic's window: `overrides.reminderTime` must lie in it. */
  readonly window: DailyWindow;
  /** The clinic's locations: `treatment.locationId` must be one of them. */
  readonly locationIds: readonly string[];
};

/** A clock that is this far ahead of ours is not "the future". */
const CLOCK_SKEW_SECONDS = 30;
const MAX_SESSION_AGE_HOURS = 14 * 24;

/**
 * Reads a posted session by its shape, the clock and the clinic, naming every wrong field at once. A body
 * equal to a known revision must be recognised (canonical-json.ts) before this: a replay stays a replay
 * when its date grows old.
 */
export function readSessionRequest(body: unknown, rules: SessionRules): Validated<SessionRequest> {
  const shaped = withHomes(validate(sessionRequest, body));
  const broken = new Set(shaped.ok ? [] : shaped.errors.map((error) => error.path));
  const more = againstRules(body, rules).filter((error) => !broken.has(error.path));
  if (shaped.ok && more.length === 0) return shaped;
  return { ok: false, errors: [...(shaped.ok ? [] : shaped.errors), ...more] };
}

const homes: readonly (readonly [string, string])[] = [
  ...Object.keys(sessionRequest.shape).map((name) => [name, name] as const),
  ...Object.keys(patient.shape).map((name) => [name, `patient.${name}`] as const),
  ...Object.keys(consent.shape).map((name) => [name, `patient.consent.${name}`] as const),
  ...Object.keys(treatment.shape).map((name) => [name, `treatment.${name}`] as const),
  ...Object.keys(overrides.shape).map((name) => [name, `overrides.${name}`] as const),
];

/** A field in the wrong place is told where it belongs. */
function withHomes<T>(read: Validated<T>): Validated<T> {
  if (read.ok) return read;
  const errors = read.errors.map((error) => {
    if (error.code !== 'unknown_field') return error;
    const name = error.path.slice(error.path.lastIndexOf('.') + 1);
    const home = homes.find(([known]) => known === name)?.[1];
    return home === undefined ? error : { ...error, message: `is not a field here; it belongs at ${home}` };
  });
  return { ok: false, errors };
}

function againstRules(body: unknown, rules: SessionRules): FieldError[] {
  return [
    ...checkEndedAt(instantIn(body, 'treatment', 'endedAt'), rules.now),
    ...checkGivenAt(instantIn(body, 'patient', 'consent', 'givenAt'), rules.now),
    ...checkReminderTime(textIn(body, 'overrides', 'reminderTime'), rules.window),
    ...checkLocation(textIn(body, 'treatment', 'locationId'), rules.locationIds),
  ];
}

function checkEndedAt(endedAt: Instant | undefined, now: Instant): FieldError[] {
  const path = 'treatment.endedAt';
  if (endedAt === undefined) return [];
  if (isBefore(addSeconds(now, CLOCK_SKEW_SECONDS), endedAt)) {
    return [
      {
        path,
        code: 'in_the_future',
        message: 'must not be in the future: post the session when it has ended',
      },
    ];
  }
  if (isBefore(endedAt, addHours(now, -MAX_SESSION_AGE_HOURS))) {
    return [
      { path, code: 'too_old', message: 'must be at most 14 days ago: the last text is due on day 14' },
    ];
  }
  return [];
}

function checkGivenAt(givenAt: Instant | undefined, now: Instant): FieldError[] {
  const path = 'patient.consent.givenAt';
  if (givenAt === undefined) return [];
  if (isBefore(addSeconds(now, CLOCK_SKEW_SECONDS), givenAt)) {
    return [{ path, code: 'in_the_future', message: 'must not be in the future' }];
  }
  if (isBefore(givenAt, oneYearBefore(now))) {
    return [{ path, code: 'too_old', message: 'must be at most 12 months ago: ask the patient again' }];
  }
  return [];
}

function checkReminderTime(time: string | undefined, window: DailyWindow): FieldError[] {
  if (time === undefined || (time >= window.opens && time < window.closes)) return [];
  const message = `must lie in the clinic's window, from ${window.opens} to before ${window.closes}`;
  return [{ path: 'overrides.reminderTime', code: 'outside_window', message }];
}

function checkLocation(locationId: string | undefined, known: readonly string[]): FieldError[] {
  if (locationId === undefined || known.includes(locationId)) return [];
  const message = `must be one of the clinic's locations: ${known.join(', ')}`;
  return [{ path: 'treatment.locationId', code: 'unknown_location', message }];
}

function oneYearBefore(now: Instant): Instant {
  const year = String(Number(now.slice(0, 4)) - 1).padStart(4, '0');
  // 29 February has no counterpart a year earlier.
  return parseInstant(`${year}${now.slice(4)}`) ?? parseInstant(`${year}-02-28${now.slice(10)}`) ?? now;
}

function instantIn(body: unknown, ...path: string[]): Instant | undefined {
  const text = textIn(body, ...path);
  return text === undefined ? undefined : parseInstant(text);
}

function textIn(body: unknown, ...path: string[]): string | undefined {
  let value: unknown = body;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.getOwnPropertyDescriptor(value, step)?.value;
  }
  return typeof value === 'string' ? value : undefined;
}

/** The language of our texts for a tag (`es-MX` is `es`); undefined when we have none (product-rules 10). */
export function textLanguageOf(tag: string): 'en' | 'es' | undefined {
  const primary = tag.split('-')[0]?.toLowerCase();
  return primary === 'en' || primary === 'es' ? primary : undefined;
}

/**
 * Proof fields of product-rules 10 that a consent lacks: each gap is part of the warning
 * `consent_proof_incomplete`.
 */
export function missingConsentProof(given: SessionRequest['patient']['consent']): string[] {
  const proof = ['textVersion', 'language', 'collectedBy', 'source', 'evidenceRef'] as const;
  const fields = [...proof, 'smsRiskAccepted'] as const;
  return fields.filter((field) => given[field] === undefined || given[field] === false);
}
