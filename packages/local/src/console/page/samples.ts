import type { sessionRequest } from '@aftercare/contract/session-request';
import { addHours, type Instant } from '@aftercare/time/instant';
import type { z } from 'zod';

/** A session as it is being written: the shape of the request, before it is checked. */
export type SessionDraft = z.input<typeof sessionRequest>;

export type Sample = {
  readonly name: string;
  readonly hint: string;
  readonly of: (now: Instant, number: number) => SessionDraft;
};

/** Texts go out on the patient's own days, so a sample has just ended whenever it is taken. */
const endedHoursAgo = 1;

export const samples: readonly Sample[] = [
  {
    name: 'Shallow pen',
    hint: 'Pen 0.5 mm on the face, in English',
    of: (now, number) =>
      draft(now, number, { firstName: 'Emma', patientId: 'p-101' }, { needleDepthMm: 0.5 }),
  },
  {
    name: 'Deep RF',
    hint: 'Radiofrequency 3.0 mm, the strictest rules',
    of: (now, number) =>
      draft(
        now,
        number,
        { firstName: 'Maya', patientId: 'p-102' },
        { device: 'rf', needleDepthMm: 3, areas: ['face', 'neck'] },
      ),
  },
  {
    name: 'Spanish',
    hint: 'Pen 1.0 mm, all texts in Spanish',
    of: (now, number) => draft(now, number, { firstName: 'Ana', patientId: 'p-103', language: 'es' }, {}),
  },
  {
    name: 'Sensitive skin',
    hint: 'Pen 1.0 mm, sensitive skin, cold sores before',
    of: (now, number) =>
      draft(
        now,
        number,
        { firstName: 'June', patientId: 'p-104', skinType: 'sensitive', flags: ['coldSoreHistory'] },
        {},
      ),
  },
];

function draft(
  now: Instant,
  number: number,
  patient: Partial<SessionDraft['patient']>,
  treatment: Partial<SessionDraft['treatment']>,
): SessionDraft {
  const endedAt = addHours(now, -endedHoursAgo);
  const hundredth = Number(patient.patientId?.slice(-1) ?? 0);
  return {
    sessionId: `visit-${endedAt.slice(0, 10)}-${number}`,
    patient: {
      patientId: 'p-100',
      firstName: 'Emma',
      phone: `+1305555012${hundredth}`,
      language: 'en',
      timeZone: 'America/New_York',
      consent: { givenAt: addHours(endedAt, -2), method: 'written' },
      ...patient,
    },
    treatment: { endedAt, device: 'pen', needleDepthMm: 1, areas: ['face'], ...treatment },
  };
}

/** The first number that no session of today bears yet. */
export function freeNumber(now: Instant, taken: readonly string[]): number {
  let number = 1;
  const id = (): string => draft(now, number, {}, {}).sessionId;
  while (taken.includes(id())) number += 1;
  return number;
}
