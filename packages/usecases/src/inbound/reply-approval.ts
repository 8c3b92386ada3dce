import type { ClinicConfig } from '@aftercare/contract/clinic-config';
import { repliesRelease } from '@aftercare/conversation/templates';
import { mayReceiveDraft } from '../approval.ts';
import type { Settings } from '../ports.ts';
import type { Language } from '../rows.ts';

const languages: readonly Language[] = ['en', 'es'];

/**
 * The languages in which this number may be sent our replies (product-rules 1, invariant 10): those a
 * clinician signed for this clinic; all of them in the emulator and for the clinic's test numbers.
 */
export function approvedLanguages(
  config: Pick<ClinicConfig, 'approvals' | 'testNumbers'>,
  settings: Settings,
  phone: string,
): readonly Language[] {
  if (mayReceiveDraft(config, settings, phone)) return languages;
  return languages.filter((language) =>
    config.approvals.some(
      (one) =>
        one.subject === 'triage' && one.version === repliesRelease.version && one.language === language,
    ),
  );
}
