import type { CareSession } from '@aftercare/protocol/session';
import { AREAS, FLAGS } from '@aftercare/protocol/session';
import { addHours, type Instant } from '@aftercare/time/instant';
import type { AssessInput, Assessment } from '@aftercare/triage/assessment';
import type { ConversationContext, LocationView } from './context.ts';
import { decideReply } from './decide-reply.ts';

const always = [{ opens: '00:00', closes: '23:59' }];
const samplePlace: LocationView = {
  locationId: 'sample',
  phone: '305-555-0100',
  timeZone: 'America/New_York',
  hours: { mon: always, tue: always, wed: always, thu: always, fri: always, sat: always, sun: always },
  holidays: [],
  coverage: 'page24h',
};

/**
 * The automatic reply to one text by itself, as the `triage` command prints it: a sample clinic, the
 * patient's own hours, device and depth, no history. Empty when the rules send nothing. `now` dates the
 * answers to questions.
 */
export function replyText(input: AssessInput, assessment: Assessment, now: Instant): string {
  const hours = input.hoursSinceTreatment ?? 24;
  const endedAt = addHours(now, -Math.max(0, hours));
  const language = assessment.language === 'es' ? 'es' : 'en';
  const context: ConversationContext = {
    now,
    clinic: {
      displayName: 'GlowClinic',
      languages: ['en', 'es'],
      defaultLanguage: 'en',
      approvedLanguages: ['en', 'es'],
      window: { opens: '09:00', closes: '20:00' },
      defaultLocation: samplePlace,
      ownAnswers: [],
    },
    text: {
      inboundSid: 'sample',
      body: input.text,
      mediaCount: input.media ?? 0,
      receivedAt: now,
    },
    phone: { optOutConfirmed: false, repliesAt: [] },
    patients: [
      {
        patientId: 'sample',
        language,
        minor: false,
        location: samplePlace,
        sessions: [
          {
            sessionKey: 'sample',
            treatment: sampleSession(input, endedAt),
            protocol: { id: 'microneedling', version: 1 },
          },
        ],
        ...(input.pending === undefined
          ? {}
          : { pending: { ...input.pending, askedAt: addHours(now, -1), severeWord: false } }),
      },
    ],
    earlier: [],
    laterTextWaiting: false,
    assessment,
  };
  return decideReply(context).reply?.body ?? '';
}

function sampleSession(input: AssessInput, endedAt: Instant): CareSession {
  return {
    endedAt,
    timeZone: samplePlace.timeZone,
    device: input.device,
    needleDepthMm: input.needleDepthMm,
    areas: AREAS.filter((area) => input.areas?.includes(area) === true),
    flags: FLAGS.filter((flag) => input.flags?.includes(flag) === true),
    alsoHealing: [],
  };
}
