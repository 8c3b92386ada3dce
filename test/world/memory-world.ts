import { createMemoryClinicWebhook } from '@aftercare/adapters/memory/clinic-webhook';
import { createMemoryClock, type MemoryClock } from '@aftercare/adapters/memory/clock';
import { createMemoryLog } from '@aftercare/adapters/memory/log';
import { createMemoryMetrics } from '@aftercare/adapters/memory/metrics';
import { createMemoryQueues, type MemoryQueues } from '@aftercare/adapters/memory/queues';
import { createMemoryRandom } from '@aftercare/adapters/memory/random';
import { createMemorySchedules, type MemorySchedules } from '@aftercare/adapters/memory/schedules';
import { createMemorySecrets } from '@aftercare/adapters/memory/secrets';
import { createMemorySms, type MemorySms, type MemorySmsOptions } from '@aftercare/adapters/memory/sms';
import { createMemoryTable, type MemoryTable } from '@aftercare/adapters/memory/table';
import type { ClinicConfig } from '@aftercare/contract/clinic-config';
import { clinicConfig } from '@aftercare/contract/clinic-file';
import type { Instant } from '@aftercare/time/instant';
import { addClinic } from '@aftercare/usecases/clinic-admin/add-clinic';
import { type Clinic, type ClinicDirectory, createClinicDirectory } from '@aftercare/usecases/clinics';
import type { System } from '@aftercare/usecases/ports';

/** The whole system on memory adapters, on a clock that only the test moves. */
export type World = {
  readonly system: System & { readonly clinics: ClinicDirectory };
  readonly clock: MemoryClock;
  readonly table: MemoryTable;
  readonly sms: MemorySms;
  readonly schedules: MemorySchedules;
  readonly queues: MemoryQueues;
  readonly clinic: Clinic;
};

export const sampleWebhookSecret = `whsec_${Buffer.alloc(24, 5).toString('base64')}`;

const always = [{ opens: '00:00', closes: '23:59' }];
const officeHours = [{ opens: '09:00', closes: '18:00' }];

export const sampleClinic = (overrides: object = {}): ClinicConfig =>
  clinicConfig.parse({
    clinicId: 'glow',
    name: 'Glow Clinic',
    displayName: 'GlowClinic',
    timeZone: 'America/New_York',
    patientNumber: '+13055550100',
    alertNumber: '+13055550101',
    nightPages: 'all',
    defaultLocationId: 'brickell',
    locations: [
      {
        locationId: 'brickell',
        name: 'Brickell',
        phone: '+13055550100',
        timeZone: 'America/New_York',
        hours: {
          mon: officeHours,
          tue: officeHours,
          wed: officeHours,
          thu: officeHours,
          fri: officeHours,
          sat: always,
          sun: [],
        },
        ladder: ['nurse', 'doctor'],
        coverage: 'page24h',
      },
    ],
    staff: [
      {
        staffId: 'nurse',
        name: 'Nurse',
        role: 'clinical',
        phone: '+13055550111',
        confirmedAt: '2026-01-01T00:00:00Z',
      },
      {
        staffId: 'doctor',
        name: 'Doctor',
        role: 'clinical',
        phone: '+13055550112',
        confirmedAt: '2026-01-01T00:00:00Z',
      },
      {
        staffId: 'desk',
        name: 'Desk',
        role: 'front_desk',
        phone: '+13055550113',
        confirmedAt: '2026-01-01T00:00:00Z',
      },
    ],
    ...overrides,
  });

export type WorldOptions = {
  readonly now?: Instant;
  readonly seed?: number;
  readonly clinic?: object;
  /** What the carrier answers instead of taking a text. */
  readonly refuse?: MemorySmsOptions['refuse'];
};

export async function createWorld(options: WorldOptions = {}): Promise<World> {
  const clock = createMemoryClock(options.now ?? '2026-11-21T17:30:00.000Z');
  const table = createMemoryTable();
  const sms = createMemorySms({ clock, refuse: options.refuse });
  const schedules = createMemorySchedules();
  const queues = createMemoryQueues({ clock });
  const system: System = {
    table,
    sms,
    schedules,
    queues,
    clock,
    clinicWebhook: createMemoryClinicWebhook(),
    secrets: createMemorySecrets({
      twilioAccountSid: `AC${'0'.repeat(32)}`,
      twilioAuthTokens: ['token'],
      phonePepper: Buffer.alloc(32, 7).toString('base64'),
      dataKeys: [{ id: 'k1', key: Buffer.alloc(32, 9).toString('base64') }],
    }),
    random: createMemoryRandom(options.seed ?? 1),
    log: createMemoryLog(),
    metrics: createMemoryMetrics(),
    settings: { carrier: 'emulator' },
  };
  const config = sampleClinic(options.clinic);
  const added = await addClinic(system, config, sampleWebhookSecret);
  if (added.kind !== 'added') throw new Error(`the sample clinic was not stored: ${added.kind}`);
  const clinics = createClinicDirectory(system);
  const clinic = await clinics.load(config.clinicId);
  if (clinic === undefined) throw new Error('the sample clinic was not stored');
  return { system: { ...system, clinics }, clock, table, sms, schedules, queues, clinic };
}

/** A session as design 6.1 shows it, ended an hour before the world's start. */
export const sampleSession = (overrides: object = {}) => ({
  sessionId: 'visit-2026-0042',
  patient: {
    patientId: 'p-881',
    firstName: 'Ana',
    phone: '+13055550123',
    language: 'en',
    timeZone: 'America/New_York',
    consent: { givenAt: '2026-11-21T15:00:00Z', method: 'written' },
  },
  treatment: {
    endedAt: '2026-11-21T16:30:00Z',
    device: 'pen',
    needleDepthMm: 1.0,
    areas: ['face'],
  },
  ...overrides,
});
