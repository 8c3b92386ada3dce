import * as z from 'zod/mini';
import {
  gsmText,
  id,
  instant,
  language,
  localDate,
  plainText,
  storedPhone,
  timeZone,
  wallTime,
} from './fields.ts';

/**
 * The configuration of one clinic, stored whole (guide: row C#<clinicId>/CONFIG) and validated like a
 * request body (product-rules 1, 6, 10). What `clinic add` reads is cross-checked too: clinic-file.ts.
 */

export const weekday = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);
export type Weekday = z.infer<typeof weekday>;

/** Wall times of one day, not across midnight. */
export const openHours = z.strictObject({ opens: wallTime, closes: wallTime });
const dayHours = z._default(z.array(openHours).check(z.maxLength(4)), []);

/** Opening hours by weekday; a day without hours is closed. */
export const weeklyHours = z.strictObject({
  mon: dayHours,
  tue: dayHours,
  wed: dayHours,
  thu: dayHours,
  fri: dayHours,
  sat: dayHours,
  sun: dayHours,
});
export type WeeklyHours = z.infer<typeof weeklyHours>;

export const coverage = z.enum(['page24h', 'afterHoursSelfDirect']);

export const location = z
  .strictObject({
    locationId: id,
    name: gsmText(30),
    /** The voice line that texts tell the patient to call. */
    phone: storedPhone,
    timeZone,
    hours: weeklyHours,
    /** Dates on which the location is closed whatever `hours` says. */
    holidays: z._default(z.array(localDate).check(z.maxLength(200)), []),
    /**
     * Who is paged, in order; at least two people, so that one dead phone is not the end (product-rules 6).
     */
    ladder: z.array(id).check(z.minLength(2, 'must name at least two people'), z.maxLength(10)),
    coverage,
  })
  .register(z.globalRegistry, { id: 'Location' });
export type Location = z.output<typeof location>;

export const staffMember = z
  .strictObject({
    staffId: id,
    name: plainText(80),
    role: z.enum(['clinical', 'front_desk', 'manager']),
    phone: storedPhone,
    /** Set when the person has sent back the code texted to this number (product-rules 6). */
    confirmedAt: z.exactOptional(instant),
    /** Set when the number texted STOP to the alert number, or the carrier said 21610. */
    unreachableSince: z.exactOptional(instant),
    disabled: z.exactOptional(z.boolean()),
  })
  .register(z.globalRegistry, { id: 'StaffMember' });
export type StaffMember = z.output<typeof staffMember>;

/**
 * Who is on duty: every week (`weekly`, wall time of the location; `to` not after `from` runs past
 * midnight, equal is 24 hours) or once (`fromAt` to `toAt`), which goes before the weekly ones. Without
 * `locationId`: all locations.
 */
export const onCallEntry = z
  .strictObject({
    locationId: z.exactOptional(id),
    weekly: z.exactOptional(
      z.strictObject({ days: z.array(weekday).check(z.minLength(1)), from: wallTime, to: wallTime }),
    ),
    fromAt: z.exactOptional(instant),
    toAt: z.exactOptional(instant),
    staffIds: z.array(id).check(z.minLength(1), z.maxLength(10)),
  })
  .register(z.globalRegistry, { id: 'OnCallEntry' });
export type OnCallEntry = z.output<typeof onCallEntry>;

/** A signature under a version of the content, for one clinic and one language (product-rules 1). */
export const approval = z
  .strictObject({
    subject: z.enum(['protocol', 'triage']),
    id,
    version: z.int().check(z.minimum(1)),
    language,
    /** Of the clinician who signed. */
    name: plainText(80),
    licence: plainText(40),
    approvedOn: localDate,
  })
  .register(z.globalRegistry, { id: 'Approval' });
export type Approval = z.output<typeof approval>;

/** A clinic's own signed answer to a topic that the articles leave silent (product-rules 3). */
export const ownAnswer = z
  .strictObject({ item: id, language, text: gsmText(300), signedBy: plainText(80), signedOn: localDate })
  .register(z.globalRegistry, { id: 'OwnAnswer' });

export const webhook = z
  .strictObject({
    url: z
      .string()
      .check(
        z.maxLength(2048),
        z.refine(isWebhookUrl, 'must be an https:// address without user name, password or fragment'),
      ),
  })
  .register(z.globalRegistry, { id: 'Webhook' });

export const locationsOf = <Item extends z.ZodMiniType>(item: Item) =>
  z.array(item).check(z.minLength(1, 'must hold at least one location'), z.maxLength(200));
export const staffOf = <Item extends z.ZodMiniType>(item: Item) =>
  z.array(item).check(z.minLength(2, 'must hold at least two people'), z.maxLength(500));
export const testNumbersOf = <Item extends z.ZodMiniType<string>>(item: Item) =>
  z._default(z.array(item).check(z.maxLength(20)), []);

const shape = z.strictObject({
  clinicId: id,
  name: plainText(80),
  /** How texts begin (product-rules 9). */
  displayName: gsmText(20),
  timeZone,
  languages: z._default(z.array(language).check(z.minLength(1)), ['en', 'es']),
  defaultLanguage: z._default(language, 'en'),
  /** Patients are texted from and text to this number. */
  patientNumber: storedPhone,
  /** Staff are paged from and answer to this one; never the same (product-rules 6). */
  alertNumber: storedPhone,
  messagingServiceSid: z.exactOptional(
    z
      .string()
      .check(
        z.regex(
          /^MG[0-9a-f]{32}$/,
          "must be Twilio's Messaging Service SID: MG and 32 of the characters 0-9 a-f",
        ),
      ),
  ),
  /** When reminders may leave, patient-local. */
  window: z._default(openHours, { opens: '09:00', closes: '20:00' }),
  reminderTime: z._default(wallTime, '10:00'),
  /** Reminders of one minute are spread over this many, so that a line of 1 text per second keeps up. */
  spreadMinutes: z._default(z.int().check(z.minimum(0), z.maximum(600)), 0),
  style: z._default(z.enum(['standard', 'concise']), 'standard'),
  sendConfirmation: z._default(z.boolean(), true),
  protocol: z._default(
    z.strictObject({
      id: z._default(id, 'microneedling'),
      version: z._default(z.int().check(z.minimum(1)), 1),
    }),
    { id: 'microneedling', version: 1 },
  ),
  /** Protocols that the clinic brought (`clinic protocol`); a file of `clinic update` cannot change them. */
  ownProtocols: z.exactOptional(
    z.array(z.strictObject({ id, version: z.int().check(z.minimum(1)) })).check(z.maxLength(50)),
  ),
  approvals: z._default(z.array(approval).check(z.maxLength(100)), []),
  /** The only numbers that draft content may reach outside the emulator (product-rules 1). */
  testNumbers: testNumbersOf(storedPhone),
  webhook: z.exactOptional(webhook),
  /** Whether a page can be answered with INFO for the patient's first name and phone (product-rules 6). */
  infoAnswers: z._default(z.boolean(), true),
  nightPages: z._default(z.enum(['all', 'emergencyAndInfection']), 'all'),
  /** The clinic's own interval for RF sessions, in weeks. */
  rfIntervalWeeks: z.exactOptional(z.int().check(z.minimum(1), z.maximum(26))),
  /** Above it reminders stop for the month; replies and alerts never do (issue 6). */
  monthlySegmentCap: z.exactOptional(z.int().check(z.minimum(1))),
  ownAnswers: z.exactOptional(z.array(ownAnswer).check(z.maxLength(100))),
  a2p: z.exactOptional(z.strictObject({ brandId: plainText(64), campaignId: plainText(64) })),
  defaultLocationId: id,
  locations: locationsOf(location),
  staff: staffOf(staffMember),
  onCall: z._default(z.array(onCallEntry).check(z.maxLength(500)), []),
});

/**
 * A configuration as stored. Reading does not look up its numbers in the numbering plan again (decision 13:
 * the plan is 25 KiB of a bundle), nor repeat the cross-checks: somebody on the ladder who texted
 * STOP makes the ladder too short, and that must raise an alarm, not stop the clinic from being read.
 */
export const storedClinicConfig = shape;

export type ClinicConfig = z.output<typeof shape>;

/**
 * Whether events may be posted there. Plain http only on this machine; private addresses are refused at
 * delivery.
 */
function isWebhookUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '' || url.hash !== '') return false;
  const here = url.hostname === 'localhost' || url.hostname === '127.0.0.1';
  return url.protocol === 'https:' || (url.protocol === 'http:' && here);
}
