import { addMinutes, type Instant } from '@aftercare/time/instant';
import { isOpenAt, openFrom } from '@aftercare/time/opening-hours';
import { localTimeOf } from '@aftercare/time/zone';
import { onDuty } from './on-duty.ts';
import { type AlertClinic, type AlertPlace, canBePaged, type Person } from './people.ts';

export type AlertLevel = 'emergency' | 'urgent';
export type Urgency = { readonly level: AlertLevel; readonly pace: AlertLevel; readonly infection: boolean };

/** Product-rules 6: rungs of an emergency every 5 minutes, of an urgent alert every 15. */
export const rungMinutes = { emergency: 5, urgent: 15 } as const;
/** After the last rung the whole ladder is paged this often until somebody acknowledges. */
export const wholeLadderMinutes = 30;
/**
 * When everybody was paged together and the carrier took none of it, they are paged again after this long: an
 * hour without a carrier must not cost an urgent alert the night.
 */
export const untakenMinutes = 5;
/** A page without a delivery receipt after this long counts as not arrived. */
export const receiptMinutes = 2;
/** Acknowledged but not DONE after this long: paged again. */
export const doneMinutes = { emergency: 15, urgent: 60 } as const;
/** The hours in which `nightPages` may hold back an urgent page that is no sign of infection. */
const night = { from: '21:00', to: '08:00' };

/**
 * Who is paged at a location at a moment, in order (product-rules 6): who is on call, then the location's
 * ladder. After hours under `afterHoursSelfDirect` an emergency pages the managers. Whoever knows the case
 * already goes first.
 */
export function ladderAt(
  clinic: AlertClinic,
  place: AlertPlace,
  at: Instant,
  level: AlertLevel,
  knowsTheCase?: string,
): Person[] {
  const people = new Map(clinic.staff.map((person) => [person.staffId, person]));
  const managers = clinic.staff.filter((person) => person.role === 'manager').map((person) => person.staffId);
  const selfDirect = place.coverage === 'afterHoursSelfDirect' && !isOpenAt(at, place);
  const usual = [...onDuty(clinic.onCall, place, at), ...place.ladder];
  const order = selfDirect && level === 'emergency' ? [...managers, ...usual] : usual;
  const first = knowsTheCase === undefined ? [] : [knowsTheCase];
  const found = [...new Set([...first, ...order])].flatMap((staffId) => people.get(staffId) ?? []);
  return found.filter(canBePaged);
}

/**
 * When an alert may first be paged: at once, or, when the configuration keeps nights quiet, at the next
 * opening. An emergency never waits, nor does bleeding.
 */
export function firstPageAt(clinic: AlertClinic, place: AlertPlace, at: Instant, urgency: Urgency): Instant {
  if (urgency.pace === 'emergency') return at;
  const closed = !isOpenAt(at, place);
  if (place.coverage === 'afterHoursSelfDirect' && closed) return openFrom(at, place) ?? at;
  const quiet =
    clinic.nightPages === 'emergencyAndInfection' && !urgency.infection && isNight(at, place.timeZone);
  return quiet && closed ? (openFrom(at, place) ?? at) : at;
}

export type Rung = {
  readonly targets: readonly Person[];
  /** Nobody is left to page first after this one: the patient is told (product-rules 3). */
  readonly last: boolean;
  /** Everybody has been paged once; now all are paged together. */
  readonly whole: boolean;
};

/**
 * Whom the next rung pages: the first of the ladder not paged yet, else everybody. Who was paged is asked
 * rather than a counter, because the ladder changes with the shift while an alert climbs.
 */
export function nextRung(ladder: readonly Person[], paged: ReadonlySet<string>): Rung {
  const [first, ...others] = ladder.filter((person) => !paged.has(person.staffId));
  if (first === undefined) return { targets: ladder, last: true, whole: true };
  return { targets: [first], last: others.length === 0, whole: false };
}

/**
 * When the rung after this one is due. After the last person the ladder's pace holds once more, then
 * everybody is paged every 30 minutes; an urgent alert waits for opening hours with that (product-rules 6).
 */
export function nextRungAt(place: AlertPlace, at: Instant, rung: Rung, urgency: Urgency): Instant {
  const next = addMinutes(at, rung.whole ? wholeLadderMinutes : rungMinutes[urgency.pace]);
  if (urgency.pace === 'emergency' || !rung.last) return next;
  return openFrom(next, place) ?? next;
}

function isNight(at: Instant, timeZone: string): boolean {
  const time = localTimeOf(at, timeZone);
  return time >= night.from || time < night.to;
}
