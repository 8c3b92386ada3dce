import { type Instant, instantFromEpochMs } from '@aftercare/time/instant';
import { localDateTimeOf } from '@aftercare/time/zone';
import { messageRowKey, parseStatusRef, sessionRowKey } from '@aftercare/usecases/keys';
import type { Table } from '@aftercare/usecases/ports';
import { type MessageKind, messageRow, sessionRow } from '@aftercare/usecases/rows';
import type { TwilioMessage } from '../twilio-emulator/message-rows.ts';

/** One SMS as `/local/messages` and `journey --json` show it (design 6.2). */
export type ShownMessage = {
  readonly at: Instant;
  /** Wall time of the patient (of the clinic for staff and for numbers without a session). */
  readonly localTime: string;
  readonly direction: 'inbound' | 'outbound';
  readonly to: string;
  readonly from: string;
  readonly body: string;
  readonly segments: number;
  readonly kind: MessageKind;
  readonly day?: number;
  readonly facts?: readonly string[];
  /** Why this text went. */
  readonly reason?: string;
  readonly sid: string;
  readonly status: string;
  readonly errorCode?: number;
  readonly sessionId?: string;
  readonly timeZone: string;
};

type Origin = Pick<ShownMessage, 'kind' | 'day' | 'facts' | 'reason' | 'sessionId'> & {
  readonly timeZone?: string;
};

export type MessageLog = {
  /** Every SMS after that sequence number of the carrier, in order; with a phone, those to and from it. */
  readonly after: (sequence: number, phone?: string) => Promise<ShownMessage[]>;
};

/**
 * Joins what the carrier has with what our rows say about it. The status callback's URL names the row, so a
 * text shows here even when the process died before its row heard of it.
 */
export function createMessageLog(options: {
  readonly table: Table;
  readonly messagesAfter: (sequence: number) => readonly TwilioMessage[];
  /** The zone for numbers no session is known for. */
  readonly clinicZone: string;
}): MessageLog {
  const origins = new Map<string, Origin>();
  const originOf = async (message: TwilioMessage): Promise<Origin> => {
    const known = origins.get(message.sid);
    if (known !== undefined) return known;
    const read = await readOrigin(options.table, message);
    if (read.final) origins.set(message.sid, read.origin);
    return read.origin;
  };
  /** The zone of the last text to that phone whose session is known. */
  const zoneOf = async (phone: string, earlier: readonly TwilioMessage[]): Promise<string> => {
    for (const message of earlier.toReversed()) {
      if (message.to !== phone) continue;
      const { timeZone } = await originOf(message);
      if (timeZone !== undefined) return timeZone;
    }
    return options.clinicZone;
  };
  return {
    after: async (sequence, phone) => {
      const messages = options.messagesAfter(0);
      const shown: ShownMessage[] = [];
      for (const [index, message] of messages.entries()) {
        const person = message.direction === 'inbound' ? message.from : message.to;
        if (message.sequence <= sequence || (phone !== undefined && person !== phone)) continue;
        const { timeZone, ...origin } = await originOf(message);
        shown.push(show(message, origin, timeZone ?? (await zoneOf(person, messages.slice(0, index)))));
      }
      return shown;
    },
  };
}

function show(message: TwilioMessage, origin: Origin, timeZone: string): ShownMessage {
  const at = instantFromEpochMs(message.createdMs);
  return {
    at,
    localTime: localDateTimeOf(at, timeZone),
    direction: message.direction === 'inbound' ? 'inbound' : 'outbound',
    to: message.to,
    from: message.from,
    body: message.body,
    segments: message.segments,
    ...origin,
    sid: message.sid,
    status: message.status,
    ...(message.errorCode === undefined ? {} : { errorCode: message.errorCode }),
    timeZone,
  };
}

/** `final`: what was read will not change, so it need not be read again. */
async function readOrigin(table: Table, message: TwilioMessage): Promise<{ origin: Origin; final: boolean }> {
  if (message.direction === 'inbound') return { origin: { kind: 'reply' }, final: true };
  if (message.keyword !== undefined) return { origin: keywordOrigin(message.keyword), final: true };
  const ref = refOf(message.statusCallback);
  const item = ref === undefined ? undefined : await table.get(messageRowKey(ref.pk, ref.messageId));
  const row = messageRow.safeParse(item);
  if (!row.success) return { origin: { kind: 'reply' }, final: false };
  const { kind, day, facts, reason, sessionKey } = row.data;
  const session = sessionKey === undefined ? undefined : await table.get(sessionRowKey(sessionKey));
  const known = sessionRow.safeParse(session);
  const toPatient = kind !== 'alert';
  const origin = {
    kind,
    ...(day === undefined ? {} : { day }),
    ...(facts === undefined ? {} : { facts }),
    reason,
    ...(known.success ? { sessionId: known.data.sessionId } : {}),
    ...(known.success && toPatient ? { timeZone: known.data.timeZone } : {}),
  };
  return { origin, final: true };
}

function keywordOrigin(keyword: NonNullable<TwilioMessage['keyword']>): Origin {
  const reason = `Twilio answered the keyword ${keyword.toUpperCase()} itself`;
  return { kind: keyword === 'stop' ? 'opt_out' : 'reply', reason };
}

function refOf(statusCallback: string | undefined): { pk: string; messageId: string } | undefined {
  if (statusCallback === undefined || !URL.canParse(statusCallback)) return undefined;
  const ref = new URL(statusCallback).searchParams.get('ref');
  return ref === null ? undefined : parseStatusRef(ref);
}
