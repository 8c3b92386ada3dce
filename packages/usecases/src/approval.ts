import type { ClinicConfig } from '@aftercare/contract/clinic-config';
import type { ProtocolRelease } from '@aftercare/protocol/release';
import type { Settings } from './ports.ts';
import type { Language } from './rows.ts';

/** Product-rules 1: released by a clinician for everyone, or signed for by this clinic in this language. */
export function isApproved(
  config: Pick<ClinicConfig, 'approvals'>,
  release: ProtocolRelease,
  language: Language,
): boolean {
  return config.approvals.some(
    (approval) =>
      approval.subject === 'protocol' &&
      approval.id === release.id &&
      approval.version === release.version &&
      approval.language === language,
  );
}

/** Draft content reaches nobody outside the emulator and the clinic's test numbers (invariant 10). */
export function mayReceiveDraft(
  config: Pick<ClinicConfig, 'testNumbers'>,
  settings: Settings,
  phone: string,
): boolean {
  return settings.carrier === 'emulator' || config.testNumbers.includes(phone);
}
