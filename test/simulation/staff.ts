import type { ClinicConfig } from '@aftercare/contract/clinic-config';
import type { Landed } from './carrier.ts';
import type { Chance } from './chance.ts';
import type { Engine } from './engine.ts';
import type { Functions } from './functions.ts';
import { clinicCall } from './http-events.ts';
import type { InboundLine } from './inbound-line.ts';

/**
 * Staff who acknowledge by text or over the API, late, twice or never; and who close what they took, or
 * forget.
 */
export function createStaff(parts: {
  readonly engine: Engine;
  readonly chance: Chance;
  readonly line: InboundLine;
  readonly functions: () => Functions;
  readonly clinics: readonly ClinicConfig[];
  readonly alertOfCode: (clinicId: string, code: string) => Promise<string | undefined>;
}): { onLanded(landed: Landed): void } {
  const { engine, chance, line, clinics } = parts;
  const minuteMs = 60_000;
  const diligence = chance.pick([0.3, 0.6, 0.9]);
  let stopsLeft = 1;

  async function act(clinic: ClinicConfig, phone: string, what: 'ack' | 'done', code: string): Promise<void> {
    if (chance.hits(0.2)) {
      const alertId = await parts.alertOfCode(clinic.clinicId, code);
      if (alertId === undefined) return;
      const by = clinic.staff.find((person) => person.phone === phone)?.staffId ?? 'nurse';
      const path = `/v1/clinics/${clinic.clinicId}/alerts/${alertId}/${what}`;
      const request = { alertId, by, ...(what === 'done' ? { outcome: 'real' } : {}) };
      const call = clinicCall(engine.now(), { method: 'POST', path, body: request });
      void parts.functions().invoke('staff-api', call);
      return;
    }
    const body =
      what === 'ack' ? chance.pick([`ACK ${code}`, `ack${code}`, code, 'ACK']) : `DONE ${code} real`;
    line.text(phone, clinic.alertNumber, body);
  }

  return {
    onLanded({ text }) {
      const clinic = clinics.find((config) => config.alertNumber === text.from);
      const code = /\b(?:EMERGENCY|URGENT) (\d{4,6})\b/.exec(text.body)?.[1];
      if (clinic === undefined || code === undefined) return;
      if (stopsLeft > 0 && chance.hits(0.02)) {
        stopsLeft -= 1;
        engine.at(engine.nowMs() + minuteMs, () => line.text(text.to, clinic.alertNumber, 'STOP'));
      }
      if (!chance.hits(diligence)) return;
      const ackMs = engine.nowMs() + chance.whole(5000, chance.pick([60_000, 10 * minuteMs, 90 * minuteMs]));
      engine.at(ackMs, () => void act(clinic, text.to, 'ack', code));
      if (chance.hits(0.1))
        engine.at(ackMs + chance.whole(0, 200), () => void act(clinic, text.to, 'ack', code));
      if (chance.hits(0.7))
        engine.at(ackMs + chance.whole(1, 80) * minuteMs, () => void act(clinic, text.to, 'done', code));
    },
  };
}
