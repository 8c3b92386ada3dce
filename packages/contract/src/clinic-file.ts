import * as z from 'zod/mini';
import { storedClinicConfig } from './clinic-config.ts';
import { checkClinic } from './clinic-rules.ts';

/**
 * What `clinic add` reads; defaults filled in, everything cross-checked. Apart from the shape, because only
 * administration needs the rules.
 */
export const clinicConfig = storedClinicConfig
  .check(z.superRefine((clinic, context) => checkClinic(clinic, context), { when: () => true }))
  .register(z.globalRegistry, { id: 'ClinicConfig' });
