import type { ClinicConfig } from '@aftercare/contract/clinic-config';
import { clinicConfig } from '@aftercare/contract/clinic-file';
import type { Instant } from '@aftercare/time/instant';

const closed: readonly { opens: string; closes: string }[] = [];
const weekdays = [{ opens: '09:00', closes: '18:00' }];

/** What a live run puts in place of the sample's fictional numbers. */
export type LiveNumbers = {
  readonly patientNumber: string;
  readonly alertNumber: string;
  /** The first two are the on-call ladder too. */
  readonly testNumbers: readonly string[];
  readonly messagingServiceSid?: string;
};

/**
 * The clinic that is there at the first start: everything fictional (555-01xx numbers), every staff phone
 * confirmed.
 *
 * @param confirmedAt when every staff phone was confirmed: their first monthly test page comes 30 days later
 * @param overrides members of the configuration to replace, such as a journey's `clinic`
 */
export function sampleClinic(confirmedAt: Instant, overrides: object = {}): unknown {
  const staff = staffConfirmed(confirmedAt);
  return {
    clinicId: 'glow',
    name: 'Glow Clinic',
    displayName: 'GlowClinic',
    timeZone: 'America/New_York',
    languages: ['en', 'es'],
    defaultLanguage: 'en',
    patientNumber: '+13055550100',
    alertNumber: '+13055550101',
    nightPages: 'all',
    defaultLocationId: 'brickell',
    locations: [brickell(['nurse', 'doctor', 'manager'])],
    staff: [
      staff('nurse', 'Nora Example', 'clinical', '+13055550111'),
      staff('doctor', 'Dr. Dana Example', 'clinical', '+13055550112'),
      staff('manager', 'Max Example', 'manager', '+13055550113'),
      staff('desk', 'Frida Example', 'front_desk', '+13055550114'),
    ],
    ...overrides,
  };
}

function brickell(ladder: readonly string[]): object {
  return {
    locationId: 'brickell',
    name: 'Brickell',
    phone: '+13055550100',
    timeZone: 'America/New_York',
    hours: {
      mon: weekdays,
      tue: weekdays,
      wed: weekdays,
      thu: weekdays,
      fri: weekdays,
      sat: [{ opens: '09:00', closes: '14:00' }],
      sun: closed,
    },
    ladder,
    coverage: 'page24h',
  };
}

function staffConfirmed(confirmedAt: Instant) {
  return (staffId: string, name: string, role: string, phone: string): object => ({
    staffId,
    name,
    role,
    phone,
    confirmedAt,
  });
}

export type CheckedClinic =
  | { readonly ok: true; readonly config: ClinicConfig }
  | { readonly ok: false; readonly message: string };

/** Validates a configuration; the message names every wrong field. */
export function checkClinicConfig(candidate: unknown): CheckedClinic {
  const parsed = clinicConfig.safeParse(candidate);
  if (parsed.success) return { ok: true, config: parsed.data };
  const wrong = parsed.error.issues.map((issue) => `clinic.${issue.path.join('.')} ${issue.message}`);
  return { ok: false, message: `The clinic is not valid: ${wrong.join('; ')}.` };
}

/** The sample clinic with real numbers: draft content reaches the test numbers only (product-rules 1). */
export function liveClinic(confirmedAt: Instant, numbers: LiveNumbers): unknown {
  const staff = staffConfirmed(confirmedAt);
  const { testNumbers, ...account } = numbers;
  const [first = '', second = ''] = testNumbers;
  return sampleClinic(confirmedAt, {
    ...account,
    testNumbers,
    locations: [brickell(['nurse', 'manager'])],
    staff: [
      staff('nurse', 'Nora Example', 'clinical', first),
      staff('manager', 'Max Example', 'manager', second),
    ],
  });
}
