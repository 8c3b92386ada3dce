import { carrierKeyword } from '@aftercare/sms/carrier-words';
import type { InboundText } from '@aftercare/usecases/receive-inbound';
import type { Chance } from './chance.ts';
import type { Engine } from './engine.ts';
import type { Faults } from './faults.ts';
import type { Functions } from './functions.ts';
import { inboundPost } from './http-events.ts';
import type { Outside } from './outside.ts';
import type { Trace } from './trace.ts';

/**
 * Texts that people send to us, as Twilio brings them: tries within 15 s, then the fallback, then nothing.
 */
export type InboundLine = {
  text(from: string, to: string, body: string): void;
  /** Everything that reached the carrier, in order. */
  readonly taken: readonly Taken[];
  /** Confirmations that the carrier itself sent after a stop word. */
  readonly carrierConfirmations: readonly {
    readonly from: string;
    readonly to: string;
    readonly atMs: number;
  }[];
};

export type Taken = InboundText & { readonly atMs: number };

export function createInboundLine(parts: {
  readonly engine: Engine;
  readonly chance: Chance;
  readonly faults: Faults;
  readonly trace: Trace;
  readonly outside: () => Outside;
  readonly functions: () => Functions;
}): InboundLine {
  const { engine, chance, faults, trace } = parts;
  const taken: Taken[] = [];
  const carrierConfirmations: { from: string; to: string; atMs: number }[] = [];
  const stopped = new Set<string>();

  /** Twilio's own opt-out list (twilio-and-sms-rules 3): whole-text words, per pair. */
  function ownWords(from: string, to: string, body: string): void {
    const word = carrierKeyword(body);
    const pair = `${from} ${to}`;
    if (word === 'stop') {
      parts.outside().sms.optOut(from, to);
      if (!stopped.has(pair)) carrierConfirmations.push({ from, to, atMs: engine.nowMs() });
      stopped.add(pair);
    }
    if (word === 'start') {
      parts.outside().sms.optIn(from, to);
      stopped.delete(pair);
    }
  }

  async function post(text: Taken, tries: number): Promise<void> {
    if (faults.strikes('inbound webhook lost', faults.roughness * 0.03)) return;
    const plain = inboundPost(text);
    const invocation = await parts.functions().invoke('inbound-message', plain);
    if (invocation.kind === 'answered') {
      // A signed request can be played again for ever, and Twilio retries what it thinks failed.
      if (!faults.strikes('inbound webhook repeated', faults.roughness * 0.1)) return;
      const laterMs = chance.pick([1, 900, 60_000, 86_400_000]);
      return engine.at(
        engine.nowMs() + laterMs,
        () => void parts.functions().invoke('inbound-message', plain),
      );
    }
    if (tries > 0)
      return engine.at(engine.nowMs() + chance.whole(50, 1500), () => void post(text, tries - 1));
    faults.count('inbound fallback used');
    void parts.functions().invoke('inbound-fallback', plain);
  }

  return {
    taken,
    carrierConfirmations,
    text(from, to, body) {
      const messageSid = `SM${String(taken.length + 1).padStart(8, '0')}${'e'.repeat(24)}`;
      const text: Taken = {
        messageSid,
        from,
        to,
        body,
        mediaUrls: [],
        source: 'webhook',
        atMs: engine.nowMs(),
      };
      taken.push(text);
      trace.note(() => `${from} texts ${to}: ${JSON.stringify(body)}`);
      parts.outside().sms.noteInbound({ providerSid: messageSid, from, to, body });
      ownWords(from, to, body);
      engine.at(engine.nowMs() + chance.whole(50, 300), () => void post(text, 3));
    },
  };
}
