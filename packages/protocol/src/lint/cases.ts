import { type Instant, parseInstant } from '@aftercare/time/instant';
import { addDays } from '@aftercare/time/local-date';
import { instantAt, localDateOf } from '@aftercare/time/zone';
import { CLASS_IDS, type ClassId } from '../classes.ts';
import type { Area, CareSession, Flag, Language, SkinType, Style } from '../session.ts';

/** One text that must compose: who, when, in which words. `name` says it as a reader would. */
export type Case = {
  name: string;
  session: CareSession;
  day: number;
  now: Instant;
  language: Language;
  style: Style;
  clinicName: string;
  includeProgramTerms: boolean;
  /**
   * Plain skin, the face, the reference name: every fact of the clinician's cell must be in the standard
   * text.
   */
  reference: boolean;
};

export const PHONE = '305-555-0100';
export const REFERENCE_NAME = 'GlowClinic';
export const LONGEST_NAME = 'Brickell Skin Studio';

const ZONE = 'America/New_York';
const LANGUAGES = ['en', 'es'] as const;
const STYLES = ['standard', 'concise'] as const;
/** Ends before, around and long after the hour of the text: the same day is 73, 69 or 62 hours on. */
const END_TIMES = ['09:00', '13:00', '20:00'];
const TEXT_TIME = '10:00';

type Skin = { name: string; skinType?: SkinType; flags: readonly Flag[] };

const SKINS: readonly Skin[] = [
  { name: 'no skin type', flags: [] },
  { name: 'normal', skinType: 'normal', flags: [] },
  { name: 'dry', skinType: 'dry', flags: [] },
  { name: 'oily', skinType: 'oily', flags: [] },
  { name: 'sensitive', skinType: 'sensitive', flags: [] },
  { name: 'pigment-prone', flags: ['pigmentProne'] },
  {
    name: 'sensitive, pigment-prone, cold sores',
    skinType: 'sensitive',
    flags: ['pigmentProne', 'coldSoreHistory'],
  },
];

const AREA_SETS: readonly (readonly Area[])[] = [
  ['face'],
  ['eyes'],
  ['lips'],
  ['neck', 'decollete'],
  ['scalp', 'beard'],
  ['back', 'chest', 'abdomen', 'thighs', 'arms'],
  ['hands'],
  ['face', 'eyes', 'lips', 'neck', 'scalp', 'back', 'hands'],
];

const TREATMENT: Readonly<Record<ClassId, Pick<CareSession, 'device' | 'needleDepthMm'>>> = {
  N03: { device: 'roller', needleDepthMm: 0.25 },
  N07: { device: 'pen', needleDepthMm: 0.5 },
  N10: { device: 'stamper', needleDepthMm: 1 },
  N15: { device: 'pen', needleDepthMm: [1.5, 0.5] },
  RF: { device: 'rf', needleDepthMm: 2 },
};

/**
 * A session of the class; for lint, preview and tests. `endTime` is a wall time of 21 November 2026 in New
 * York.
 */
export function sampleSession(classId: ClassId, endTime: string): CareSession {
  const endedAt = instantAt('2026-11-21', endTime, ZONE);
  return { endedAt, timeZone: ZONE, ...TREATMENT[classId], areas: ['face'], flags: [], alsoHealing: [] };
}

/**
 * Every class × skin × area group × day × language × style × hour × name, and the sessions that bend the
 * rules.
 */
export function* casesOf(days: readonly number[]): Generator<Case> {
  for (const classId of CLASS_IDS) {
    for (const endTime of END_TIMES) {
      const plain = sampleSession(classId, endTime);
      for (const variant of variantsOf(plain)) yield* wordings(classId, endTime, variant, days);
    }
  }
}

type Variant = { name: string; session: CareSession; reference: boolean; terms: boolean };

function* variantsOf(plain: CareSession): Generator<Variant> {
  for (const skin of SKINS) {
    for (const areas of AREA_SETS) {
      const session = {
        ...plain,
        areas,
        flags: skin.flags,
        ...(skin.skinType ? { skinType: skin.skinType } : {}),
      };
      const reference = skin === SKINS[0] && areas === AREA_SETS[0];
      yield {
        name: `${skin.name}, ${areas.join('+')}`,
        session,
        reference,
        terms: skin === SKINS[0] || skin === SKINS.at(-1),
      };
    }
  }
  const older = {
    ...sampleSession('RF', '12:00'),
    endedAt: parseInstant('2026-11-14T17:00:00Z') ?? plain.endedAt,
  };
  yield {
    name: 'after RF a week earlier',
    session: { ...plain, alsoHealing: [older] },
    reference: false,
    terms: true,
  };
  yield { name: 'at home', session: { ...plain, setting: 'home' }, reference: false, terms: true };
  yield {
    name: 'combined',
    session: { ...plain, combinedWith: ['hydration facial'] },
    reference: false,
    terms: true,
  };
  yield {
    name: 'clinic interval',
    session: { ...plain, nextSessionDays: 60 },
    reference: false,
    terms: true,
  };
}

function* wordings(
  classId: ClassId,
  endTime: string,
  variant: Variant,
  days: readonly number[],
): Generator<Case> {
  const endedOn = localDateOf(variant.session.endedAt, ZONE);
  for (const day of days) {
    const now = instantAt(addDays(endedOn, day), TEXT_TIME, ZONE);
    for (const language of LANGUAGES) {
      for (const style of STYLES) {
        for (const clinicName of [REFERENCE_NAME, LONGEST_NAME]) {
          const text = `${classId} day ${day} ${language} ${style}`;
          const name = `${text}, ${variant.name}, ended ${endTime}, "${clinicName}"`;
          const reference = variant.reference && clinicName === REFERENCE_NAME;
          const base = { session: variant.session, day, now, language, style, clinicName };
          yield { ...base, name, includeProgramTerms: false, reference };
          if (variant.terms)
            yield { ...base, name: `${name}, with terms`, includeProgramTerms: true, reference: false };
        }
      }
    }
  }
}
