import * as z from 'zod/mini';
import { id, storedPhone } from './fields.ts';
import { overrides, patientFields, treatment } from './session-shape.ts';

/**
 * A session as it is stored. `sessionRequest` has read its number and looked after the guardian of a minor:
 * what only reads it again needs no numbering plan (decision 13).
 */
export const storedSession = z.strictObject({
  sessionId: id,
  patient: z.strictObject(patientFields(storedPhone)),
  treatment,
  overrides: z.exactOptional(overrides),
});
