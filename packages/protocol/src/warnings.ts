import { shortDate } from '@aftercare/time/format';
import { addDays } from '@aftercare/time/local-date';
import { localDateOf } from '@aftercare/time/zone';
import { classOf } from './classes.ts';
import { checkExtraAdvice } from './extra-advice.ts';
import type { ProtocolRelease } from './release.ts';
import type { CareSession, Flag } from './session.ts';

export type IntakeWarning = { code: string; message: string };

const HOME_MAX_MM = 0.3;
const CLINIC_MAX_MM = 2.5;
const RF_MAX_MM = 3.5;

/**
 * Flags that a clinician asks about before a session (protocol-facts A14 lists them as gaps of the
 * articles).
 */
const FLAG_MESSAGES: Readonly<Record<Flag, string>> = {
  bloodThinner: 'The patient takes a blood thinner: bleeding is triaged more strictly.',
  immuneSuppressed: 'The patient has a weak immune system: fever is treated as an emergency.',
  diabetes: 'The patient has diabetes: healing may be slower.',
  pregnancy: 'The patient is pregnant: the articles say nothing about it, please confirm the plan.',
  isotretinoin: 'The patient takes or took isotretinoin: please confirm the plan.',
  coldSoreHistory: 'The patient has had cold sores: texts to day 7 name the early sign.',
  keloid: 'The patient forms keloids: please confirm the plan.',
  allergy: 'The patient has allergies: aloe and vitamin E are left to the clinic.',
  pigmentProne: 'Pigment-prone skin: sun advice comes first and actives wait 14 days.',
  pacemaker: 'The patient has a pacemaker: please confirm the device is suitable.',
};

/**
 * What the clinic hears with the 201 (issue: warnings, never a refusal). `previousSession` is the patient's
 * latest earlier one, however long ago.
 */
export function warningsAtIntake(
  release: ProtocolRelease,
  session: CareSession,
  previousSession?: CareSession,
): IntakeWarning[] {
  return [
    ...tooSoon(release, session, previousSession),
    ...depthWarnings(session),
    ...intervalWarnings(release, session),
    ...session.flags.map((flag) => ({ code: `contraindication_${flag}`, message: FLAG_MESSAGES[flag] })),
    ...visitWarnings(session),
    ...extraAdviceWarnings(release, session),
  ];
}

function tooSoon(release: ProtocolRelease, session: CareSession, previous?: CareSession): IntakeWarning[] {
  if (previous === undefined) return [];
  const previousClass = classOf(previous);
  const floorDays = release.intervals[previousClass].floorDays;
  const notBeforeOn = addDays(localDateOf(previous.endedAt, session.timeZone), floorDays);
  if (localDateOf(session.endedAt, session.timeZone) >= notBeforeOn) return [];
  const earliest = shortDate(notBeforeOn, 'en');
  return [
    {
      code: 'too_soon_after_previous',
      message: `The previous session's depth asks for ${floorDays} days: not before ${earliest}.`,
    },
  ];
}

function depthWarnings(session: CareSession): IntakeWarning[] {
  const warnings: IntakeWarning[] = [];
  const depths = typeof session.needleDepthMm === 'number' ? [session.needleDepthMm] : session.needleDepthMm;
  if (depths === null || depths.length === 0 || session.device === null) {
    warnings.push({
      code: 'depth_or_device_unknown',
      message: 'Unknown depth or device: the strictest class that could apply is used.',
    });
  }
  const deepest = Math.max(0, ...(depths ?? []));
  if (session.setting === 'home' && deepest > HOME_MAX_MM) {
    warnings.push({
      code: 'home_depth_beyond_range',
      message: `Home sessions are served up to ${HOME_MAX_MM} mm: no next-session date is sent.`,
    });
  }
  const maximum = session.device === 'rf' || session.device === null ? RF_MAX_MM : CLINIC_MAX_MM;
  if (deepest > maximum) {
    warnings.push({
      code: 'depth_beyond_range',
      message: `${deepest} mm is beyond the usual ${maximum} mm: please check the entry.`,
    });
  }
  return warnings;
}

function intervalWarnings(release: ProtocolRelease, session: CareSession): IntakeWarning[] {
  const interval = release.intervals[classOf(session)];
  const days = session.nextSessionDays;
  if (interval.clinicSets && session.device === 'rf' && days === undefined) {
    return [
      {
        code: 'rf_without_clinic_interval',
        message: `No interval from the clinic: ${interval.usualDays} days are used.`,
      },
    ];
  }
  if (days !== undefined && days < interval.floorDays) {
    return [
      {
        code: 'interval_below_floor',
        message: `${days} days are under the floor of ${interval.floorDays}: the floor is used.`,
      },
    ];
  }
  return [];
}

function visitWarnings(session: CareSession): IntakeWarning[] {
  const warnings: IntakeWarning[] = [];
  if ((session.combinedWith ?? []).length > 0) {
    warnings.push({
      code: 'combined_treatments',
      message: 'Combined treatments: the strictest rules are used, your own sheet comes first.',
    });
  }
  if (session.numbingCream === true) {
    warnings.push({
      code: 'numbing_cream_used',
      message: 'Numbing cream was used: note which, how much and whether it was covered.',
    });
  }
  return warnings;
}

function extraAdviceWarnings(release: ProtocolRelease, session: CareSession): IntakeWarning[] {
  return Object.entries(session.extraAdvice ?? {}).flatMap(([day, text]) => {
    const check = checkExtraAdvice(text, release, session, Number(day));
    if (!check.ok || check.keep) return [];
    return [
      {
        code: check.warning,
        message: `extraAdvice for day ${day} is weaker than the protocol and is not sent.`,
      },
    ];
  });
}
