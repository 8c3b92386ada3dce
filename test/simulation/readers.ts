import type { ClinicConfig } from '@aftercare/contract/clinic-config';
import type { Chance } from './chance.ts';
import type { Engine } from './engine.ts';
import type { Functions } from './functions.ts';
import type { History } from './history.ts';
import { clinicCall } from './http-events.ts';
import type { Outside } from './outside.ts';

/** The clinics' software looks things up: what is its own, and now and then what is not (invariant 8). */
export function startReaders(parts: {
  readonly engine: Engine;
  readonly chance: Chance;
  readonly clinics: readonly ClinicConfig[];
  readonly calmFromMs: number;
  readonly outside: () => Outside;
  readonly functions: () => Functions;
  readonly history: () => History;
  readonly onAnswer: (clinicId: string, owner: string | undefined, status: number, body: string) => void;
}): void {
  const { engine, chance, clinics } = parts;
  const reads = chance.pick([0, 1, 2, 4]);
  for (let read = 0; read < reads; read += 1) {
    const atMs = engine.nowMs() + chance.fraction() * (parts.calmFromMs - engine.nowMs());
    engine.at(atMs, () => void look(chance.pick(clinics).clinicId));
  }

  async function look(clinicId: string): Promise<void> {
    const { path, owner, from } = choose();
    const event = clinicCall(engine.now(), { method: 'GET', path: `/v1/clinics/${clinicId}/${path}` });
    const invocation = await parts.functions().invoke(from, event);
    if (invocation.kind === 'answered')
      parts.onAnswer(clinicId, owner, invocation.answer.status, invocation.answer.body);
  }

  type Choice = {
    readonly path: string;
    readonly owner: string | undefined;
    readonly from: 'intake' | 'staff-api';
  };

  function choose(): Choice {
    const lists: Choice = { path: 'alerts', owner: undefined, from: 'staff-api' };
    const sessions = [...parts.history().sessions.values()];
    if (sessions.length > 0 && chance.hits(0.6)) {
      const { sessionId, clinicId } = chance.pick(sessions);
      return { path: `sessions/${sessionId}`, owner: clinicId, from: 'intake' };
    }
    const alerts = parts
      .outside()
      .table.everything()
      .filter((item) => item.row === 'alert');
    if (alerts.length === 0 || chance.hits(0.5)) return lists;
    const { alertId, clinicId } = chance.pick(alerts);
    return { path: `alerts/${String(alertId)}`, owner: String(clinicId), from: 'staff-api' };
  }
}
