import type { Chance } from './chance.ts';

/** What can go wrong with one call to the outside world. */
export type EffectFault =
  /** It never arrived. */
  | 'error_before'
  /** It took hold and the answer was lost. */
  | 'error_after'
  /** Nothing for seconds, then an error; it had not taken hold. */
  | 'timeout_before'
  /** Nothing for seconds, then an error; it had taken hold. */
  | 'timeout_after'
  | 'throttle'
  /** It takes seconds. */
  | 'delay'
  | 'crash_before'
  | 'crash_after';

export const effectFaults: readonly EffectFault[] = [
  'error_before',
  'error_after',
  'timeout_before',
  'timeout_after',
  'throttle',
  'delay',
  'crash_before',
  'crash_after',
];

/** Parts of the world that can be down for hours. */
export const parts = [
  'table',
  'queues',
  'scheduler',
  'carrier',
  'carrier_list',
  'callbacks',
  'stream',
  'sweep',
  'send-reminder',
  'process-inbound',
  'alert-rung',
  'inbound-message',
  'deliver-webhook',
  'clinic',
  'inbound-replay',
  'delivery-status',
  'publish-events',
] as const;
export type Part = (typeof parts)[number];

export type Outage = { readonly part: Part; readonly fromMs: number; readonly toMs: number };

export type Faults = {
  /** The fault of one call, if any. */
  ofEffect(name: string, container: string, nowMs: number): EffectFault | undefined;
  /** What the carrier takes now shows late in its list. */
  isListBehind(nowMs: number): boolean;
  /**
   * What the carrier takes now it holds for longer than ten minutes, unlisted and without a receipt.
   * Invariant 1 promises nothing about such a text.
   */
  isHolding(nowMs: number): boolean;
  /** The texts it held, by messageId. */
  readonly beyondPromise: Set<string>;
  /** When a call was struck last; 0 when none was. */
  lastStruckMs(): number;
  isDown(part: Part, nowMs: number): boolean;
  /** When the outage that holds now is over; now when there is none. */
  backAt(part: Part, nowMs: number): number;
  readonly outages: readonly Outage[];
  /** Whether something of this kind happens now; counted when it does. */
  strikes(kind: string, probability: number): boolean;
  count(kind: string): void;
  readonly counts: ReadonlyMap<string, number>;
  /** 0: a calm world. 1: as rough as it gets. */
  readonly roughness: number;
  /** A send whose answer was lost often comes with a carrier that cannot list or call back for a while. */
  carrierFellIll(nowMs: number): void;
  /** For the next seconds claims are slow, so that others come first. */
  slowDownUntil(ms: number): void;
  /** From here on nothing goes wrong any more, so that what is left can be finished. */
  readonly calmFromMs: number;
};

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/**
 * A seed is calm, unlucky or rough: rare faults alone would hide what only many together show, and vice
 * versa.
 */
export function createFaults(chance: Chance, startMs: number, calmFromMs: number): Faults {
  const roughness = chance.pick([0, 0.2, 0.5, 1, 1]);
  const perEffect = roughness * 0.03;
  const outages = planOutages(chance, startMs, calmFromMs, roughness);
  const counts = new Map<string, number>();
  const count = (kind: string): void => void counts.set(kind, (counts.get(kind) ?? 0) + 1);
  let [slowUntilMs, struckMs, behindUntilMs, holdingUntilMs] = [0, 0, 0, 0];
  const focus = chance.weighted({ all: 6, crash: 2, timeout: 1, error: 1, delay: 1 });
  const wanted = effectFaults.filter((fault) => focus === 'all' || fault.startsWith(focus));
  const isDown = (part: Part, nowMs: number): boolean =>
    outages.some((outage) => outage.part === part && outage.fromMs <= nowMs && nowMs < outage.toMs);
  for (const outage of outages) count(`outage ${outage.part}`);
  return {
    roughness,
    calmFromMs,
    outages,
    counts,
    count,
    isDown,
    lastStruckMs: () => struckMs,
    isListBehind: (nowMs) => nowMs < behindUntilMs,
    isHolding: (nowMs) => nowMs < holdingUntilMs,
    beyondPromise: new Set(),
    backAt: (part, nowMs) =>
      outages.reduce(
        (back, outage) =>
          outage.part === part && outage.fromMs <= back && back < outage.toMs ? outage.toMs : back,
        nowMs,
      ),
    slowDownUntil(ms) {
      slowUntilMs = ms;
    },
    carrierFellIll(nowMs) {
      if (nowMs >= calmFromMs - dayMs) return;
      if (chance.hits(0.8)) {
        holdingUntilMs = nowMs + 20_000;
        return;
      }
      const toMs = nowMs + chance.whole(5, 100) * 60_000;
      count('carrier ill after a lost answer');
      outages.push({ part: 'callbacks', fromMs: nowMs, toMs });
      if (chance.hits(0.5)) outages.push({ part: 'carrier_list', fromMs: nowMs, toMs });
      else behindUntilMs = nowMs + 20_000;
    },
    ofEffect(name, container, nowMs) {
      const claims = name === 'table.transact' && container.startsWith('send-reminder');
      if (nowMs < slowUntilMs && claims && chance.hits(0.7)) {
        count('delay');
        struckMs = nowMs;
        return 'delay';
      }
      // A run of hundreds of calls would never end at a rate that is fit for a dozen.
      // A lost answer of the carrier is what the whole settlement is for, so it is made likelier.
      const factor = container.startsWith('reconcile') ? 0.1 : name === 'sms.send' ? 8 : 1;
      const rate = perEffect * factor;
      if (nowMs >= calmFromMs || !chance.hits(rate)) return undefined;
      const fault = chance.pick(wanted);
      struckMs = nowMs;
      count(fault);
      return fault;
    },
    strikes(kind, probability) {
      if (!chance.hits(probability)) return false;
      count(kind);
      return true;
    },
  };
}

function planOutages(chance: Chance, startMs: number, calmFromMs: number, roughness: number): Outage[] {
  const many = roughness === 0 ? 0 : chance.whole(0, Math.ceil(roughness * 4));
  return Array.from({ length: many }, () => {
    const fromMs = startMs + chance.fraction() * (calmFromMs - startMs - dayMs);
    const lengthMs = chance.pick([0.1, 0.5, 2, 5, 12]) * hourMs;
    return { part: chance.pick(parts), fromMs, toMs: Math.min(calmFromMs, fromMs + lengthMs) };
  });
}
