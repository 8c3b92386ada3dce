import type {
  ConversationContext,
  LocationView,
  PatientView,
  Pending,
} from '@aftercare/conversation/context';
import { decideReply } from '@aftercare/conversation/decide-reply';
import type { Instant } from '@aftercare/time/instant';
import { addHours } from '@aftercare/time/instant';

export const endedAt: Instant = '2026-11-21T16:30:00.000Z';
const nineToSix = [{ opens: '09:00', closes: '18:00' }];
const place: LocationView = {
  locationId: 'brickell',
  phone: '305-555-0100',
  timeZone: 'America/New_York',
  hours: { mon: nineToSix, tue: nineToSix, wed: nineToSix, thu: nineToSix, fri: nineToSix, sat: [], sun: [] },
  holidays: [],
  coverage: 'page24h',
};

/** One patient, treated on Saturday 21 Nov at 11:30 local. */
export const patient = (patientId: string, more: Partial<PatientView> = {}): PatientView => ({
  patientId,
  language: 'en',
  minor: false,
  location: place,
  sessions: [
    {
      sessionKey: `key-${patientId}`,
      treatment: {
        endedAt,
        timeZone: 'America/New_York',
        device: 'pen',
        needleDepthMm: 1,
        areas: ['face'],
        flags: [],
        alsoHealing: [],
      },
      protocol: { id: 'microneedling', version: 1 },
    },
  ],
  ...more,
});

/** A question alive since so many hours after the treatment. */
export const asked = (questionId: string, hours: number, more: Partial<Pending> = {}): Pending => ({
  questionId,
  askedAt: addHours(endedAt, hours),
  severeWord: false,
  ...more,
});

type Changes = Partial<Omit<ConversationContext, 'text' | 'phone' | 'clinic'>> & {
  hours?: number;
  text?: Partial<ConversationContext['text']>;
  phone?: Partial<ConversationContext['phone']>;
  clinic?: Partial<ConversationContext['clinic']>;
};

function contextOf(body: string, changes: Changes = {}): ConversationContext {
  const { hours = 26, text, phone, clinic, ...rest } = changes;
  const now = addHours(endedAt, hours);
  return {
    now,
    patients: [patient('p-1')],
    earlier: [],
    laterTextWaiting: false,
    ...rest,
    clinic: {
      displayName: 'GlowClinic',
      languages: ['en', 'es'],
      defaultLanguage: 'en',
      approvedLanguages: ['en', 'es'],
      window: { opens: '09:00', closes: '20:00' },
      defaultLocation: place,
      ownAnswers: [],
      ...clinic,
    },
    text: { inboundSid: 'SM1', body, mediaCount: 0, receivedAt: now, ...text },
    phone: { optOutConfirmed: false, repliesAt: [], ...phone },
  };
}
/** What follows from one text, 26 hours after the treatment unless told otherwise. */
export const decide = (body: string, changes: Changes = {}) => decideReply(contextOf(body, changes));
