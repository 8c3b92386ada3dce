import { isBefore } from '@aftercare/time/instant';
import { isDailyWindow } from '@aftercare/time/window';
import { minutesOfDay } from '@aftercare/time/zone';
import type { z } from 'zod';
import type { ClinicConfig, Location, OnCallEntry, StaffMember } from './clinic-config.ts';
import { coverageGaps, describeSpan, isReachable } from './on-call-coverage.ts';

/** The first and last minute at which any clinic may text a patient unasked (product-rules 8, design 5.7). */
export const EARLIEST_OPENING = '09:00';
export const LATEST_CLOSING = '20:00';
const TREATMENT_WORDS = /needl|derma ?roll|derma ?pen|derma ?stamp|skin ?pen|md ?pen/i;

type Context = z.core.$RefinementCtx<ClinicConfig>;
type Report = (path: readonly (string | number)[], message: string, code?: string) => void;
type Rule = {
  readonly reads: readonly (keyof ClinicConfig)[];
  readonly check: (clinic: ClinicConfig, report: Report) => void;
};

const rules: readonly Rule[] = [
  { reads: ['displayName'], check: checkDisplayName },
  { reads: ['languages', 'defaultLanguage'], check: checkLanguages },
  { reads: ['patientNumber', 'alertNumber'], check: checkNumbers },
  { reads: ['window', 'reminderTime', 'spreadMinutes'], check: checkWindow },
  { reads: ['locations', 'defaultLocationId'], check: checkLocationIds },
  { reads: ['locations'], check: checkHours },
  { reads: ['staff', 'patientNumber', 'alertNumber'], check: checkStaff },
  { reads: ['locations', 'staff'], check: checkLadders },
  { reads: ['locations', 'staff', 'onCall'], check: checkOnCall },
];

/**
 * What no single field can tell. A rule runs when the fields it reads are in order, so that one mistake is
 * reported once and every independent mistake at the same time.
 */
export function checkClinic(clinic: ClinicConfig, context: Context): void {
  if (context.issues.some((issue) => (issue.path?.length ?? 0) === 0 && issue.code === 'invalid_type'))
    return;
  const broken = new Set(context.issues.map((issue) => issue.path?.[0]));
  const report: Report = (path, message, code = 'invalid_value') =>
    context.addIssue({ code: 'custom', path: [...path], message, params: { code } });
  for (const rule of rules) {
    if (rule.reads.every((field) => !broken.has(field))) rule.check(clinic, report);
  }
}

function checkDisplayName(clinic: ClinicConfig, report: Report): void {
  if (TREATMENT_WORDS.test(clinic.displayName)) {
    report(
      ['displayName'],
      'must not name the treatment: it is the first word on a phone that others can see',
    );
  }
}

function checkLanguages(clinic: ClinicConfig, report: Report): void {
  reportRepeats(clinic.languages, ['languages'], undefined, report);
  if (!clinic.languages.includes(clinic.defaultLanguage)) {
    report(['defaultLanguage'], 'must be one of the languages that "languages" lists');
  }
}

function checkNumbers(clinic: ClinicConfig, report: Report): void {
  if (clinic.patientNumber === clinic.alertNumber) {
    report(['alertNumber'], 'must differ from patientNumber: staff and patients never share a sender');
  }
}

function checkWindow(clinic: ClinicConfig, report: Report): void {
  const { window, reminderTime, spreadMinutes } = clinic;
  if (window.opens < EARLIEST_OPENING) {
    report(['window', 'opens'], `must be ${EARLIEST_OPENING} or later: nobody is texted unasked before that`);
  }
  if (window.closes > LATEST_CLOSING) {
    report(['window', 'closes'], `must be ${LATEST_CLOSING} or earlier: nobody is texted unasked after that`);
  }
  const room = minutesOfDay(window.closes) - minutesOfDay(reminderTime) - 1;
  if (!isDailyWindow(window)) {
    report(['window', 'closes'], 'must be later than opens');
  } else if (reminderTime < window.opens || room < 0) {
    report(['reminderTime'], `must lie in the window, from ${window.opens} to before ${window.closes}`);
  } else if (spreadMinutes > room) {
    report(['spreadMinutes'], `must be at most ${room}, or the last reminders would leave after the window`);
  }
}

function checkLocationIds(clinic: ClinicConfig, report: Report): void {
  reportRepeats(
    clinic.locations.map((location) => location.locationId),
    ['locations'],
    'locationId',
    report,
  );
  if (!clinic.locations.some((location) => location.locationId === clinic.defaultLocationId)) {
    report(['defaultLocationId'], 'must be the locationId of one of the locations', 'unknown_location');
  }
}

function checkHours(clinic: ClinicConfig, report: Report): void {
  for (const [index, location] of clinic.locations.entries()) {
    const path = ['locations', index] as const;
    for (const [day, spans] of Object.entries(location.hours))
      checkDay([...path, 'hours', day], spans, report);
    reportRepeats(location.holidays, [...path, 'holidays'], undefined, report);
    if (Object.values(location.hours).every((spans) => spans.length === 0)) {
      report([...path, 'hours'], 'must be open at some time of the week: work items fall due in these hours');
    }
  }
}

function checkDay(path: readonly (string | number)[], spans: Location['hours']['mon'], report: Report): void {
  for (const [index, span] of spans.entries()) {
    const before = spans[index - 1];
    if (!isDailyWindow(span)) report([...path, index, 'closes'], 'must be later than opens, before midnight');
    else if (before !== undefined && span.opens < before.closes) {
      report([...path, index, 'opens'], 'must not be before the closing above it');
    }
  }
}

function checkStaff(clinic: ClinicConfig, report: Report): void {
  reportRepeats(
    clinic.staff.map((person) => person.staffId),
    ['staff'],
    'staffId',
    report,
  );
  reportRepeats(
    clinic.staff.map((person) => person.phone),
    ['staff'],
    'phone',
    report,
  );
  for (const [index, person] of clinic.staff.entries()) {
    if (person.phone === clinic.patientNumber || person.phone === clinic.alertNumber) {
      report(
        ['staff', index, 'phone'],
        "must be the person's own phone, not a number that the clinic texts from",
      );
    }
  }
}

function checkLadders(clinic: ClinicConfig, report: Report): void {
  const people = new Map(clinic.staff.map((person) => [person.staffId, person]));
  for (const [index, location] of clinic.locations.entries()) {
    const path = ['locations', index, 'ladder'] as const;
    reportUnknownStaff(location.ladder, people, path, report);
    reportRepeats(location.ladder, path, undefined, report);
    const able = new Set(location.ladder.filter((staffId) => isAble(people.get(staffId))));
    if (able.size < 2) {
      report(path, 'must name at least two people who are neither disabled nor unreachable', 'coverage_gap');
    }
    if (location.coverage === 'afterHoursSelfDirect' && !clinic.staff.some(isManagerWithPhone)) {
      report(
        ['locations', index, 'coverage'],
        'needs a staff member with the role manager: emergencies still page the manager after hours',
        'coverage_gap',
      );
    }
  }
}

function checkOnCall(clinic: ClinicConfig, report: Report): void {
  const people = new Map(clinic.staff.map((person) => [person.staffId, person]));
  const places = new Set(clinic.locations.map((location) => location.locationId));
  for (const [index, entry] of clinic.onCall.entries()) {
    const path = ['onCall', index] as const;
    reportUnknownStaff(entry.staffIds, people, [...path, 'staffIds'], report);
    if (entry.locationId !== undefined && !places.has(entry.locationId)) {
      report([...path, 'locationId'], 'must be the locationId of one of the locations', 'unknown_location');
    }
    checkOnCallTimes(entry, path, report);
  }
  for (const location of clinic.locations) {
    for (const gap of coverageGaps(location, clinic.onCall, clinic.staff)) {
      report(
        ['onCall'],
        `leaves ${describeSpan(gap)} uncovered at location ${location.locationId}: add somebody then`,
        'coverage_gap',
      );
    }
  }
}

function checkOnCallTimes(entry: OnCallEntry, path: readonly (string | number)[], report: Report): void {
  const { weekly, fromAt, toAt } = entry;
  const once = fromAt !== undefined || toAt !== undefined;
  if (once === (weekly !== undefined)) {
    report(path, 'must have either weekly, or fromAt and toAt');
  } else if (once && fromAt === undefined) {
    report([...path, 'fromAt'], 'is required together with toAt', 'required');
  } else if (once && toAt === undefined) {
    report([...path, 'toAt'], 'is required together with fromAt', 'required');
  } else if (fromAt !== undefined && toAt !== undefined && !isBefore(fromAt, toAt)) {
    report([...path, 'toAt'], 'must be later than fromAt');
  }
}

function isAble(person: StaffMember | undefined): boolean {
  return person !== undefined && isReachable(person);
}

function isManagerWithPhone(person: StaffMember): boolean {
  return person.role === 'manager' && isReachable(person);
}

function reportUnknownStaff(
  staffIds: readonly string[],
  people: ReadonlyMap<string, StaffMember>,
  path: readonly (string | number)[],
  report: Report,
): void {
  for (const [index, staffId] of staffIds.entries()) {
    if (!people.has(staffId))
      report([...path, index], 'must be the staffId of somebody in staff', 'unknown_staff');
  }
}

function reportRepeats(
  values: readonly string[],
  path: readonly (string | number)[],
  field: string | undefined,
  report: Report,
): void {
  for (const [index, value] of values.entries()) {
    if (values.indexOf(value) === index) continue;
    report(
      [...path, index, ...(field === undefined ? [] : [field])],
      'must not be the same as an earlier one',
    );
  }
}
