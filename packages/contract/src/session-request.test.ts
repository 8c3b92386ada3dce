import type { Instant } from '@aftercare/time/instant';
import { describe, expect, it } from 'vitest';
import { exampleSession } from './openapi/examples.ts';
import {
  missingConsentProof,
  readSessionRequest,
  sessionRequest,
  textLanguageOf,
} from './session-request.ts';

const now: Instant = '2026-11-21T17:00:00.000Z';
const rules = { now, window: { opens: '09:00', closes: '20:00' }, locationIds: ['brickell'] };
const { patient, treatment } = exampleSession;

type Change = { patient?: object; consent?: object; treatment?: object; overrides?: object; top?: object };
function bodyWith(change: Change): unknown {
  return {
    ...exampleSession,
    patient: { ...patient, ...change.patient, consent: { ...patient.consent, ...change.consent } },
    treatment: { ...treatment, ...change.treatment },
    overrides: { ...exampleSession.overrides, ...change.overrides },
    ...change.top,
  };
}
function errorsOf(change: Change) {
  const read = readSessionRequest(bodyWith(change), rules);
  return read.ok ? [] : read.errors;
}
const pathsOf = (change: Change) => errorsOf(change).map((error) => error.path);

describe('session request', () => {
  it('reads the example of the design, instants in their normal form', () => {
    const read = readSessionRequest(exampleSession, rules);
    expect(read).toMatchObject({ ok: true, value: { treatment: { endedAt: '2026-11-21T16:30:00.000Z' } } });
  });

  it.each<[string, Change, string]>([
    ['an unknown field', { top: { colour: 'red' } }, 'colour'],
    ['an unknown nested field', { patient: { lastName: 'X' } }, 'patient.lastName'],
    ['an id with a slash', { top: { sessionId: 'a/b' } }, 'sessionId'],
    ['a missing phone', { patient: { phone: undefined } }, 'patient.phone'],
    ['a phone without a country', { patient: { phone: '3055550123' } }, 'patient.phone'],
    ['a Canadian phone', { patient: { phone: '+14165550123' } }, 'patient.phone'],
    ['an unknown zone', { patient: { timeZone: 'America/Miami' } }, 'patient.timeZone'],
    ['a bare offset as zone', { patient: { timeZone: '-05:00' } }, 'patient.timeZone'],
    ['a time without a zone', { treatment: { endedAt: '2026-11-21T16:30:00' } }, 'treatment.endedAt'],
    ['a session in the future', { treatment: { endedAt: '2026-11-21T17:01:00Z' } }, 'treatment.endedAt'],
    ['a session of 15 days ago', { treatment: { endedAt: '2026-11-06T17:00:00Z' } }, 'treatment.endedAt'],
    [
      'a session a second over 14 days ago',
      { treatment: { endedAt: '2026-11-07T16:59:59Z' } },
      'treatment.endedAt',
    ],
    ['a depth of 0.05 mm', { treatment: { needleDepthMm: 0.05 } }, 'treatment.needleDepthMm'],
    ['a depth of 4.1 mm', { treatment: { needleDepthMm: 4.1 } }, 'treatment.needleDepthMm'],
    ['a depth as text', { treatment: { needleDepthMm: '1.0' } }, 'treatment.needleDepthMm'],
    ['a missing depth', { treatment: { needleDepthMm: undefined } }, 'treatment.needleDepthMm'],
    ['six depths', { treatment: { needleDepthMm: [1, 1, 1, 1, 1, 1] } }, 'treatment.needleDepthMm'],
    ['no depth in a list', { treatment: { needleDepthMm: [] } }, 'treatment.needleDepthMm'],
    ['a wrong depth in a list', { treatment: { needleDepthMm: [1, 9] } }, 'treatment.needleDepthMm[1]'],
    ['a missing device', { treatment: { device: undefined } }, 'treatment.device'],
    ['an unknown device', { treatment: { device: 'laser' } }, 'treatment.device'],
    ['no area', { treatment: { areas: [] } }, 'treatment.areas'],
    ['an unknown area', { treatment: { areas: ['face', 'knee'] } }, 'treatment.areas[1]'],
    ['an unknown location', { treatment: { locationId: 'doral' } }, 'treatment.locationId'],
    ['an unknown flag', { patient: { flags: ['asthma'] } }, 'patient.flags[0]'],
    ['missing consent', { top: { patient: { ...patient, consent: undefined } } }, 'patient.consent'],
    ['consent in the future', { consent: { givenAt: '2026-11-21T18:00:00Z' } }, 'patient.consent.givenAt'],
    ['consent over a year old', { consent: { givenAt: '2025-11-21T16:59:59Z' } }, 'patient.consent.givenAt'],
    ['verbal consent nobody heard', { consent: { method: 'verbal' } }, 'patient.consent.collectedBy'],
    [
      'a minor without guardian',
      { patient: { minor: true }, consent: { by: 'guardian' } },
      'patient.guardian',
    ],
    ['a minor who consented', { patient: { minor: true, guardian: { name: 'Eva' } } }, 'patient.consent.by'],
    ['a reminder at night', { overrides: { reminderTime: '20:00' } }, 'overrides.reminderTime'],
    ['advice on day 2', { overrides: { extraAdvice: { '2': 'x' } } }, 'overrides.extraAdvice.2'],
    [
      'advice of 61 characters',
      { overrides: { extraAdvice: { '3': 'x'.repeat(61) } } },
      'overrides.extraAdvice.3',
    ],
    ['advice outside GSM-7', { overrides: { extraAdvice: { '3': 'Más agua' } } }, 'overrides.extraAdvice.3'],
  ])('refuses %s and names only that field', (_, change, path) => {
    expect(pathsOf(change)).toEqual([path]);
  });

  it.each([[null], [[]], ['text'], [7], [{}]])('refuses the body %j without breaking', (body) => {
    expect(readSessionRequest(body, rules).ok).toBe(false);
  });

  it('names shape, consent, guardian, clock and clinic mistakes in one answer', () => {
    const paths = pathsOf({
      patient: { phone: 'x', minor: true },
      consent: { method: 'verbal', givenAt: '2020-01-01T00:00:00Z' },
      treatment: { device: 'laser', endedAt: '2030-01-01T00:00:00Z', locationId: 'doral' },
      top: { extra: 1 },
    });
    expect(paths).toEqual(
      expect.arrayContaining([
        'patient.phone',
        'patient.guardian',
        'patient.consent.by',
        'patient.consent.collectedBy',
        'patient.consent.givenAt',
        'treatment.device',
        'treatment.endedAt',
        'treatment.locationId',
        'extra',
      ]),
    );
    expect(new Set(paths).size).toBe(paths.length);
  });

  it('tells where a field belongs that stands in the wrong place', () => {
    const errors = errorsOf({ top: { locationId: 'brickell' }, treatment: { skinType: 'dry' } });
    expect(errors.map((error) => error.message)).toEqual(
      expect.arrayContaining([
        'is not a field here; it belongs at treatment.locationId',
        'is not a field here; it belongs at patient.skinType',
      ]),
    );
  });

  it('says that another country cannot be texted, by a code', () => {
    expect(errorsOf({ patient: { phone: '+442071838750' } })).toMatchObject([
      { code: 'country_not_supported' },
    ]);
  });

  it.each<[string, Change]>([
    ['device and depth unknown', { treatment: { device: null, needleDepthMm: null } }],
    ['several depths', { treatment: { needleDepthMm: [0.1, 1.5, 4.0] } }],
    ['a language we do not have', { patient: { language: 'pt-BR' } }],
    ['a number of Puerto Rico', { patient: { phone: '+17875550123' } }],
    [
      'a minor with guardian',
      { patient: { minor: true, guardian: { name: 'Eva' } }, consent: { by: 'guardian' } },
    ],
    ['a session exactly 14 days ago', { treatment: { endedAt: '2026-11-07T17:00:00Z' } }],
    ['a session on a clock 20 s ahead', { treatment: { endedAt: '2026-11-21T17:00:20Z' } }],
    ['consent exactly a year ago', { consent: { givenAt: '2025-11-21T17:00:00Z' } }],
    ['verbal consent with a witness', { consent: { method: 'verbal', collectedBy: 'Otto' } }],
    ['the territory of Guam with its zone', { patient: { phone: '+16715550123', timeZone: 'Pacific/Guam' } }],
    ['no overrides', { top: { overrides: undefined } }],
  ])('accepts %s', (_, change) => {
    const body: unknown = JSON.parse(JSON.stringify(bodyWith(change)));
    expect(readSessionRequest(body, rules)).toMatchObject({ ok: true });
  });

  it('counts 29 February back to 28 February of the year before', () => {
    const at = (givenAt: string, clock: Instant) =>
      readSessionRequest(bodyWith({ consent: { givenAt }, treatment: { endedAt: '2028-02-28T12:00:00Z' } }), {
        ...rules,
        now: clock,
      }).ok;
    expect(at('2027-02-28T12:00:00Z', '2028-02-29T12:00:00.000Z')).toBe(true);
    expect(at('2027-02-28T11:59:59Z', '2028-02-29T12:00:00.000Z')).toBe(false);
  });

  it('never repeats what was sent: phone, name, advice, or a name in place of a field', () => {
    const errors = errorsOf({
      patient: { phone: '+1 (416) 555-0187 x', firstName: 'Zoltan\nZebra', 'Zoltan Zebra': '+14165550187' },
      overrides: { extraAdvice: { '3': 'Zoltan has pus'.repeat(9), 'Zoltan!': 'x' } },
      top: { '+14165550187': true },
    });
    expect(errors.length).toBeGreaterThanOrEqual(6);
    expect(JSON.stringify(errors)).not.toMatch(/Zoltan|Zebra|416|0187|pus/);
  });

  it('has no field that is neither required nor optional by the design', () => {
    expect(Object.keys(sessionRequest.shape)).toEqual(['sessionId', 'patient', 'treatment', 'overrides']);
  });
});

describe('text language', () => {
  it.each([
    ['en', 'en'],
    ['es-MX', 'es'],
    ['EN-us', 'en'],
    ['pt', undefined],
    ['est', undefined],
  ])('%s is texted in %s', (tag, language) => {
    expect(textLanguageOf(tag)).toBe(language);
  });
});

describe('consent proof', () => {
  it('lists what is missing and is silent when all is there', () => {
    const full = {
      givenAt: now,
      method: 'written',
      textVersion: 'sms-2026-1',
      language: 'es',
      collectedBy: 'Otto',
      source: 'intake form',
      evidenceRef: 'doc-17',
      smsRiskAccepted: true,
    } as const;
    expect(missingConsentProof(full)).toEqual([]);
    expect(missingConsentProof({ ...full, smsRiskAccepted: false })).toEqual(['smsRiskAccepted']);
    expect(missingConsentProof({ givenAt: now, method: 'web' })).toHaveLength(6);
  });
});
