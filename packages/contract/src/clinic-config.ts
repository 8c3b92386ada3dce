import * as z from 'zod';
import {
  clinicPhone,
  gsmText,
  id,
  instant,
  language,
  localDate,
  plainText,
  timeZone,
  usPhone,
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
const dayHours = z.array(openHours).max(4).default([]);

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
    phone: clinicPhone,
    timeZone,
    hours: weeklyHours,
    /** Dates on which the location is closed whatever `hours` says. */
    holidays: z.array(localDate).max(200).default([]),
    /**
     * Who is paged, in order; at least two people, so that one dead phone is not the end (product-rules 6).
     */
    ladder: z.array(id).min(2, 'must name at least two people').max(10),
    coverage,
  })
  .meta({ id: 'Location' });
export type Location = z.output<typeof location>;

export const staffMember = z
  .strictObject({
    staffId: id,
    name: plainText(80),
    role: z.enum(['clinical', 'front_desk', 'manager']),
    phone: usPhone,
    /** Set when the person has sent back the code texted to this number (product-rules 6). */
    confirmedAt: instant.exactOptional(),
    /** Set when the number texted STOP to the alert number, or the carrier said 21610. */
    unreachableSince: instant.exactOptional(),
    disabled: z.boolean().exactOptional(),
  })
  .meta({ id: 'StaffMember' });
export type StaffMember = z.output<typeof staffMember>;

/**
 * Who is on duty: every week (`weekly`, wall time of the location; `to` not after `from` runs past
 * midnight, equal is 24 hours) or once (`fromAt` to `toAt`), which goes before the weekly ones. Without
 * `locationId`: all locations.
 */
export const onCallEntry = z
  .strictObject({
    locationId: id.exactOptional(),
    weekly: z.strictObject({ days: z.array(weekday).min(1), from: wallTime, to: wallTime }).exactOptional(),
    fromAt: instant.exactOptional(),
    toAt: instant.exactOptional(),
    staffIds: z.array(id).min(1).max(10),
  })
  .meta({ id: 'OnCallEntry' });
export type OnCallEntry = z.output<typeof onCallEntry>;

/** A signature under a version of the content, for one clinic and one language (product-rules 1). */
export const approval = z
  .strictObject({
    subject: z.enum(['protocol', 'triage']),
    id,
    version: z.int().min(1),
    language,
    /** Of the clinician who signed. */
    name: plainText(80),
    licence: plainText(40),
    approvedOn: localDate,
  })
  .meta({ id: 'Approval' });
export type Approval = z.output<typeof approval>;

/** A clinic's own signed answer to a topic that the articles leave silent (product-rules 3). */
export const ownAnswer = z
  .strictObject({ item: id, language, text: gsmText(300), signedBy: plainText(80), signedOn: localDate })
  .meta({ id: 'OwnAnswer' });

export const webhook = z
  .strictObject({
    url: z
      .string()
      .max(2048)
      .refine(isWebhookUrl, 'must be an https:// address without user name, password or fragment'),
  })
  .meta({ id: 'Webhook' });

const shape = z.strictObject({
  clinicId: id,
  name: plainText(80),
  /** How texts begin (product-rules 9). */
  displayName: gsmText(20),
  timeZone,
  languages: z.array(language).min(1).default(['en', 'es']),
  defaultLanguage: language.default('en'),
  /** Patients are texted from and text to this number. */
  patientNumber: clinicPhone,
  /** Staff are paged from and answer to this one; never the same (product-rules 6). */
  alertNumber: clinicPhone,
  messagingServiceSid: z
    .string()
    .regex(/^MG[0-9a-f]{32}$/, "must be Twilio's Messaging Service SID: MG and 32 of the characters 0-9 a-f")
    .exactOptional(),
  /** When reminders may leave, patient-local. */
  window: openHours.default({ opens: '09:00', closes: '20:00' }),
  reminderTime: wallTime.default('10:00'),
  /** Reminders of one minute are spread over this many, so that a line of 1 text per second keeps up. */
  spreadMinutes: z.int().min(0).max(600).default(0),
  style: z.enum(['standard', 'concise']).default('standard'),
  sendConfirmation: z.boolean().default(true),
  protocol: z
    .strictObject({ id: id.default('microneedling'), version: z.int().min(1).default(1) })
    .default({ id: 'microneedling', version: 1 }),
  /** Protocols that the clinic brought (`clinic protocol`); a file of `clinic update` cannot change them. */
  ownProtocols: z
    .array(z.strictObject({ id, version: z.int().min(1) }))
    .max(50)
    .exactOptional(),
  approvals: z.array(approval).max(100).default([]),
  /** The only numbers that draft content may reach outside the emulator (product-rules 1). */
  testNumbers: z.array(usPhone).max(20).default([]),
  webhook: webhook.exactOptional(),
  /** Whether a page can be answered with INFO for the patient's first name and phone (product-rules 6). */
  infoAnswers: z.boolean().default(true),
  nightPages: z.enum(['all', 'emergencyAndInfection']).default('all'),
  /** The clinic's own interval for RF sessions, in weeks. */
  rfIntervalWeeks: z.int().min(1).max(26).exactOptional(),
  /** Above it reminders stop for the month; replies and alerts never do (issue 6). */
  monthlySegmentCap: z.int().min(1).exactOptional(),
  ownAnswers: z.array(ownAnswer).max(100).exactOptional(),
  a2p: z.strictObject({ brandId: plainText(64), campaignId: plainText(64) }).exactOptional(),
  defaultLocationId: id,
  locations: z.array(location).min(1, 'must hold at least one location').max(200),
  staff: z.array(staffMember).min(2, 'must hold at least two people').max(500),
  onCall: z.array(onCallEntry).max(500).default([]),
});

/**
 * A configuration as stored. Reading does not repeat the cross-checks: somebody on the ladder who texted
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
