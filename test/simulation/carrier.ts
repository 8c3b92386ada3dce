import type { CarrierStatus, SendOutcome, System } from '@aftercare/usecases/ports';
import type { Chance } from './chance.ts';
import type { Engine } from './engine.ts';
import type { Faults } from './faults.ts';
import type { Functions } from './functions.ts';
import { statusPost } from './http-events.ts';
import type { Outside } from './outside.ts';
import type { Trace } from './trace.ts';

/**
 * Twilio beyond its API: what becomes of an accepted text, and the receipts that may or may not tell of it.
 */
export type Carrier = {
  refuse(text: Text): Exclude<SendOutcome, { kind: 'accepted' }> | undefined;
  onAccepted(text: Text, providerSid: string): void;
  /** We wrote this text off, and perhaps its whole day: the worst moment for it to turn up. */
  onGivenUp(messageId: string, dayIsOver: boolean): void;
  /** Every text that reached a phone, in order: the truth that no receipt can change. */
  readonly landed: readonly Landed[];
  readonly accepted: readonly Accepted[];
  /** Told of each text that lands, so that the person can react. */
  onLanded(listener: (landed: Landed) => void): void;
};

export type Text = Parameters<System['sms']['send']>[0];
export type Accepted = { readonly text: Text; readonly providerSid: string; readonly atMs: number };
export type Landed = Accepted & { readonly landedMs: number };

type Fate = { readonly statuses: readonly CarrierStatus[]; readonly code?: number; readonly lands: boolean };

/** How a text that was held turns up. */
const turnsUpAs = [
  ['sent'],
  ['delivered'],
  ['delivered'],
  ['delivered'],
  ['sent', 'delivered'],
  ['sent', 'delivered'],
  ['undelivered'],
  ['undelivered'],
] as const;
/** How often the carrier contradicts itself: some hundred times in ten thousand seeds. */
const contradictions = 0.005;
const early: readonly CarrierStatus[] = ['queued', 'sending', 'sent'];
const lostLater = [30_001, 30_003, 30_008, 30_017, 30_022, 30_500, 30_450] as const;
const lostForGood = [30_004, 30_005, 30_006, 30_007, 30_034, 99_999] as const;
const refusals = [21_211, 21_611, 21_617, 30_450, 20_003, 99_998] as const;

type Parts = {
  readonly engine: Engine;
  readonly chance: Chance;
  readonly faults: Faults;
  readonly trace: Trace;
  readonly outside: () => Outside;
  readonly functions: () => Functions;
};

export function createCarrier(parts: Parts): Carrier {
  const { engine, chance, faults, trace } = parts;
  const rough = faults.roughness;
  const landed: Landed[] = [];
  const accepted: Accepted[] = [];
  const listeners: ((landed: Landed) => void)[] = [];
  const report = createReceipts(parts);
  function land(text: Accepted): void {
    const arrived: Landed = { ...text, landedMs: engine.nowMs() };
    landed.push(arrived);
    trace.note(() => `on the phone: ${text.text.ref} ${JSON.stringify(text.text.body)}`);
    for (const listener of listeners) listener(arrived);
  }

  const holding = createHolding(parts, land, report);

  return {
    landed,
    accepted,
    onLanded: (listener) => void listeners.push(listener),
    onGivenUp: holding.onGivenUp,
    refuse(_text) {
      if (engine.nowMs() >= faults.calmFromMs || !faults.strikes('carrier refuses', rough * 0.02))
        return undefined;
      return { kind: 'rejected', code: chance.pick(refusals), httpStatus: 400 };
    },
    onAccepted(text, providerSid) {
      const taken: Accepted = { text, providerSid, atMs: engine.nowMs() };
      accepted.push(taken);
      if (faults.isHolding(engine.nowMs())) return holding.hold(taken);
      const repeats = holding.holdsFor(text.to) && chance.hits(0.9);
      const fate = repeats ? lostForGoodAfterAll(chance) : chooseFate(chance, rough, faults);
      const last = fate.statuses.at(-1);
      let atMs = engine.nowMs();
      for (const status of fate.statuses) {
        const slow = chance.hits(rough * 0.05) ? chance.whole(60_000, 3 * 3_600_000) : 0;
        // A phone takes seconds to answer; what never leaves the carrier is told at once.
        const fromPhone = status === 'delivered' || status === 'undelivered';
        atMs += chance.whole(1, fromPhone || status === 'sent' ? 8000 : 400) + slow;
        const tooLate = atMs - taken.atMs > text.validityPeriodSeconds * 1000;
        if (tooLate && status !== 'queued') {
          engine.at(atMs, () => {
            parts.outside().sms.setStatus(providerSid, 'undelivered', 30_036);
            report(taken, 'undelivered', 30_036);
          });
          return;
        }
        const code = status === last ? fate.code : undefined;
        engine.at(atMs, () => {
          parts.outside().sms.setStatus(providerSid, status, code);
          if (status === last && fate.lands) land(taken);
          report(taken, status, code);
        });
      }
    },
  };
}

/** Texts that wait at the carrier, in no list and without a receipt, and then go after all. */
function createHolding(
  { engine, chance, faults, outside }: Parts,
  land: (text: Accepted) => void,
  report: ReturnType<typeof createReceipts>,
) {
  const held = new Map<string, (dayIsOver?: boolean) => void>();
  /** Numbers with a text that is held: what goes there in its place is often lost too. */
  const heldFor = new Set<string>();

  /** Held at the carrier, then gone after all: as we write it off, or hours later. */
  function hold(text: Accepted): void {
    const messageId = text.text.ref.slice(text.text.ref.lastIndexOf('.') + 1);
    faults.count('text held at the carrier');
    faults.beyondPromise.add(messageId);
    const letGo = (dayIsOver = false): void => {
      if (!held.delete(messageId)) return;
      heldFor.delete(text.text.to);
      const late = engine.nowMs() - text.atMs > text.text.validityPeriodSeconds * 1000;
      const any = chance.pick(turnsUpAs);
      const lastMoment = text.atMs % 2 === 0 ? (['sent'] as const) : (['delivered'] as const);
      const seen = dayIsOver && any[0] === 'undelivered' ? lastMoment : any;
      let atMs = engine.nowMs();
      for (const status of late ? (['undelivered'] as const) : seen) {
        const code = status === 'undelivered' ? 30_036 : undefined;
        engine.at(atMs, () => {
          outside().sms.setStatus(text.providerSid, status, code);
          if (status !== 'undelivered' && status === seen.at(-1)) land(text);
          report(text, status, code);
        });
        atMs += chance.whole(1, 2000);
      }
    };
    held.set(messageId, letGo);
    heldFor.add(text.text.to);
    const minutes = chance.hits(0.35) ? chance.whole(1, 14) : chance.whole(20, 180);
    engine.at(engine.nowMs() + minutes * 60_000, () => letGo());
  }

  return {
    hold,
    holdsFor: (to: string): boolean => heldFor.has(to),
    onGivenUp(messageId: string, dayIsOver: boolean): void {
      const letGo = held.get(messageId);
      if (letGo === undefined) return;
      // What is spared now may turn up when the whole day is written off: the rarest of all, so never spared.
      const isSpared = chance.hits(0.4);
      if (isSpared && !dayIsOver) return;
      engine.at(engine.nowMs() + chance.whole(1, chance.pick([20, 60, 3000])), () => letGo(dayIsOver));
    },
  };
}

const lostForGoodAfterAll = (chance: Chance): Fate => ({
  statuses: ['sent', 'undelivered'],
  code: chance.pick(lostForGood),
  lands: false,
});

/** How far a text gets that is canceled in time. */
const untilCanceled: readonly (readonly CarrierStatus[])[] = [[], ['queued'], ['sending']];

function chooseFate(chance: Chance, rough: number, faults: Faults): Fate {
  const steps = early.filter((status) => status === 'sent' || chance.hits(0.25));
  // Most failures come after `sent`; some texts never get that far.
  const before = chance.hits(0.5) ? steps : steps.slice(0, chance.whole(0, steps.length - 1));
  if (chance.hits(0.03)) return { statuses: steps, lands: true };
  if (faults.strikes('sent, then canceled', rough * contradictions)) {
    // Nobody canceled it, and whether the phone has it is anybody's guess.
    return { statuses: [...steps, 'canceled'], lands: chance.hits(0.5) };
  }
  if (!chance.hits(rough * 0.16)) return { statuses: [...steps, 'delivered'], lands: true };
  faults.count('text not delivered');
  const kind = chance.weighted({ later: 5, forGood: 2, ambiguous: 2, canceled: 3 });
  const failure: CarrierStatus = chance.pick(['undelivered', 'failed']);
  switch (kind) {
    case 'later':
      return { statuses: [...before, failure], code: chance.pick(lostLater), lands: false };
    case 'forGood':
      return { statuses: [...before, failure], code: chance.pick(lostForGood), lands: false };
    case 'ambiguous':
      // The carrier gave up waiting; the phone may have it all the same.
      return { statuses: [...before, 'undelivered'], code: 30_410, lands: chance.hits(0.5) };
    case 'canceled':
      return { statuses: [...chance.pick(untilCanceled), 'canceled'], lands: false };
  }
}

/** Receipts as best effort: doubled, lost, late and out of order (twilio-and-sms-rules 2.4). */
function createReceipts({ engine, chance, faults, trace, functions }: Parts) {
  const rough = faults.roughness;

  function report(text: Accepted, status: CarrierStatus, code: number | undefined): void {
    const again = faults.strikes('receipt doubled', rough * 0.1) ? 2 : 1;
    if (faults.strikes('receipt lost', rough * 0.1)) return;
    for (let time = 0; time < again; time += 1) {
      const jitterMs = faults.strikes('receipt out of order', rough * 0.1)
        ? chance.whole(1000, chance.pick([5000, 60_000, 3_600_000]))
        : chance.whole(1, 300);
      engine.at(engine.nowMs() + jitterMs, () => deliver(text, status, code));
    }
  }

  function deliver(text: Accepted, status: CarrierStatus, code: number | undefined): void {
    if (faults.isDown('callbacks', engine.nowMs())) return faults.count('receipt lost in outage');
    trace.note(() => `receipt ${status} ${code ?? ''} for ${text.text.ref}`);
    const receipt = {
      ref: text.text.ref,
      providerSid: text.providerSid,
      status,
      ...(code === undefined ? {} : { errorCode: code }),
    };
    void functions().invoke('delivery-status', statusPost(receipt));
  }

  return report;
}
