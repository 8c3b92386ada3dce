import { clinicConfig } from '@aftercare/contract/clinic-file';
import { validate } from '@aftercare/contract/validate';
import { expect, it } from 'vitest';
import sample from '../../samples/clinic.json' with { type: 'json' };

it('the sample that operators copy is valid, and shows every field they must fill', () => {
  expect(validate(clinicConfig, sample)).toMatchObject({ ok: true });
  for (const field of [
    'patientNumber',
    'alertNumber',
    'messagingServiceSid',
    'a2p',
    'locations',
    'staff',
    'testNumbers',
  ]) {
    expect(sample).toHaveProperty(field);
  }
});
