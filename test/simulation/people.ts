import type { ClinicConfig } from '@aftercare/contract/clinic-config';
import { epochMs, type Instant, instantFromEpochMs } from '@aftercare/time/instant';
import type { Chance } from './chance.ts';

/** The patients of a seed and the bodies their clinics post. */
export type Person = {
  readonly patientId: string;
  readonly firstName: string;
  readonly phone: string;
  readonly timeZone: string;
  readonly language: 'en' | 'es';
  readonly clinic: ClinicConfig;
};

export const zones = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Phoenix',
  'America/Los_Angeles',
  'America/Anchorage',
  'America/Adak',
  'Pacific/Honolulu',
  'America/Puerto_Rico',
  'Pacific/Guam',
  'Pacific/Pago_Pago',
  'America/St_Johns',
  'Europe/Madrid',
  'Europe/London',
  'Asia/Tokyo',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Australia/Sydney',
  'Pacific/Easter',
  'America/Santiago',
  'Pacific/Kiritimati',
  'Pacific/Chatham',
  'Africa/Casablanca',
  'America/Havana',
  'Asia/Beirut',
] as const;

const firstNames = [
  'Xiomara',
  'Ysolde',
  'Zebulon',
  'Quillon',
  'Wilhelmina',
  'Thaddeus',
  'Ottoline',
  'Ignatius',
];

export function choosePeople(chance: Chance, clinics: readonly ClinicConfig[]): readonly Person[] {
  const people: Person[] = [];
  const many = chance.pick([3, 3, 3, 3, 3, 3, 4, 4, 5, 8]);
  for (let index = 0; index < many; index += 1) {
    const before = people.at(-1);
    // Families share a number, and one person may go to both clinics.
    const shares = before !== undefined && chance.hits(0.15);
    people.push({
      patientId: `p-${index}`,
      firstName: firstNames[index] ?? 'Nobody',
      phone: shares ? before.phone : `+1786555${String(2000 + index)}`,
      timeZone: chance.hits(0.3) ? chance.pick(zones) : chance.pick(zones.slice(0, 6)),
      language: chance.pick(['en', 'es']),
      clinic: chance.pick(clinics),
    });
  }
  return people;
}

const times = ['09:00', '11:30', '12:15', '13:59', '16:45', '19:30', '19:59'];
const timesInside = ({ clinic }: Person): readonly string[] =>
  times.filter((time) => time >= clinic.window.opens && time < clinic.window.closes);

export type SessionDraft = {
  readonly sessionId: string;
  readonly endedAt: Instant;
  readonly device: 'roller' | 'stamper' | 'pen' | 'rf' | null;
  readonly needleDepthMm: number | null;
  readonly reminderTime?: string;
  readonly consentAt: Instant;
  readonly phone: string;
};

export function draftSession(chance: Chance, person: Person, sessionId: string, nowMs: number): SessionDraft {
  const agoMs = chance.weighted({ soon: 6, hours: 3, days: 2, late: 1 });
  const ago = { soon: 300_000, hours: 6 * 3_600_000, days: 40 * 3_600_000, late: 9 * 24 * 3_600_000 }[agoMs];
  const endedMs = nowMs - Math.floor(chance.fraction() * ago) - 60_000;
  return {
    sessionId,
    endedAt: instantFromEpochMs(endedMs - (endedMs % 1000)),
    device: chance.pick(['roller', 'stamper', 'pen', 'rf', null] as const),
    needleDepthMm: chance.pick([0.3, 0.5, 1, 1.5, 2.5, null]),
    ...(chance.hits(0.2) ? { reminderTime: chance.pick(timesInside(person)) } : {}),
    consentAt: instantFromEpochMs(endedMs - (endedMs % 1000) - 3_600_000),
    phone: person.phone,
  };
}

/** A new version of the same session: another depth, another time, another date or another phone. */
export function amendDraft(chance: Chance, person: Person, draft: SessionDraft, nowMs: number): SessionDraft {
  switch (chance.weighted({ depth: 4, time: 3, date: 3, phone: 2 })) {
    case 'depth':
      return { ...draft, needleDepthMm: chance.pick([0.25, 0.75, 1.25, 2]) };
    case 'time':
      return { ...draft, reminderTime: chance.pick(timesInside(person)) };
    case 'date': {
      const movedMs = Math.min(
        nowMs - 60_000,
        epochMs(draft.endedAt) + chance.pick([-2, -1, 1, 2]) * 86_400_000,
      );
      return {
        ...draft,
        endedAt: instantFromEpochMs(movedMs - (movedMs % 1000)),
        consentAt: draft.consentAt,
      };
    }
    case 'phone':
      return {
        ...draft,
        phone: draft.phone === person.phone ? `+1786555${chance.whole(3000, 3999)}` : person.phone,
        consentAt: instantFromEpochMs(nowMs - 60_000 - (nowMs % 1000)),
      };
  }
}

/**
 * The same session under another number, and ended so many days earlier that the text after the one of `day`
 * falls on today as well: who forgets what the old number got today sends a second one.
 */
export function moveToOtherNumber(
  person: Person,
  draft: SessionDraft,
  day: number,
  nowMs: number,
): SessionDraft {
  const earlierDays = day === 1 ? 2 : day === 3 ? 4 : 7;
  return {
    ...draft,
    phone: draft.phone === person.phone ? `+1786555${4000 + day}` : person.phone,
    endedAt: instantFromEpochMs(epochMs(draft.endedAt) - earlierDays * 86_400_000),
    consentAt: instantFromEpochMs(nowMs - 60_000 - (nowMs % 1000)),
  };
}

export function sessionBody(person: Person, draft: SessionDraft): object {
  return {
    sessionId: draft.sessionId,
    patient: {
      patientId: person.patientId,
      firstName: person.firstName,
      phone: draft.phone,
      language: person.language,
      timeZone: person.timeZone,
      consent: { givenAt: draft.consentAt, method: 'written' },
    },
    treatment: {
      endedAt: draft.endedAt,
      device: draft.device,
      needleDepthMm: draft.needleDepthMm,
      areas: ['face'],
    },
    ...(draft.reminderTime === undefined ? {} : { overrides: { reminderTime: draft.reminderTime } }),
  };
}
