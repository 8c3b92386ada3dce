import type { Instant } from '@aftercare/time/instant';
import type { OpeningHours } from '@aftercare/time/opening-hours';

/** What the clinic's configuration says about who can be paged; the same names and shapes as there. */
export type Person = {
  readonly staffId: string;
  readonly role: 'clinical' | 'front_desk' | 'manager';
  readonly phone: string;
  /**
   * Sent back the code that was texted to this number; before that nobody is paged there (product-rules 6).
   */
  readonly confirmedAt?: Instant | undefined;
  readonly unreachableSince?: Instant | undefined;
  readonly disabled?: boolean | undefined;
};

export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

export type OnCall = {
  readonly locationId?: string | undefined;
  readonly weekly?:
    | { readonly days: readonly Weekday[]; readonly from: string; readonly to: string }
    | undefined;
  readonly fromAt?: Instant | undefined;
  readonly toAt?: Instant | undefined;
  readonly staffIds: readonly string[];
};

export type AlertPlace = OpeningHours & {
  readonly locationId: string;
  readonly name: string;
  readonly ladder: readonly string[];
  readonly coverage: 'page24h' | 'afterHoursSelfDirect';
};

export type AlertClinic = {
  readonly nightPages: 'all' | 'emergencyAndInfection';
  readonly staff: readonly Person[];
  readonly onCall: readonly OnCall[];
};

/** Whether a page to this person has a chance. */
export function canBePaged(person: Person): boolean {
  return (
    person.confirmedAt !== undefined && person.disabled !== true && person.unreachableSince === undefined
  );
}
