import {
  createMemoryClinicWebhook,
  type MemoryClinicWebhook,
} from '@aftercare/adapters/memory/clinic-webhook';
import { createMemoryQueues, type MemoryQueues } from '@aftercare/adapters/memory/queues';
import { createMemorySchedules, type MemorySchedules } from '@aftercare/adapters/memory/schedules';
import { createMemorySecrets } from '@aftercare/adapters/memory/secrets';
import { createMemorySms, type MemorySms } from '@aftercare/adapters/memory/sms';
import { createMemoryTable, type MemoryTable } from '@aftercare/adapters/memory/table';
import type { ClinicConfig } from '@aftercare/contract/clinic-config';
import { clinicRegistryRowKey, clinicRowKey, numberRowKey } from '@aftercare/usecases/keys';
import type { QueueName, SendOutcome, System } from '@aftercare/usecases/ports';
import { toItem } from '@aftercare/usecases/row-item';
import type { Approvals } from './approvals.ts';
import type { Chance } from './chance.ts';
import type { watchPrivacy } from './checks/privacy.ts';
import type { Engine } from './engine.ts';
import type { Faults } from './faults.ts';

/** The outside world of one seed, on the true clock. Faults are added by the containers that call it. */
export type Outside = {
  readonly system: System;
  readonly table: MemoryTable;
  readonly sms: MemorySms;
  readonly queues: MemoryQueues;
  readonly schedules: MemorySchedules;
  readonly clinicWebhook: MemoryClinicWebhook;
};

type Text = Parameters<System['sms']['send']>[0];

/** What the world must be told of: these are not calls of ours but their consequences. */
export type Watchers = {
  readonly onEnqueued: (queue: QueueName, delaySeconds: number) => void;
  readonly onScheduled: (schedule: Parameters<System['schedules']['create']>[0]) => void;
  readonly onAccepted: (text: Text, providerSid: string) => void;
  readonly refuse: (text: Text) => Exclude<SendOutcome, { kind: 'accepted' }> | undefined;
};

export const listLagLimitSeconds = 590;
/**
 * Twilio's list is asked by the date of sending, which a text has only once it left the queue: one that waits
 * there is in no list (twilio-and-sms-rules 1.4).
 */
const heldSeconds = 6 * 3600;

export const testSecrets = {
  twilioAccountSid: `AC${'0'.repeat(32)}`,
  twilioAuthTokens: ['simulated-token'],
  phonePepper: Buffer.alloc(32, 7).toString('base64'),
  dataKeys: [{ id: 'k1', key: Buffer.alloc(32, 9).toString('base64') }],
};

type Parts = {
  readonly engine: Engine;
  readonly chance: Chance;
  readonly faults: Faults;
  readonly approvals: Approvals;
};

function listLagOf({ engine, chance, faults }: Parts): number {
  if (faults.isHolding(engine.nowMs())) return heldSeconds;
  if (faults.isListBehind(engine.nowMs())) return chance.whole(300, listLagLimitSeconds);
  return chance.hits(faults.roughness * 0.3) ? chance.whole(60, listLagLimitSeconds) : 1;
}

const nothing = (): void => undefined;

export function createOutside(
  parts: Parts,
  privacy: ReturnType<typeof watchPrivacy>,
  watchers: Watchers,
): Outside {
  const { engine, chance, faults } = parts;
  const clock = { now: engine.now };
  const rough = faults.roughness;
  const table = createMemoryTable({
    indexLag: {
      clock,
      lagMs: () => (chance.hits(rough * 0.1) ? chance.whole(500, 20_000) : chance.whole(5, 100)),
    },
    inTheWay: () =>
      engine.nowMs() < faults.calmFromMs && faults.strikes('transaction in the way', rough * 0.01),
    pageItems: chance.pick([3, 7, 1000]),
  });
  const sms = createMemorySms({
    clock,
    refuse: watchers.refuse,
    listLagSeconds: () => listLagOf(parts),
  });
  const queues = createMemoryQueues({ clock });
  const schedules = createMemorySchedules();
  const clinicWebhook = createMemoryClinicWebhook();
  const system: System = {
    table,
    clock,
    clinicWebhook,
    // Thousands of lines and counts: each is looked at as it comes, none is kept.
    metrics: privacy.metrics({ count: nothing, seconds: nothing }),
    log: privacy.log({ info: nothing, warn: nothing, error: nothing }),
    settings: { carrier: parts.approvals.carrier },
    random: chance.random,
    secrets: createMemorySecrets(testSecrets),
    sms: {
      list: sms.list,
      async send(text) {
        const outcome = await sms.send(text);
        if (outcome.kind === 'accepted') watchers.onAccepted(text, outcome.providerSid);
        return outcome;
      },
    },
    queues: {
      async enqueue(queue, body, delaySeconds = 0) {
        const times = faults.strikes('queue message doubled', rough * 0.03) ? 2 : 1;
        for (let time = 0; time < times; time += 1) {
          await queues.enqueue(queue, body, delaySeconds);
          watchers.onEnqueued(queue, delaySeconds);
        }
      },
      // Each may be doubled, or the last one to be accepted, by itself.
      async enqueueAll(queue, bodies) {
        for (const body of bodies) await this.enqueue(queue, body);
      },
    },
    schedules: privacy.schedules({
      async create(schedule) {
        const created = await schedules.create(schedule);
        if (created === 'created') watchers.onScheduled(schedule);
        return created;
      },
      async remove(name) {
        return schedules.remove(name);
      },
    }),
  };
  return { system, table, sms, queues, schedules, clinicWebhook };
}

export async function storeClinics(table: MemoryTable, clinics: readonly ClinicConfig[]): Promise<void> {
  for (const config of clinics) {
    await table.write({
      write: 'put',
      item: { ...clinicRowKey(config.clinicId), clinicId: config.clinicId, config: toItem(config) },
    });
    const { clinicId } = config;
    await table.write({ write: 'put', item: { ...clinicRegistryRowKey(clinicId), row: 'clinic_registry' } });
    for (const [number, role] of [
      [config.patientNumber, 'patient'],
      [config.alertNumber, 'alert'],
    ] as const) {
      const item = { ...numberRowKey(number), row: 'number', clinicId: config.clinicId, role };
      await table.write({ write: 'put', item });
    }
  }
}
