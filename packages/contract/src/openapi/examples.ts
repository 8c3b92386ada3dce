import type { z } from 'zod';
import type { clinicConfig } from '../clinic-file.ts';
import type { sessionRequest } from '../session-request.ts';

/** Made-up data that fits the schemas: shown in the API reference, and the ground that tests stand on. */

export const exampleSession = {
  sessionId: 'visit-2026-0042',
  patient: {
    patientId: 'p-881',
    firstName: 'Ana',
    phone: '+13055550123',
    language: 'es',
    timeZone: 'America/New_York',
    skinType: 'sensitive',
    flags: ['coldSoreHistory'],
    consent: { givenAt: '2026-11-21T15:00:00Z', method: 'written' },
  },
  treatment: {
    endedAt: '2026-11-21T16:30:00Z',
    device: 'pen',
    needleDepthMm: 1.0,
    areas: ['face'],
    practitioner: 'Dr. Example',
  },
  overrides: { reminderTime: '11:30', extraAdvice: { '3': 'No sauna before 30 Nov' } },
} satisfies z.input<typeof sessionRequest>;

const weekdayHours = [{ opens: '09:00', closes: '18:00' }];

export const exampleClinic = {
  clinicId: 'glow',
  name: 'Glow Clinic Miami LLC',
  displayName: 'GlowClinic',
  timeZone: 'America/New_York',
  languages: ['en', 'es'],
  defaultLanguage: 'en',
  patientNumber: '+13055550100',
  alertNumber: '+13055550101',
  window: { opens: '09:00', closes: '20:00' },
  reminderTime: '10:00',
  testNumbers: ['+13055550199'],
  webhook: { url: 'https://clinic.example/aftercare/events' },
  defaultLocationId: 'brickell',
  locations: [
    {
      locationId: 'brickell',
      name: 'Brickell',
      phone: '+13055550100',
      timeZone: 'America/New_York',
      hours: {
        mon: weekdayHours,
        tue: weekdayHours,
        wed: weekdayHours,
        thu: weekdayHours,
        fri: weekdayHours,
        sat: [{ opens: '10:00', closes: '14:00' }],
      },
      holidays: ['2026-11-26', '2026-12-25'],
      ladder: ['nina', 'otto'],
      coverage: 'page24h',
    },
  ],
  staff: [
    { staffId: 'nina', name: 'Nina Nurse', role: 'clinical', phone: '+13055550110' },
    { staffId: 'otto', name: 'Otto Owner', role: 'manager', phone: '+13055550111' },
  ],
} satisfies z.input<typeof clinicConfig>;
