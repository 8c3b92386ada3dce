import type { Instant } from '@aftercare/time/instant';

export const DEVICES = ['roller', 'stamper', 'pen', 'rf'] as const;
export type Device = (typeof DEVICES)[number];

export const AREAS = [
  'face',
  'eyes',
  'lips',
  'neck',
  'decollete',
  'scalp',
  'beard',
  'back',
  'chest',
  'abdomen',
  'thighs',
  'arms',
  'hands',
] as const;
export type Area = (typeof AREAS)[number];

export const SKIN_TYPES = ['normal', 'dry', 'oily', 'sensitive'] as const;
export type SkinType = (typeof SKIN_TYPES)[number];

export const FLAGS = [
  'bloodThinner',
  'immuneSuppressed',
  'diabetes',
  'pregnancy',
  'isotretinoin',
  'coldSoreHistory',
  'keloid',
  'allergy',
  'pigmentProne',
  'pacemaker',
] as const;
export type Flag = (typeof FLAGS)[number];

export type Language = 'en' | 'es';
export type Style = 'standard' | 'concise';

/**
 * What the protocol must know about one treatment session (design 6.1). Depths are millimetres of needle
 * length.
 */
export type CareSession = {
  endedAt: Instant;
  /** IANA zone of the patient: every date in a text is a date there. */
  timeZone: string;
  /** `null` = not known; then the strictest class applies. */
  device: Device | null;
  /** One length, several used in the session, or `null` when not known. */
  needleDepthMm: number | readonly number[] | null;
  areas: readonly Area[];
  skinType?: SkinType;
  flags: readonly Flag[];
  setting?: 'clinic' | 'home';
  /** Other treatments of the same visit; any entry makes the strictest class apply (product-rules 10). */
  combinedWith?: readonly string[];
  numbingCream?: boolean;
  /** Day number → the clinic's own line for that day's text, at most 60 GSM-7 characters. */
  extraAdvice?: Readonly<Record<string, string>>;
  /** Days to the next session as the clinic sets them; never taken below the floor of C5. */
  nextSessionDays?: number;
  /** Earlier sessions of the patient that are still inside their 14 days. */
  alsoHealing: readonly CareSession[];
};
