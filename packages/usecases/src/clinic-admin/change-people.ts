import type { ClinicConfig } from '@aftercare/contract/clinic-config';
import { clinicConfig } from '@aftercare/contract/clinic-file';
import { type Validated, validate } from '@aftercare/contract/validate';
import { staffPhoneRowKey } from '../keys.ts';
import { type AdminReach, type ConfigChange, changeConfig } from './clinic-row.ts';

/**
 * People and calendar (product-rules 10). Every change is checked as a whole: none may open a coverage gap.
 */

/** Adds a person, or replaces the one with the same staffId. */
export function putStaff(
  system: AdminReach,
  clinicId: string,
  person: unknown,
  by: string,
): Promise<ConfigChange> {
  const staffId = staffIdIn(person);
  const happening = {
    type: 'clinic.staff_changed',
    text: `Staff member ${staffId ?? '?'} was set by ${by}.`,
  };
  return changeConfig(system, clinicId, happening, (config) => {
    const index = config.staff.findIndex((held) => held.staffId === staffId);
    const before: readonly unknown[] = config.staff;
    const staff = index < 0 ? [...before, person] : before.with(index, person);
    return checked(config, { staff });
  });
}

/** Disables or enables a person at once; refused while it opens a coverage gap. */
export function switchStaff(
  system: AdminReach,
  clinicId: string,
  staffId: string,
  disabled: boolean,
  by: string,
): Promise<ConfigChange> {
  const word = disabled ? 'disabled' : 'enabled';
  const happening = { type: 'clinic.staff_changed', text: `Staff member ${staffId} was ${word} by ${by}.` };
  return changeConfig(system, clinicId, happening, (config) => {
    if (!config.staff.some((person) => person.staffId === staffId)) return noSuchPerson(staffId);
    const staff = config.staff.map((person) =>
      person.staffId === staffId ? { ...person, disabled } : person,
    );
    return checked(config, { staff });
  });
}

/**
 * Takes a person off every ladder and calendar entry and out of the clinic, with what is known of their
 * phone.
 */
export function removeStaff(
  system: AdminReach,
  clinicId: string,
  staffId: string,
  by: string,
): Promise<ConfigChange> {
  const happening = { type: 'clinic.staff_changed', text: `Staff member ${staffId} was removed by ${by}.` };
  return changeConfig(
    system,
    clinicId,
    happening,
    (config) => {
      if (!config.staff.some((person) => person.staffId === staffId)) return noSuchPerson(staffId);
      const others = (staffIds: readonly string[]) => staffIds.filter((held) => held !== staffId);
      return checked(config, {
        staff: config.staff.filter((person) => person.staffId !== staffId),
        locations: config.locations.map((place) => ({ ...place, ladder: others(place.ladder) })),
        onCall: config.onCall
          .map((entry) => ({ ...entry, staffIds: others(entry.staffIds) }))
          .filter((entry) => entry.staffIds.length > 0),
      });
    },
    () => [{ write: 'delete', key: staffPhoneRowKey(clinicId, staffId) }],
  );
}

/** Replaces the on-call calendar, and holidays or hours or the ladder of a location. */
export function setCalendar(
  system: AdminReach,
  clinicId: string,
  calendar: {
    readonly onCall?: unknown;
    readonly locationId?: string;
    readonly holidays?: unknown;
    readonly hours?: unknown;
    readonly ladder?: unknown;
  },
  by: string,
): Promise<ConfigChange> {
  const happening = { type: 'clinic.calendar_changed', text: `The calendar was changed by ${by}.` };
  return changeConfig(system, clinicId, happening, (config) => {
    const { locationId = config.defaultLocationId, onCall, holidays, hours, ladder } = calendar;
    if (!config.locations.some((place) => place.locationId === locationId)) {
      const known = config.locations.map((place) => place.locationId).join(', ');
      const message = `must be one of the clinic's locations: ${known}`;
      return { ok: false, errors: [{ path: 'locationId', code: 'unknown_location', message }] };
    }
    const change = given({ holidays, hours, ladder });
    return checked(config, {
      ...given({ onCall }),
      locations: config.locations.map((place) =>
        place.locationId === locationId ? { ...place, ...change } : place,
      ),
    });
  });
}

function checked(config: ClinicConfig, change: object): Validated<ClinicConfig> {
  return validate(clinicConfig, { ...config, ...change });
}

function given(fields: { readonly [name: string]: unknown }): { readonly [name: string]: unknown } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function noSuchPerson(staffId: string): Validated<ClinicConfig> {
  const message = `has nobody with the id ${staffId}`;
  return { ok: false, errors: [{ path: 'staff', code: 'unknown_staff', message }] };
}

function staffIdIn(person: unknown): string | undefined {
  if (typeof person !== 'object' || person === null || !('staffId' in person)) return undefined;
  return typeof person.staffId === 'string' ? person.staffId : undefined;
}
