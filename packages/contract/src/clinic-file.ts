import * as z from 'zod/mini';
import {
  location,
  locationsOf,
  staffMember,
  staffOf,
  storedClinicConfig,
  testNumbersOf,
} from './clinic-config.ts';
import { checkClinic } from './clinic-rules.ts';
import { clinicPhone, usPhone } from './phone-fields.ts';

/**
 * What `clinic add` reads; phone numbers read by the numbering plan, defaults filled in, everything
 * cross-checked. Apart from the shape, because only administration needs the plan and the rules.
 */
export const clinicConfig = z
  .extend(storedClinicConfig, {
    patientNumber: clinicPhone,
    alertNumber: clinicPhone,
    testNumbers: testNumbersOf(usPhone),
    locations: locationsOf(z.extend(location, { phone: clinicPhone })),
    staff: staffOf(z.extend(staffMember, { phone: usPhone })),
  })
  .check(z.superRefine((clinic, context) => checkClinic(clinic, context), { when: () => true }))
  .register(z.globalRegistry, { id: 'ClinicConfig' });
