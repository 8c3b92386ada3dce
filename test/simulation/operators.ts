import { clinicSwitchRowKey } from '@aftercare/usecases/keys';
import { clinicCall } from './http-events.ts';
import type { ScenarioParts } from './scenario.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/**
 * Who looks after the system: pauses, resumes, redrives dead letters, and at last closes what nobody took.
 */
export function createOperators(parts: ScenarioParts): { start(): void } {
  const { engine, chance, faults, people } = parts;
  const soon = (ms: number, run: () => void): void => engine.at(engine.nowMs() + ms, run);

  function startOperators(): void {
    const clinics = [...new Set(people.map((person) => person.clinic.clinicId))];
    for (const clinicId of clinics) {
      if (chance.hits(0.15)) soon(chance.fraction() * 18 * dayMs, () => setPause(clinicId, true, 'a person'));
    }
    redriveDaily();
    engine.at(parts.calmFromMs + dayMs, closeAlerts);
  }

  function setPause(clinicId: string, paused: boolean, by: string): void {
    faults.count(paused ? 'clinic paused' : 'clinic resumed');
    const item = { ...clinicSwitchRowKey(clinicId), row: 'switch', clinicId, paused, by, at: engine.now() };
    void parts.outside().table.write({ write: 'put', item });
    if (paused) operator(clinicId);
  }

  /** Somebody looks a few times a day and lifts what should not stay. */
  function operator(clinicId: string): void {
    soon(chance.whole(1, 9) * hourMs, () => void look(clinicId));
  }

  async function look(clinicId: string): Promise<void> {
    const row = await parts.outside().table.get(clinicSwitchRowKey(clinicId));
    if (row?.paused !== true) return;
    const since = row.at;
    if (typeof since !== 'string' || engine.nowMs() - Date.parse(since) <= hourMs) return operator(clinicId);
    setPause(clinicId, false, 'operator');
  }

  /** At last somebody closes what nobody took, so that the world can come to rest. */
  function closeAlerts(): void {
    for (const item of parts.outside().table.everything()) {
      if (item.row !== 'alert' || item.status === 'done') continue;
      const { clinicId, alertId } = item;
      const path = `/v1/clinics/${String(clinicId)}/alerts/${String(alertId)}/done`;
      const body = { alertId: String(alertId), by: 'boss', outcome: 'real' };
      const call = clinicCall(engine.now(), { method: 'POST', path, body });
      void parts.functions().invoke('staff-api', call);
    }
  }

  function redriveDaily(): void {
    soon(dayMs / 2, () => {
      parts.redrive();
      if (engine.nowMs() < parts.calmFromMs + dayMs) redriveDaily();
    });
  }

  return { start: startOperators };
}
