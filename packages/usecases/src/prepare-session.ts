import type { ClinicConfig, Location } from '@aftercare/contract/clinic-config';
import {
  missingConsentProof,
  type SessionRequest,
  textLanguageOf,
} from '@aftercare/contract/session-request';
import type { FieldError } from '@aftercare/contract/validate';
import { classOf } from '@aftercare/protocol/classes';
import { checkExtraAdvice } from '@aftercare/protocol/extra-advice';
import type { ProtocolRelease } from '@aftercare/protocol/release';
import type { CareSession } from '@aftercare/protocol/session';
import { warningsAtIntake } from '@aftercare/protocol/warnings';
import { isApproved, mayReceiveDraft } from './approval.ts';
import { careSessionOf } from './care-session.ts';
import { type Clinic, releaseOf } from './clinics.ts';
import type { Settings } from './ports.ts';
import type { Language } from './rows.ts';

/** What the request alone cannot know: the clinic's places, its protocol, and whether it may be sent. */

export type Warning = { readonly code: string; readonly message: string };

export type PreparedSession = {
  readonly request: SessionRequest;
  readonly location: Location;
  readonly language: Language;
  readonly timeZone: string;
  readonly release: ProtocolRelease;
  readonly approved: boolean;
  readonly care: CareSession;
  readonly protocolClass: string;
  readonly warnings: readonly Warning[];
};

export type Preparation =
  | { readonly ok: true; readonly session: PreparedSession }
  | {
      readonly ok: false;
      readonly errors: readonly FieldError[];
      readonly problem?: 'protocol_not_approved';
    };

/** Checks a validated request against its clinic. `previous` is the patient's session before this one. */
export function prepareSession(
  clinic: Pick<Clinic, 'config' | 'protocols'>,
  settings: Settings,
  request: SessionRequest,
  healing: { readonly alsoHealing: readonly CareSession[]; readonly previous?: CareSession },
): Preparation {
  const { config } = clinic;
  const located = locate(config, request);
  if (!located.ok) return { ok: false, errors: [located.error] };
  const release = releaseOf(clinic, config.protocol.id, config.protocol.version);
  if (release === undefined)
    throw new Error(`Clinic ${config.clinicId} names a protocol that does not exist`);
  const { location } = located;
  const timeZone = zoneOf(config, request);
  const spoken = languageOf(config, request);
  const approved = isApproved(config, release, spoken.language);
  if (!approved && !mayReceiveDraft(config, settings, request.patient.phone)) {
    return { ok: false, problem: 'protocol_not_approved', errors: [notApproved(release, spoken.language)] };
  }
  const care = careSessionOf(request, timeZone, healing.alsoHealing);
  const advice = checkAdvice(release, care);
  if (advice.errors.length > 0) return { ok: false, errors: advice.errors };
  const warnings = [
    ...located.warnings,
    ...spoken.warnings,
    ...consentWarnings(request),
    ...warningsAtIntake(release, care, healing.previous),
    ...advice.warnings,
  ];
  return {
    ok: true,
    session: {
      request,
      location,
      language: spoken.language,
      timeZone,
      release,
      approved,
      care: { ...care, extraAdvice: advice.kept },
      protocolClass: classOf(care),
      warnings,
    },
  };
}

type Located =
  | { readonly ok: true; readonly location: Location; readonly warnings: readonly Warning[] }
  | { readonly ok: false; readonly error: FieldError };

/** The patient's own zone; the zone of the place otherwise. */
export function zoneOf(config: ClinicConfig, request: SessionRequest): string {
  const located = locate(config, request);
  return request.patient.timeZone ?? (located.ok ? located.location.timeZone : config.timeZone);
}

/** Product-rules 10: missing is the default with a warning, unknown is an error. */
function locate(config: ClinicConfig, request: SessionRequest): Located {
  const named = request.treatment.locationId;
  const location = config.locations.find(
    (candidate) => candidate.locationId === (named ?? config.defaultLocationId),
  );
  if (location === undefined) {
    const known = config.locations.map((candidate) => candidate.locationId).join(', ');
    return {
      ok: false,
      error: {
        path: 'treatment.locationId',
        code: 'unknown_location',
        message: `must be one of the clinic's locations: ${known}`,
      },
    };
  }
  if (named !== undefined || config.locations.length === 1) return { ok: true, location, warnings: [] };
  const warning = {
    code: 'location_missing',
    message:
      `No treatment.locationId: ${location.locationId} is used; ` +
      'its phone and opening hours stand in the texts.',
  };
  return { ok: true, location, warnings: [warning] };
}

/** The patient's language when the clinic offers it; otherwise the clinic's, with a warning. */
function languageOf(
  config: ClinicConfig,
  request: SessionRequest,
): { readonly language: Language; readonly warnings: readonly Warning[] } {
  const asked = request.patient.language;
  if (asked === undefined) return { language: config.defaultLanguage, warnings: [] };
  const offered = config.languages.find((candidate) => candidate === textLanguageOf(asked));
  if (offered !== undefined) return { language: offered, warnings: [] };
  const warning = {
    code: 'language_not_offered',
    message: `patient.language is not offered by this clinic; texts go in "${config.defaultLanguage}".`,
  };
  return { language: config.defaultLanguage, warnings: [warning] };
}

const notApproved = (release: ProtocolRelease, language: Language): FieldError => ({
  path: 'patient.phone',
  code: 'protocol_not_approved',
  message:
    `Protocol ${release.id} v${release.version} (${language}) is a draft that no clinician has signed ` +
    'for this clinic. Until one does, only the clinic’s test numbers can be texted.',
});

function consentWarnings(request: SessionRequest): readonly Warning[] {
  const missing = missingConsentProof(request.patient.consent);
  if (missing.length === 0) return [];
  // Short, because it is stored with the session, and a session of over 1 KB costs every write double.
  const message = `The consent would prove more with ${missing.join(', ')}.`;
  return [{ code: 'consent_proof_incomplete', message }];
}

const droppedAdvice = (day: string, items: readonly string[]): string =>
  `overrides.extraAdvice.${day} allows ${items.join(', ')} earlier than the protocol does, ` +
  'so it is not sent.';

type Advice = {
  readonly errors: readonly FieldError[];
  readonly warnings: readonly Warning[];
  readonly kept: Record<string, string>;
};

/** The clinic's own line for a day: kept, dropped with a warning when weaker, or refused by name. */
function checkAdvice(release: ProtocolRelease, care: CareSession): Advice {
  const errors: FieldError[] = [];
  const warnings: Warning[] = [];
  const kept: Record<string, string> = {};
  for (const [day, text] of Object.entries(care.extraAdvice ?? {})) {
    const checked = checkExtraAdvice(text, release, care, Number(day));
    if (!checked.ok) {
      errors.push({ path: `overrides.extraAdvice.${day}`, code: 'advice_refused', message: checked.message });
      continue;
    }
    if (checked.keep) kept[day] = checked.text;
    else warnings.push({ code: checked.warning, message: droppedAdvice(day, checked.items) });
  }
  return { errors, warnings, kept };
}
