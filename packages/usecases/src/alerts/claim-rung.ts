import {
  ladderAt,
  nextRung,
  nextRungAt,
  type Rung,
  receiptMinutes,
  untakenMinutes,
} from '@aftercare/alerts/ladder';
import { pageText } from '@aftercare/alerts/page-text';
import type { Person } from '@aftercare/alerts/people';
import { addMinutes, addSeconds, earliest, type Instant } from '@aftercare/time/instant';
import type { AlertRow } from '../desk-rows.ts';
import { alertPartition } from '../keys.ts';
import type { System, Write } from '../ports.ts';
import type { MessageRow } from '../rows.ts';
import { claimMessage } from '../send-message.ts';
import { placeOf, type StaffedClinic } from './alert-rows.ts';

/** The next rung of an alert, ready for one transaction: who is paged, and what the alert's row becomes. */
export type RungClaim = {
  readonly rung: Rung;
  readonly messages: readonly MessageRow[];
  readonly writes: readonly Write[];
  readonly change: Pick<AlertRow, 'rung' | 'pages' | 'nextRungAt' | 'attendAt'>;
};

/**
 * An alert that nobody takes is paged for days: its row keeps the last pages only, the messages keep them
 * all.
 */
const rememberedPages = 60;
/** The sweep looks this long after something should have happened by itself. */
const graceSeconds = 60;

export function claimRung(
  system: Pick<System, 'random'>,
  staffed: StaffedClinic,
  alert: AlertRow,
  now: Instant,
): RungClaim {
  const place = placeOf(staffed.config, alert.locationId);
  const knows = alert.reopenedAt === undefined ? undefined : alert.acknowledgedBy;
  const ladder = ladderAt(staffed.people, place, now, alert.level, knows);
  const rung = nextRung(ladder, new Set(alert.pages.map((page) => page.staffId)));
  const index = alert.rung + 1;
  const urgency = { level: alert.level, pace: alert.pace, infection: alert.infection === true };
  const nextAt = nextRungAt(place, now, rung, urgency);
  const claims = rung.targets.map((person) =>
    claimPage(system, staffed, { alert, person, index, now, nextAt }),
  );
  const pages = claims.map(({ message }, i) => ({
    rung: index,
    staffId: rung.targets[i]?.staffId ?? '',
    messageId: message.messageId,
    at: now,
  }));
  const receiptsDue = addMinutes(now, rung.whole ? untakenMinutes : receiptMinutes);
  const lookAt = pages.length === 0 ? nextAt : earliest(receiptsDue, nextAt);
  return {
    rung,
    messages: claims.map(({ message }) => message),
    writes: claims.map(({ write }) => write),
    change: {
      rung: index,
      pages: [...alert.pages, ...pages].slice(-rememberedPages),
      nextRungAt: nextAt,
      attendAt: addSeconds(lookAt, graceSeconds),
    },
  };
}

function claimPage(
  system: Pick<System, 'random'>,
  staffed: StaffedClinic,
  page: { alert: AlertRow; person: Person; index: number; now: Instant; nextAt: Instant },
): ReturnType<typeof claimMessage> {
  const { alert, person, index, now, nextAt } = page;
  const { config } = staffed;
  const place = placeOf(config, alert.locationId);
  const body = pageText({
    level: alert.level,
    code: alert.code,
    placeName: place.name,
    timeZone: place.timeZone,
    patientRef: alert.candidateIds?.join(' or ') ?? alert.patientId,
    textedAt: alert.openedAt,
    nextAt,
    infoAnswers: config.infoAnswers,
    notAnswered: notAnswered(alert.noReplyReason),
    again: alert.reopenedAt !== undefined,
  });
  return claimMessage(system.random, now, {
    pk: alertPartition(alert.clinicId),
    clinicId: alert.clinicId,
    kind: 'alert',
    reason: `Page of alert ${alert.code}, rung ${index}`,
    to: person.phone,
    from: config.alertNumber,
    body,
    alertId: alert.alertId,
    rung: index,
    staffId: person.staffId,
  });
}

/** A repeated text within minutes is no news: the patient did get the reply before it. */
function notAnswered(reason: string | undefined): 'opted_out' | 'other' | undefined {
  if (reason === undefined || reason === 'same_severe_reply_within_10_minutes') return undefined;
  return reason === 'opted_out' ? 'opted_out' : 'other';
}
