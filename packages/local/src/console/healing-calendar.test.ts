import { currentRelease } from '@aftercare/protocol/release';
import type { CareSession } from '@aftercare/protocol/session';
import { describe, expect, it } from 'vitest';
import { healingCalendar } from './healing-calendar.ts';

const pen: CareSession = {
  endedAt: '2026-11-21T16:30:00.000Z',
  timeZone: 'America/New_York',
  device: 'pen',
  needleDepthMm: 0.5,
  areas: ['face'],
  flags: [],
  alsoHealing: [],
};
const words = { language: 'en', style: 'standard', clinicName: 'GlowClinic', phone: '305-555-0100' } as const;
const calendarOf = (session: CareSession) =>
  healingCalendar({ release: currentRelease(), session, ...words });
const banOf = (session: CareSession, item: string) => {
  const ban = calendarOf(session).bans.find((candidate) => candidate.item === item);
  if (ban === undefined) throw new Error(`the release knows ${item}`);
  return ban;
};

describe('the healing calendar', () => {
  it('waits as long as the protocol says, to the patient’s own date', () => {
    expect(banOf(pen, 'retinol')).toMatchObject({ untilHours: 168, untilOn: '2026-11-28', never: false });
  });

  it('waits longer after deeper needles', () => {
    const deep = { ...pen, device: 'rf', needleDepthMm: 3 } as const;
    expect(banOf(deep, 'retinol').untilHours).toBeGreaterThan(banOf(pen, 'retinol').untilHours ?? 0);
  });

  it('keeps the ban of an earlier session that still heals', () => {
    const earlier = { ...pen, device: 'rf', endedAt: '2026-11-20T16:30:00.000Z' } as const;
    const both = banOf({ ...pen, alsoHealing: [earlier] }, 'retinol');
    expect(both.untilOn).toBe('2026-12-04');
  });

  it('shows what has no date at all as such', () => {
    expect(banOf(pen, 'tanning_bed')).toMatchObject({ untilHours: null, untilOn: null, never: true });
  });

  it('is a staircase: no step is shorter than the one above it', () => {
    const hours = calendarOf(pen).bans.map((ban) => ban.untilHours ?? Number.MAX_SAFE_INTEGER);
    expect(hours).toEqual([...hours].sort((a, b) => a - b));
  });

  it('leaves out signs that are not normal in this class', () => {
    const shallow = calendarOf({ ...pen, needleDepthMm: 0.3 }).expected.map((sign) => sign.key);
    expect(shallow).not.toContain('spotting');
    expect(calendarOf(pen).expected.map((sign) => sign.key)).toContain('spotting');
  });

  it('previews the text of every reminder day', () => {
    const { previews } = calendarOf(pen);
    expect(previews.map((preview) => preview.day)).toEqual([1, 3, 7, 14]);
    for (const { body, segments } of previews) {
      expect(body).toContain('GlowClinic');
      expect(segments).toBeLessThanOrEqual(2);
    }
  });
});
