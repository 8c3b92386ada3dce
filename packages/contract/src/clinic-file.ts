import { storedClinicConfig } from './clinic-config.ts';
import { checkClinic } from './clinic-rules.ts';

/**
 * What `clinic add` reads; defaults filled in, everything cross-checked. Apart from the shape, because only
 * administration needs the rules.
 */
export const clinicConfig = storedClinicConfig
  .superRefine((clinic, context) => checkClinic(clinic, context), { when: () => true })
  .meta({ id: 'ClinicConfig' });
