import { describe, expect, it } from 'vitest';
import { storedClinicConfig } from './clinic-config.ts';
import { clinicConfig } from './clinic-file.ts';
import { exampleClinic } from './openapi/examples.ts';
import { validate } from './validate.ts';

const brickell = exampleClinic.locations[0];
const [nina, otto] = exampleClinic.staff;

function errorsOf(change: object): { path: string; message: string; code: string }[] {
  const read = validate(clinicConfig, { ...exampleClinic, ...change });
  return read.ok ? [] : [...read.errors];
}
const pathsOf = (change: object) => errorsOf(change).map((error) => error.path);
const withLocation = (change: object) => ({ locations: [{ ...brickell, ...change }] });

describe('clinic configuration', () => {
  it('reads the example and fills in the defaults', () => {
    const read = validate(clinicConfig, exampleClinic);
    expect(read).toMatchObject({
      ok: true,
      value: {
        style: 'standard',
        sendConfirmation: true,
        spreadMinutes: 0,
        nightPages: 'all',
        infoAnswers: true,
        protocol: { id: 'microneedling', version: 1 },
        onCall: [],
        approvals: [],
      },
    });
  });

  it('names a mistake inside a field and a mistake across fields at the same time', () => {
    expect(
      pathsOf({ timeZone: 'Miami', alertNumber: exampleClinic.patientNumber, displayName: 'Clínica Ágata' }),
    ).toEqual(['displayName', 'timeZone', 'alertNumber']);
  });

  it.each([
    ['a display name of 21 characters', { displayName: 'A'.repeat(21) }, 'displayName'],
    ['a display name outside GSM-7', { displayName: 'Clínica' }, 'displayName'],
    ['a display name that tells the treatment', { displayName: 'Microneedle Miami' }, 'displayName'],
    ['a window before 09:00', { window: { opens: '08:59', closes: '20:00' } }, 'window.opens'],
    ['a window after 20:00', { window: { opens: '09:00', closes: '20:01' } }, 'window.closes'],
    [
      'a window that closes before it opens',
      { window: { opens: '12:00', closes: '11:00' } },
      'window.closes',
    ],
    ['a reminder time at the closing', { reminderTime: '20:00' }, 'reminderTime'],
    ['a spread over the closing', { reminderTime: '19:00', spreadMinutes: 60 }, 'spreadMinutes'],
    ['a Canadian patient line', { patientNumber: '+14165550123' }, 'patientNumber'],
    ['a page line that is the patient line', { alertNumber: '+13055550100' }, 'alertNumber'],
    ['a default language that is not offered', { languages: ['es'] }, 'defaultLanguage'],
    ['a default location that is not there', { defaultLocationId: 'doral' }, 'defaultLocationId'],
    ['an http webhook on the internet', { webhook: { url: 'http://clinic.example/x' } }, 'webhook.url'],
    ['a webhook with a password', { webhook: { url: 'https://u:p@clinic.example' } }, 'webhook.url'],
    ['a field that does not exist', { reminderTimes: '10:00' }, 'reminderTimes'],
    ['a ladder of one', withLocation({ ladder: ['nina'] }), 'locations[0].ladder'],
    [
      'a ladder that names one person twice',
      withLocation({ ladder: ['nina', 'nina'] }),
      'locations[0].ladder[1]',
    ],
    ['a ladder with a stranger', withLocation({ ladder: ['nina', 'otto', 'zoe'] }), 'locations[0].ladder[2]'],
    ['a holiday that does not exist', withLocation({ holidays: ['2027-02-29'] }), 'locations[0].holidays[0]'],
    ['a location that never opens', withLocation({ hours: {} }), 'locations[0].hours'],
    ['a missing coverage', withLocation({ coverage: undefined }), 'locations[0].coverage'],
    [
      'hours that overlap',
      withLocation({
        hours: {
          mon: [
            { opens: '09:00', closes: '13:00' },
            { opens: '12:00', closes: '17:00' },
          ],
        },
      }),
      'locations[0].hours.mon[1].opens',
    ],
    ['two people with one phone', { staff: [nina, { ...otto, phone: nina?.phone }] }, 'staff[1].phone'],
    [
      'a person whose phone is the patient line',
      { staff: [nina, { ...otto, phone: exampleClinic.patientNumber }] },
      'staff[1].phone',
    ],
  ])('refuses %s and names the field', (_, change, path) => {
    expect(pathsOf(change)).toContain(path);
  });

  it('refuses a ladder with only one person who can be reached: one dead phone would be the end', () => {
    const errors = errorsOf({ staff: [nina, { ...otto, disabled: true }] });
    expect(errors).toMatchObject([{ path: 'locations[0].ladder', code: 'coverage_gap' }]);
  });

  it('still reads a stored clinic whose ladder has become too short, or nobody there could be texted', () => {
    const stored = { ...exampleClinic, staff: [nina, { ...otto, unreachableSince: '2026-11-21T16:30:00Z' }] };
    expect(storedClinicConfig.safeParse(stored).success).toBe(true);
    expect(clinicConfig.safeParse(stored).success).toBe(false);
  });

  it('stores what the numbering plan was asked about, and reads only that', () => {
    const written = { ...exampleClinic, staff: [{ ...nina, phone: '+1 (305) 555-0188' }, otto] };
    const read = validate(clinicConfig, written);
    expect(read).toMatchObject({ ok: true, value: { staff: [{ phone: '+13055550188' }, {}] } });
    expect(storedClinicConfig.safeParse(read.ok && read.value).success).toBe(true);
    expect(storedClinicConfig.safeParse(written).success).toBe(false);
  });

  it('refuses self-direct coverage without a manager, whom emergencies page after hours', () => {
    const errors = errorsOf({
      ...withLocation({ coverage: 'afterHoursSelfDirect' }),
      staff: [nina, { ...otto, role: 'clinical' }],
    });
    expect(errors).toMatchObject([{ path: 'locations[0].coverage', code: 'coverage_gap' }]);
  });

  it('accepts a toll-free line, which belongs to no country', () => {
    expect(pathsOf(withLocation({ phone: '+18005550100' }))).toEqual([]);
  });

  it('tells apart an on-call entry of both kinds, of none, and of half', () => {
    const weekly = { days: ['mon'], from: '00:00', to: '00:00' };
    const onCall = [
      { staffIds: ['nina'] },
      { staffIds: ['nina'], fromAt: '2026-12-01T00:00:00Z' },
      { staffIds: ['nina'], fromAt: '2026-12-02T00:00:00Z', toAt: '2026-12-01T00:00:00Z' },
      { staffIds: ['nina'], weekly, fromAt: '2026-12-01T00:00:00Z', toAt: '2026-12-02T00:00:00Z' },
    ];
    expect(pathsOf({ onCall })).toEqual(
      expect.arrayContaining(['onCall[0]', 'onCall[1].toAt', 'onCall[2].toAt', 'onCall[3]']),
    );
  });

  it('does not repeat a phone number in any message', () => {
    const errors = errorsOf({ patientNumber: '+14165550177', alertNumber: 'call 305', staff: [] });
    expect(errors.length).toBeGreaterThanOrEqual(3);
    expect(JSON.stringify(errors)).not.toMatch(/4165550177|call 305/);
  });
});
