import type { ClinicConfig, Location } from '@aftercare/contract/clinic-config';
import { storedSession } from '@aftercare/contract/stored-session';
import type {
  ConversationContext,
  EarlierInbound,
  LocationView,
  PatientView,
} from '@aftercare/conversation/context';
import { addHours, type Instant, isBefore } from '@aftercare/time/instant';
import { careSessionOf } from '../care-session.ts';
import { spokenPhone } from '../claim-reminder.ts';
import { type Clinic, releaseOf } from '../clinics.ts';
import { phonePartition } from '../keys.ts';
import { type InboundRow, inboundRow, type PatientRow, type PhoneRow } from '../person-rows.ts';
import { newPhone, readPhone } from '../phone-rows.ts';
import type { Settings, System } from '../ports.ts';
import { carrierWordOf } from '../receive-inbound.ts';
import type { SessionRow } from '../rows.ts';
import { readAll, readSessionRow } from '../session-rows.ts';
import { approvedLanguages } from './reply-approval.ts';

/** Everything a decision about one text rests on, read in one go. */
export type InboundFacts = {
  readonly now: Instant;
  readonly clinic: Clinic;
  readonly inbound: InboundRow;
  readonly phone: PhoneRow;
  readonly patients: readonly PatientFacts[];
  readonly context: ConversationContext;
};

export type PatientFacts = { readonly patient: PatientRow; readonly sessions: readonly SessionRow[] };

const rememberedHours = 14 * 24;
/** Product-rules 8: texts are triaged with the real hours for 12 months. */
const knownHours = 365 * 24;

export async function readInboundFacts(
  system: Pick<System, 'table' | 'clock' | 'settings'>,
  clinic: Clinic,
  inbound: InboundRow,
): Promise<InboundFacts> {
  const { clinicId, phoneKey } = inbound;
  const now = system.clock.now();
  const [record, items] = await Promise.all([
    readPhone(system, clinicId, phoneKey),
    readAll(system, phonePartition(clinicId, phoneKey), 'IN#'),
  ]);
  const phone = record.phone ?? newPhone(clinicId, phoneKey, inbound.from);
  const patients = await readPatients(system, record.patients, now);
  const texts = items.map((item) => inboundRow.parse(item)).filter((row) => row.to === inbound.to);
  const context: ConversationContext = {
    now,
    clinic: clinicView(clinic.config, system.settings, phone.phone),
    text: {
      inboundSid: inbound.messageSid,
      body: inbound.body,
      mediaCount: inbound.mediaCount,
      receivedAt: inbound.receivedAt,
      carrierWord: carrierWordOf(inbound),
      fromMachine: isMachine(clinic.config, inbound.from),
    },
    phone: phoneView(phone),
    patients: patients.map((one) => patientView(clinic, one)),
    earlier: earlierTexts(texts, inbound),
    laterTextWaiting: texts.some((row) => isBefore(inbound.receivedAt, row.receivedAt)),
  };
  return { now, clinic, inbound, phone, patients, context };
}

/** Patients whose last treatment is at most 12 months ago; older ones are strangers to this line. */
async function readPatients(
  system: Pick<System, 'table'>,
  rows: readonly PatientRow[],
  now: Instant,
): Promise<PatientFacts[]> {
  const found = await Promise.all(
    rows.map(async (patient): Promise<PatientFacts> => {
      const sessions = await Promise.all(patient.sessionKeys.map((key) => readSessionRow(system, key)));
      const known = sessions.filter(
        (session): session is SessionRow =>
          session !== undefined && isBefore(addHours(now, -knownHours), session.endedAt),
      );
      return { patient, sessions: known.toSorted((a, b) => (a.endedAt < b.endedAt ? 1 : -1)) };
    }),
  );
  return found.filter((one) => one.sessions.length > 0);
}

function earlierTexts(texts: readonly InboundRow[], inbound: InboundRow): EarlierInbound[] {
  const since = addHours(inbound.receivedAt, -rememberedHours);
  return texts
    .filter((row) => row.messageSid !== inbound.messageSid && !isBefore(inbound.receivedAt, row.receivedAt))
    .filter((row) => isBefore(since, row.receivedAt))
    .toSorted((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1))
    .flatMap((row): EarlierInbound[] =>
      row.level === undefined
        ? []
        : [
            {
              inboundSid: row.messageSid,
              body: row.body,
              at: row.receivedAt,
              level: row.level,
              patientId: row.patientId,
              handedToHuman: row.handedToHuman,
            },
          ],
    );
}

function patientView(clinic: Clinic, facts: PatientFacts): PatientView {
  const { patient, sessions } = facts;
  const newest = sessions[0];
  const request = newest === undefined ? undefined : storedSession.parse(newest.request);
  return {
    patientId: patient.patientId,
    language: patient.language,
    minor: request?.patient.minor === true,
    location: locationView(locationOf(clinic.config, newest?.locationId)),
    sessions: sessions.map((session) => ({
      sessionKey: session.sessionKey,
      treatment: careSessionOf(
        storedSession.parse(session.request),
        session.timeZone,
        session.alsoHealing.map((other) =>
          careSessionOf(storedSession.parse(other.request), session.timeZone),
        ),
      ),
      protocol: { id: session.protocolId, version: session.protocolVersion },
      ownProtocol: releaseOf(clinic, session.protocolId, session.protocolVersion),
    })),
    pending: patient.pending,
  };
}

export function locationOf(config: ClinicConfig, locationId: string | undefined): Location {
  const wanted = locationId ?? config.defaultLocationId;
  const found = config.locations.find((one) => one.locationId === wanted) ?? config.locations[0];
  if (found === undefined) throw new Error('A clinic has at least one location');
  return found;
}

function locationView(location: Location): LocationView {
  const { locationId, phone, timeZone, hours, holidays, coverage } = location;
  return { locationId, phone: spokenPhone(phone), timeZone, hours, holidays, coverage };
}

function clinicView(config: ClinicConfig, settings: Settings, phone: string): ConversationContext['clinic'] {
  return {
    displayName: config.displayName,
    languages: config.languages,
    defaultLanguage: config.defaultLanguage,
    approvedLanguages: approvedLanguages(config, settings, phone),
    window: config.window,
    defaultLocation: locationView(locationOf(config, undefined)),
    ownAnswers: config.ownAnswers ?? [],
  };
}

function phoneView(phone: PhoneRow): ConversationContext['phone'] {
  const { lastReplyHash, lastReplyAt } = phone;
  return {
    optedOutBy: phone.optedOutAt === undefined ? undefined : (phone.optedOutBy ?? 'carrier'),
    optOutConfirmed: phone.optOutConfirmedAt !== undefined,
    blockedReason: phone.blockedReason,
    repliesAt: phone.repliesAt,
    lastSevereReply:
      lastReplyHash === undefined || lastReplyAt === undefined
        ? undefined
        : { templateId: lastReplyHash, at: lastReplyAt },
  };
}

/** Short codes, names and the clinic's own numbers are answered by nobody (14107: loops). */
function isMachine(config: ClinicConfig, from: string): boolean {
  return !/^\+1\d{10}$/.test(from) || from === config.patientNumber || from === config.alertNumber;
}
