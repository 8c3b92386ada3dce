import type { ClinicConfig, StaffMember } from '@aftercare/contract/clinic-config';
import { currentRelease } from '@aftercare/protocol/release';
import type { Instant } from '@aftercare/time/instant';
import { switchRow, webhookStateRow } from '../clinic-rows.ts';
import { type StaffPhoneRow, staffPhoneRow } from '../desk-rows.ts';
import {
  clinicPartition,
  clinicSwitchRowKey,
  systemPartition,
  systemSwitchRowKey,
  webhookStateRowKey,
} from '../keys.ts';
import type { System } from '../ports.ts';
import { readAll } from '../session-rows.ts';
import { readStoredClinic } from './clinic-row.ts';
import { secretAges } from './rotate-secret.ts';

export type ClinicView = {
  readonly config: ClinicConfig;
  readonly paused: boolean;
  readonly allPaused: boolean;
  /** When each active secret was made, newest first. */
  readonly secretsCreatedAt: readonly string[];
  readonly webhook: { readonly disabledAt?: Instant; readonly failingSinceAt?: Instant };
  readonly exportedAt?: string;
  /** By staffId: whether pages go to this person, in a word. */
  readonly phones: { readonly [staffId: string]: 'confirmed' | 'not confirmed' | 'unreachable' | 'disabled' };
  /** What stands between this clinic and its first text to a stranger, in words; empty when nothing does. */
  readonly missing: readonly string[];
};

/** A clinic as its operator must see it; no secret in it. */
export async function showClinic(
  system: Pick<System, 'table'>,
  clinicId: string,
): Promise<ClinicView | undefined> {
  const stored = await readStoredClinic(system, clinicId);
  if (stored === undefined) return undefined;
  const [clinicSwitch, systemSwitch, webhook, secrets, phones] = await Promise.all([
    system.table.get(clinicSwitchRowKey(clinicId)),
    system.table.get(systemSwitchRowKey),
    system.table.get(webhookStateRowKey(clinicId)),
    secretAges(system, clinicId),
    readAll(system, clinicPartition(clinicId), 'STAFF#'),
  ]);
  const { exportedAt } = stored.row;
  const state = webhook === undefined ? undefined : webhookStateRow.parse(webhook);
  const phoneRows = phones.map((item) => staffPhoneRow.parse(item));
  return {
    config: stored.config,
    paused: clinicSwitch !== undefined && switchRow.parse(clinicSwitch).paused,
    allPaused: systemSwitch !== undefined && switchRow.parse(systemSwitch).paused,
    secretsCreatedAt: secrets,
    webhook: {
      ...(state?.disabledAt === undefined ? {} : { disabledAt: state.disabledAt }),
      ...(state?.failingSinceAt === undefined ? {} : { failingSinceAt: state.failingSinceAt }),
    },
    ...(exportedAt === undefined ? {} : { exportedAt }),
    phones: Object.fromEntries(
      stored.config.staff.map((person) => [person.staffId, phoneState(person, phoneRows)]),
    ),
    missing: whatIsMissing(stored.config, phoneRows),
  };
}

/** Ids of all clinics, sorted. */
export async function listClinics(system: Pick<System, 'table'>): Promise<readonly string[]> {
  const rows = await readAll(system, systemPartition, 'CLINIC#');
  return rows.map((row) => row.clinicId).filter((clinicId) => typeof clinicId === 'string');
}

/** Product-rules 1 and 6, and the fields that only the operator can fill (issue 6). */
export function whatIsMissing(config: ClinicConfig, phones: readonly StaffPhoneRow[]): string[] {
  return [...unsignedContent(config), ...unconfirmedPhones(config, phones), ...carrierFields(config)];
}

function unsignedContent(config: ClinicConfig): string[] {
  const { id, version } = config.protocol;
  return config.languages.flatMap((language) =>
    (['protocol', 'triage'] as const)
      .filter(
        (subject) =>
          !config.approvals.some(
            (signed) =>
              signed.subject === subject &&
              signed.language === language &&
              (subject === 'triage' || (signed.id === id && signed.version === version)),
          ),
      )
      .map((subject) => {
        const text = subject === 'protocol' ? `protocol ${id} v${version}` : 'triage';
        return `${text} (${language}) is not signed: only test numbers can be texted`;
      }),
  );
}

function unconfirmedPhones(config: ClinicConfig, phones: readonly StaffPhoneRow[]): string[] {
  const paged = new Set([
    ...config.locations.flatMap((place) => place.ladder),
    ...config.onCall.flatMap((entry) => entry.staffIds),
  ]);
  const unable = config.staff
    .filter((person) => paged.has(person.staffId))
    .map((person) => ({ staffId: person.staffId, state: phoneState(person, phones) }));
  return [
    ...unable
      .filter(({ state }) => state === 'unreachable')
      .map(({ staffId }) => `${staffId} cannot be paged: the phone stopped our texts`),
    ...unable
      .filter(({ state }) => state === 'not confirmed')
      .map(({ staffId }) => `${staffId} cannot be paged yet: the phone is not confirmed`),
  ];
}

/** What is known of a phone counts only while the configuration names the same number. */
function phoneState(person: StaffMember, rows: readonly StaffPhoneRow[]): ClinicView['phones'][string] {
  if (person.disabled === true) return 'disabled';
  const known = rows.find((row) => row.staffId === person.staffId && row.phone === person.phone);
  if ((known?.unreachableSince ?? person.unreachableSince) !== undefined) return 'unreachable';
  return (known?.confirmedAt ?? person.confirmedAt) === undefined ? 'not confirmed' : 'confirmed';
}

function carrierFields(config: ClinicConfig): string[] {
  const newer = currentRelease();
  const outdated = newer.id === config.protocol.id && newer.version > config.protocol.version;
  return [
    ...(config.messagingServiceSid === undefined
      ? ['messagingServiceSid is empty: US carriers ask for one']
      : []),
    ...(config.a2p === undefined
      ? ['a2p is empty: register brand and campaign, or carriers filter the texts']
      : []),
    ...(outdated ? [`protocol ${newer.id} v${newer.version} is newer than the one in use`] : []),
  ];
}
