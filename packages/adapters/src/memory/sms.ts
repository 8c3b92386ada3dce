import { addSeconds, type Instant, isBefore } from '@aftercare/time/instant';
import type { CarrierStatus, Clock, ListedMessage, SendOutcome, Sms } from '@aftercare/usecases/ports';
import { type Effect, withoutFaults } from './effect.ts';

export type MemoryText = Parameters<Sms['send']>[0];
/** A text the carrier accepted. `ref` names our message, as in the status callback. */
export type AcceptedText = MemoryText & {
  readonly providerSid: string;
  readonly acceptedAt: Instant;
  readonly status: CarrierStatus;
  readonly errorCode?: number;
};

export type MemorySms = Sms & {
  /** Every accepted text, in order: what lands on phones. */
  accepted(): readonly AcceptedText[];
  setStatus(providerSid: string, status: CarrierStatus, errorCode?: number): void;
  /** Notes a text that somebody sent to us, so that `list` shows it. */
  noteInbound(text: {
    readonly providerSid: string;
    readonly from: string;
    readonly to: string;
    readonly body: string;
  }): void;
  /** The carrier's own opt-out list, per pair: sending then answers 21610. */
  optOut(patient: string, ours: string): void;
  optIn(patient: string, ours: string): void;
};

export type MemorySmsOptions = {
  readonly clock: Clock;
  readonly effect?: Effect;
  /** Decides a send before it is accepted: an outcome that is not `accepted`, or undefined to accept. */
  readonly refuse?:
    | ((text: MemoryText) => Exclude<SendOutcome, { kind: 'accepted' }> | undefined)
    | undefined;
  /** How long an accepted text is missing from `list`. Asked once a text. */
  readonly listLagSeconds?: () => number;
};

type Held = ListedMessage & { readonly listedFrom: Instant };

/** A carrier in memory that accepts everything unless told otherwise. */
export function createMemorySms(options: MemorySmsOptions): MemorySms {
  const { clock, effect = withoutFaults } = options;
  const texts: AcceptedText[] = [];
  const inbound: Held[] = [];
  const listedFrom = new Map<string, Instant>();
  const positionOf = new Map<string, number>();
  const optedOut = new Set<string>();
  const pair = (patient: string, ours: string): string => `${patient} ${ours}`;

  function send(text: MemoryText): SendOutcome {
    if (optedOut.has(pair(text.to, text.from))) return { kind: 'rejected', code: 21610, httpStatus: 400 };
    const refusal = options.refuse?.(text);
    if (refusal !== undefined) return refusal;
    const providerSid = `SM${String(texts.length + 1).padStart(32, '0')}`;
    const acceptedAt = clock.now();
    positionOf.set(providerSid, texts.length);
    texts.push({ ...text, providerSid, acceptedAt, status: 'accepted' });
    listedFrom.set(providerSid, addSeconds(acceptedAt, options.listLagSeconds?.() ?? 0));
    return { kind: 'accepted', providerSid, status: 'accepted' };
  }

  function listed(filter: Parameters<Sms['list']>[0]): readonly ListedMessage[] {
    const now = clock.now();
    const isAskedFor = (entry: { readonly to: string; readonly from: string }): boolean =>
      (filter.to === undefined || entry.to === filter.to) &&
      (filter.from === undefined || entry.from === filter.from);
    const outbound = texts
      .filter(isAskedFor)
      .map((text) => outboundEntry(text, listedFrom.get(text.providerSid) ?? now));
    return [...outbound, ...inbound.filter(isAskedFor)]
      .filter((entry) => !isBefore(entry.createdAt, filter.since) && !isBefore(now, entry.listedFrom))
      .map(({ listedFrom: _hidden, ...entry }) => entry);
  }

  return {
    send: (text) => effect('sms.send', async () => send(text)),
    list: (filter) => effect('sms.list', async () => ({ kind: 'listed', messages: listed(filter) })),
    accepted: () => texts,
    setStatus(providerSid, status, errorCode) {
      const position = positionOf.get(providerSid);
      const text = position === undefined ? undefined : texts[position];
      if (position === undefined || text === undefined) throw new Error('no text of that sid');
      texts[position] = { ...text, status, ...(errorCode === undefined ? {} : { errorCode }) };
    },
    noteInbound: (text) =>
      void inbound.push({
        ...text,
        direction: 'inbound',
        status: 'received',
        createdAt: clock.now(),
        listedFrom: clock.now(),
      }),
    optOut: (patient, ours) => void optedOut.add(pair(patient, ours)),
    optIn: (patient, ours) => void optedOut.delete(pair(patient, ours)),
  };
}

function outboundEntry(text: AcceptedText, listedFrom: Instant): Held {
  return {
    providerSid: text.providerSid,
    direction: 'outbound',
    to: text.to,
    from: text.from,
    body: text.body,
    status: text.status,
    createdAt: text.acceptedAt,
    listedFrom,
    ...(text.errorCode === undefined ? {} : { errorCode: text.errorCode }),
  };
}
