import type { SessionRequest } from '@aftercare/contract/session-request';
import type { CareSession } from '@aftercare/protocol/session';

/** What the protocol needs to know of a session; nothing in it names the patient. */
export function careSessionOf(
  request: SessionRequest,
  timeZone: string,
  alsoHealing: readonly CareSession[] = [],
): CareSession {
  const { treatment, patient, overrides } = request;
  return {
    endedAt: treatment.endedAt,
    timeZone,
    device: treatment.device,
    needleDepthMm: treatment.needleDepthMm,
    areas: treatment.areas,
    flags: patient.flags ?? [],
    alsoHealing: [...alsoHealing],
    ...(patient.skinType === undefined ? {} : { skinType: patient.skinType }),
    ...(treatment.setting === undefined ? {} : { setting: treatment.setting }),
    ...(treatment.combinedWith === undefined ? {} : { combinedWith: treatment.combinedWith }),
    ...(treatment.numbingCream === undefined ? {} : { numbingCream: treatment.numbingCream }),
    ...(overrides?.extraAdvice === undefined ? {} : { extraAdvice: overrides.extraAdvice }),
  };
}
