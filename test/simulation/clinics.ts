import type { ClinicConfig } from '@aftercare/contract/clinic-config';
import { clinicConfig } from '@aftercare/contract/clinic-file';
import type { Chance } from './chance.ts';

/** The two clinics of a seed. Configurations are few and parsed once: a seed chooses among them. */

const officeHours = [{ opens: '09:00', closes: '18:00' }];
const weekdays = { mon: officeHours, tue: officeHours, wed: officeHours, thu: officeHours, fri: officeHours };

type Shape = {
  readonly clinicId: string;
  readonly digit: number;
  readonly timeZone: string;
  readonly window: { readonly opens: string; readonly closes: string };
  readonly reminderTime: string;
  readonly spreadMinutes: number;
  readonly sendConfirmation: boolean;
  readonly style: 'standard' | 'concise';
};

function configOf(shape: Shape): ClinicConfig {
  const number = (last: number): string => `+1305555${shape.digit}${String(last).padStart(3, '0')}`;
  const confirmedAt = '2020-01-01T00:00:00Z';
  return clinicConfig.parse({
    clinicId: shape.clinicId,
    name: `Clinic ${shape.clinicId}`,
    displayName: `Glow${shape.clinicId}`,
    timeZone: shape.timeZone,
    patientNumber: number(100),
    alertNumber: number(101),
    nightPages: 'all',
    window: shape.window,
    reminderTime: shape.reminderTime,
    spreadMinutes: shape.spreadMinutes,
    sendConfirmation: shape.sendConfirmation,
    style: shape.style,
    languages: ['en', 'es'],
    defaultLanguage: 'en',
    webhook: { url: `https://${shape.clinicId}.example/events` },
    defaultLocationId: 'main',
    locations: [
      {
        locationId: 'main',
        name: 'Main',
        phone: number(100),
        timeZone: shape.timeZone,
        hours: { ...weekdays, sat: officeHours, sun: [] },
        ladder: ['nurse', 'doctor', 'boss'],
        coverage: 'page24h',
      },
    ],
    staff: [
      { staffId: 'nurse', name: 'Nurse Nightingale', role: 'clinical', phone: number(111), confirmedAt },
      { staffId: 'doctor', name: 'Doctor Dolittle', role: 'clinical', phone: number(112), confirmedAt },
      { staffId: 'boss', name: 'Manager Mercury', role: 'manager', phone: number(113), confirmedAt },
      { staffId: 'desk', name: 'Desk Dorothy', role: 'front_desk', phone: number(114), confirmedAt },
    ],
  });
}

const shapes: readonly Shape[] = [
  {
    clinicId: 'c1',
    digit: 1,
    timeZone: 'America/New_York',
    window: { opens: '09:00', closes: '20:00' },
    reminderTime: '10:00',
    spreadMinutes: 0,
    sendConfirmation: true,
    style: 'standard',
  },
  {
    clinicId: 'c2',
    digit: 2,
    timeZone: 'America/Los_Angeles',
    window: { opens: '10:00', closes: '17:00' },
    reminderTime: '10:00',
    spreadMinutes: 30,
    sendConfirmation: false,
    style: 'concise',
  },
  {
    clinicId: 'c3',
    digit: 3,
    timeZone: 'Pacific/Honolulu',
    window: { opens: '09:00', closes: '20:00' },
    reminderTime: '19:50',
    spreadMinutes: 0,
    sendConfirmation: true,
    style: 'concise',
  },
  {
    clinicId: 'c4',
    digit: 4,
    timeZone: 'America/Chicago',
    window: { opens: '12:00', closes: '14:00' },
    reminderTime: '12:00',
    spreadMinutes: 0,
    sendConfirmation: true,
    style: 'standard',
  },
];
const configs = shapes.map(configOf);

export function chooseClinics(chance: Chance): readonly ClinicConfig[] {
  const first = chance.whole(0, configs.length - 1);
  const second = (first + chance.whole(1, configs.length - 1)) % configs.length;
  return [configs[first], configs[second]].filter((config) => config !== undefined);
}
