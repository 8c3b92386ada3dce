import { createLog } from '@aftercare/adapters/logging/log';
import { createMemoryClinicWebhook } from '@aftercare/adapters/memory/clinic-webhook';
import { createMemoryClock, type MemoryClock } from '@aftercare/adapters/memory/clock';
import type { Effect } from '@aftercare/adapters/memory/effect';
import { createMemoryQueues, type MemoryQueues } from '@aftercare/adapters/memory/queues';
import { createMemoryRandom } from '@aftercare/adapters/memory/random';
import { createMemorySchedules, type MemorySchedules } from '@aftercare/adapters/memory/schedules';
import { createMemorySecrets } from '@aftercare/adapters/memory/secrets';
import {
  type AcceptedText,
  createMemorySms,
  type MemorySms,
  type MemoryText,
} from '@aftercare/adapters/memory/sms';
import { createMemoryTable, type MemoryTable } from '@aftercare/adapters/memory/table';
import { createMetrics } from '@aftercare/adapters/metrics/metrics';
import type { SendOutcome, System, WebhookOutcome } from '@aftercare/usecases/ports';
import { testSecrets } from '../simulation/outside.ts';
import type { Trace } from './leaks.ts';

/** What the outside world does wrong; each member may be changed while a journey runs. */
export type Weather = {
  /** Before a call of a port (`table.transact`, `carrier`, `endpoint` …): throw to make it fail. */
  before: (call: string, argument: unknown) => void;
  refuse: (text: MemoryText) => Exclude<SendOutcome, { kind: 'accepted' }> | undefined;
  receipt: (text: AcceptedText) => { status: string; errorCode?: number } | undefined;
  endpoint: () => WebhookOutcome;
};

export type WalkOutside = {
  readonly system: System;
  readonly weather: Weather;
  readonly observers: { log: ReturnType<typeof createLog>; metrics: ReturnType<typeof createMetrics> };
  readonly clock: MemoryClock;
  readonly table: MemoryTable;
  readonly sms: MemorySms;
  readonly queues: MemoryQueues;
  readonly schedules: MemorySchedules;
};

const fairWeather = (): Weather => ({
  before: () => {},
  refuse: () => undefined,
  receipt: () => ({ status: 'delivered' }),
  endpoint: () => ({ kind: 'answered', httpStatus: 200 }),
});

/** The ports in memory, with the deployed logger and metrics. What leaves by a port is handed to `note`. */
export function createWalkOutside(note: (trace: Trace) => void): WalkOutside {
  const weather = fairWeather();
  const clock = createMemoryClock('2026-11-21T17:30:00.000Z');
  const effect: Effect = async (name, run) => {
    weather.before(name, undefined);
    return run();
  };
  const table = createMemoryTable({ effect });
  const sms = createMemorySms({ clock, refuse: (text) => weather.refuse(text), effect });
  const queues = createMemoryQueues({ clock, effect });
  const schedules = createMemorySchedules(effect);
  const clinicWebhook = createMemoryClinicWebhook(effect);
  clinicWebhook.answerWith(() => weather.endpoint());
  const observers = { log: createLog('walk'), metrics: createMetrics('dev') };
  const ports = notedPorts({ sms, queues, schedules, clinicWebhook }, weather, note);
  const system: System = {
    ...observers,
    ...ports,
    table,
    clock,
    random: createMemoryRandom(7),
    settings: { carrier: 'emulator' },
    secrets: createMemorySecrets(testSecrets),
  };
  return { system, weather, observers, clock, table, sms, queues, schedules };
}

type Leaving = Pick<System, 'sms' | 'queues' | 'schedules' | 'clinicWebhook'>;

function notedPorts(ports: Leaving, weather: Weather, note: (trace: Trace) => void): Leaving {
  return {
    sms: {
      list: ports.sms.list,
      send(text) {
        note({ where: 'status-callback reference', text: text.ref });
        weather.before('carrier', text);
        return ports.sms.send(text);
      },
    },
    queues: {
      enqueue(queue, body, delaySeconds) {
        // The fallback's queue holds the carrier's form itself (encrypted): it may not read the table.
        note({ where: `queue ${queue}`, text: queue === 'inbound-fallback' ? queue : JSON.stringify(body) });
        return ports.queues.enqueue(queue, body, delaySeconds);
      },
      enqueueAll(queue, bodies) {
        for (const body of bodies) note({ where: `queue ${queue}`, text: JSON.stringify(body) });
        return ports.queues.enqueueAll(queue, bodies);
      },
    },
    schedules: {
      create(schedule) {
        note({ where: 'schedule', text: `${schedule.name} ${JSON.stringify(schedule.body)}` });
        return ports.schedules.create(schedule);
      },
      remove: ports.schedules.remove,
    },
    clinicWebhook: {
      post(request) {
        const { url, webhookId, body } = request;
        note({ where: 'event for a clinic', text: `${url} ${webhookId} ${body}` });
        weather.before('endpoint', request);
        return ports.clinicWebhook.post(request);
      },
    },
  };
}
