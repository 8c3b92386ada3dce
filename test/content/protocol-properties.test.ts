import { careFor } from '@aftercare/protocol/care';
import { composeReminder, SEGMENT_BUDGET } from '@aftercare/protocol/compose';
import { currentRelease } from '@aftercare/protocol/release';
import type { CareSession, Language, Style } from '@aftercare/protocol/session';
import { healingAt, restrictionOf } from '@aftercare/protocol/timeline';
import { analyse } from '@aftercare/sms/encoding';
import { instantFromEpochMs } from '@aftercare/time/instant';
import { addDays } from '@aftercare/time/local-date';
import { instantAt, localDateOf } from '@aftercare/time/zone';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { anySession, atHours, C4, dateByIntl, opensMs, stillForbidden } from './care-sessions.ts';

const release = currentRelease();
const RUNS = { numRuns: 300 };
// Hundreds of worlds per property: slow only where the machine does much else.
vi.setConfig({ testTimeout: 60_000 });
const DAYS = [1, 3, 7, 14] as const;
const anyHours = fc.double({ min: 0.1, max: 400, noNaN: true });
const anyDay = fc.constantFrom(...DAYS);
const anyTime = fc.constantFrom('09:00', '10:00', '13:30', '19:59');
const anyLanguage = fc.constantFrom<Language>('en', 'es');
const anyStyle = fc.constantFrom<Style>('standard', 'concise');
const anyName = fc.constantFrom('G', 'GlowClinic', 'Brickell Skin Studio', 'A$$ure $& Skin');

const textOf = (
  session: CareSession,
  day: number,
  time: string,
  language: Language,
  style: Style,
  clinicName: string,
) => {
  const endedOn = localDateOf(session.endedAt, session.timeZone);
  const now = instantAt(addDays(endedOn, day), time, session.timeZone);
  const phone = '305-555-0100';
  return { now, ...composeReminder({ release, session, day, now, language, style, clinicName, phone }) };
};

describe('the strictest rule wins', () => {
  it('opens no item before the hour, or the day, that C4 gives for the strictest of all sessions', () => {
    fc.assert(
      fc.property(anySession, anyHours, fc.constantFrom(...Object.keys(C4)), (session, hours, item) => {
        const now = atHours(session, hours);
        const restriction = restrictionOf(release, healingAt(release, session, now), item);
        const forbidden = stillForbidden(session, item, now);
        if (forbidden === null) expect(['clinic_only', 'never']).toContain(restriction.state);
        else expect(restriction.state).toBe(forbidden ? 'waiting' : 'open');
      }),
      RUNS,
    );
  });

  it('never gets milder when a depth is forgotten, a session is added or a sensitivity is recorded', () => {
    const strictness = (session: CareSession, item: string) => {
      const at = instantFromEpochMs(Date.parse(session.endedAt) + 1);
      const restriction = restrictionOf(release, healingAt(release, session, at), item);
      if (restriction.state === 'open') return 0;
      return restriction.state === 'waiting' ? Date.parse(restriction.untilAt) : Number.MAX_SAFE_INTEGER;
    };
    fc.assert(
      fc.property(
        anySession,
        anySession,
        fc.constantFrom(...Object.keys(release.timeline)),
        (session, other, item) => {
          const before = strictness(session, item);
          const earlier = { ...other, endedAt: session.endedAt, timeZone: session.timeZone, alsoHealing: [] };
          expect(strictness({ ...session, needleDepthMm: null, device: null }, item)).toBeGreaterThanOrEqual(
            before,
          );
          expect(
            strictness({ ...session, flags: [...session.flags, 'pigmentProne'] }, item),
          ).toBeGreaterThanOrEqual(before);
          expect(strictness({ ...session, skinType: 'sensitive' }, item)).toBeGreaterThanOrEqual(
            session.skinType === 'oily' && item === 'heavy_cream' ? 0 : before,
          );
          expect(
            strictness({ ...session, alsoHealing: [...session.alsoHealing, earlier] }, item),
          ).toBeGreaterThanOrEqual(before);
        },
      ),
      RUNS,
    );
  });
});

describe('dates', () => {
  it('are the local date of the last forbidden hour, over clock changes and month ends in ten zones', () => {
    fc.assert(
      fc.property(anySession, anyHours, (session, hours) => {
        const now = atHours(session, hours);
        for (const restriction of careFor(release, session, 3, now).restrictions) {
          if (restriction.state !== 'waiting' || C4[restriction.item] === undefined) continue;
          const opens = opensMs(session, restriction.item, now);
          const last = dateByIntl((opens ?? Number.NaN) - 1, session.timeZone);
          expect(restriction.untilOn).toBe(last);
          expect(restriction.fromOn).toBe(dayAfter(last));
        }
      }),
      RUNS,
    );
  });

  it('stand in the text beside the thing they hold for', () => {
    fc.assert(
      fc.property(
        anySession,
        anyDay,
        anyTime,
        anyLanguage,
        anyStyle,
        (session, day, time, language, style) => {
          const { body, now } = textOf(session, day, time, language, style, 'GlowClinic');
          for (const { item, date } of bansIn(body, language)) {
            const opens = opensMs(session, item, now);
            if (opens === null || C4[item] === undefined) continue;
            expect(stillForbidden(session, item, now), `${item} in: ${body}`).toBe(true);
            const last = dateByIntl(opens - 1, session.timeZone);
            const today = dateByIntl(Date.parse(now), session.timeZone);
            const wanted = last === today ? 'today' : shortByHand(dayAfter(last), language);
            expect(date, `${item} in: ${body}`).toBe(wanted);
          }
        },
      ),
      { numRuns: 600 },
    );
  });
});

/** What each encouraging phrase lets a patient use. */
const ENCOURAGED: Readonly<Record<Language, readonly (readonly [string, string])[]>> = {
  en: [
    ['mild cleanser is fine', 'cleanser'],
    ['hydrating gel', 'hydration'],
    ['plain, scent-free moisturizer', 'hydration'],
    ['SPF', 'mineral_sunscreen'],
    ['add back retinol', 'retinol'],
    ['add back retinol, acids', 'acids'],
    ['retinol is fine', 'retinol'],
    ['Scrub twice a week at most.', 'exfoliation'],
    ['after any scrub', 'exfoliation'],
    ['your full routine is fine', 'fragrance'],
    ['your full routine is fine', 'retinol'],
    ['add one plain product', 'new_product'],
    ['Acne cream: every', 'acne_cream'],
  ],
  es: [
    ['Ya puede usar un limpiador', 'cleanser'],
    ['gel hidratante', 'hydration'],
    ['crema simple', 'hydration'],
    ['SPF', 'mineral_sunscreen'],
    ['vuelva a retinol', 'retinol'],
    ['puede usar retinol', 'retinol'],
    ['Exfolie hasta dos veces por semana.', 'exfoliation'],
    ['de exfoliar', 'exfoliation'],
    ['retome su rutina.', 'fragrance'],
    ['sume un producto suave', 'new_product'],
    ['acné: una', 'acne_cream'],
  ],
};

describe('advice', () => {
  it('never recommends what is still forbidden at the hour of the text', () => {
    fc.assert(
      fc.property(
        anySession,
        anyDay,
        anyTime,
        anyLanguage,
        anyStyle,
        (session, day, time, language, style) => {
          const { body, now } = textOf(session, day, time, language, style, 'GlowClinic');
          for (const [phrase, item] of ENCOURAGED[language]) {
            if (!body.includes(phrase)) continue;
            expect(stillForbidden(session, item, now), `${item} in: ${body}`).toBe(false);
          }
        },
      ),
      { numRuns: 800 },
    );
  });

  it('never exceeds its budget, loses its safety line or leaves GSM-7, whoever the patient is', () => {
    fc.assert(
      fc.property(
        anySession,
        anyDay,
        anyTime,
        anyLanguage,
        anyStyle,
        anyName,
        fc.boolean(),
        fc.option(
          fc.constantFrom('No sauna until 30 Dec', 'Call Ana with any question about your cream at any time'),
          {
            nil: undefined,
          },
        ),
        (session, day, time, language, style, clinicName, includeProgramTerms, line) => {
          const dressed = line === undefined ? session : { ...session, extraAdvice: { [day]: line } };
          const endedOn = localDateOf(session.endedAt, session.timeZone);
          const now = instantAt(addDays(endedOn, day), time, session.timeZone);
          const phone = '305-555-0100';
          const request = { release, session: dressed, day, now, language, style, clinicName, phone };
          const { body, segments } = composeReminder({ ...request, includeProgramTerms });
          const { encoding, units } = analyse(body);
          expect(encoding, body).toBe('GSM-7');
          expect(segments, body).toBeLessThanOrEqual(SEGMENT_BUDGET[style]);
          expect(units, body).toBeLessThanOrEqual(style === 'concise' ? 160 : 306);
          expect(body.startsWith(`${clinicName}: `)).toBe(true);
          for (const part of [phone, '911', 'STOP', '1 ', '2 ', '3 ']) expect(body).toContain(part);
          expect(body).toMatch(language === 'en' ? /fever/i : /fiebre/i);
          expect(body).not.toMatch(/[{}]| {2}|undefined/);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

function bansIn(body: string, language: Language): { item: string; date: string }[] {
  const pattern =
    language === 'en'
      ? /\bNo ([^.:;]+?) (today|before (\d+ \w{3}))(?=[.;])/g
      : /\bSin ([^.:;]+?) (hoy|antes del (\d+ \w{3}))(?=[.;])/g;
  const { nouns } = release.texts[language];
  return [...body.matchAll(pattern)].flatMap((match) =>
    (match[1] ?? '').split(/, | or | ni /).flatMap((noun) => {
      const item = Object.keys(nouns).find((key) => nouns[key] === noun && C4[key] !== undefined);
      return item === undefined ? [] : [{ item, date: match[3] ?? 'today' }];
    }),
  );
}

function dayAfter(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 24 * 3_600_000).toISOString().slice(0, 10);
}

function shortByHand(date: string, language: Language): string {
  const months = { en: 'JanFebMarAprMayJunJulAugSepOctNovDec', es: 'enefebmarabrmayjunjulagosepoctnovdic' };
  const month = Number(date.slice(5, 7)) - 1;
  return `${Number(date.slice(8))} ${months[language].slice(month * 3, month * 3 + 3)}`;
}
