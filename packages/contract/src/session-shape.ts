import * as z from 'zod/mini';
import { gsmText, id, instant, plainText, timeZone, wallTime } from './fields.ts';

/**
 * The parts of a treatment session (design 6.1, product-rules 9 and 10), the same when it is posted and when
 * it is stored. Unknown fields are errors.
 */

export const device = z.enum(['roller', 'stamper', 'pen', 'rf']);
export const area = z.enum([
  'face',
  'eyes',
  'lips',
  'neck',
  'decollete',
  'scalp',
  'beard',
  'back',
  'chest',
  'abdomen',
  'thighs',
  'arms',
  'hands',
]);
export const skinType = z.enum(['normal', 'dry', 'oily', 'sensitive']);
export const flag = z.enum([
  'bloodThinner',
  'immuneSuppressed',
  'diabetes',
  'pregnancy',
  'isotretinoin',
  'coldSoreHistory',
  'keloid',
  'allergy',
  'pigmentProne',
  'pacemaker',
]);

/**
 * Any BCP 47 tag; what is neither English nor Spanish becomes the clinic's language with a warning
 * (product-rules 10).
 */
const languageTag = z
  .string()
  .check(z.regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}$/, 'must be a language tag, such as en or es'))
  .register(z.globalRegistry, { examples: ['en', 'es'] });

const depthMm = z
  .number('must be a number of millimetres from 0.1 to 4.0, a list of 1 to 5 such numbers, or null')
  .check(z.minimum(0.1, 'must be from 0.1 to 4.0 mm'), z.maximum(4, 'must be from 0.1 to 4.0 mm'));

/** One depth, one per area or pass, or null when not known. */
export const needleDepthMm = z.union(
  [depthMm, z.array(depthMm).check(z.minLength(1), z.maxLength(5)), z.null()],
  {
    error: (issue) =>
      `${issue.input === undefined ? 'is required' : 'must be'}: ` +
      'a number of millimetres from 0.1 to 4.0, a list of 1 to 5 such numbers, or null when not known',
  },
);

export const consent = z
  .strictObject({
    givenAt: instant,
    method: z.enum(['verbal', 'written', 'web']),
    /** Who consented; `guardian` is required for a minor. */
    by: z.exactOptional(z.enum(['patient', 'guardian'])),
    /** Proof fields (product-rules 10); gaps warn `consent_proof_incomplete`. */
    textVersion: z.exactOptional(plainText(64)),
    language: z.exactOptional(languageTag),
    collectedBy: z.exactOptional(plainText(80)),
    source: z.exactOptional(plainText(120)),
    evidenceRef: z.exactOptional(plainText(200)),
    smsRiskAccepted: z.exactOptional(z.boolean()),
  })
  .check(
    z.superRefine(
      (given, context) => {
        if (given?.method !== 'verbal' || given.collectedBy !== undefined) return;
        context.addIssue({
          code: 'custom',
          path: ['collectedBy'],
          message: 'is required when method is "verbal": who heard the consent',
          params: { code: 'required' },
        });
      },
      { when: () => true },
    ),
  )
  .register(z.globalRegistry, { id: 'Consent' });

export const guardian = z
  .strictObject({ name: plainText(80), relationship: z.exactOptional(plainText(40)) })
  .register(z.globalRegistry, { id: 'Guardian' });

/** What is kept of a patient; `phone` reads the number: as somebody wrote it, or as it was stored. */
export function patientFields<Phone extends z.ZodMiniType<string>>(phone: Phone) {
  return {
    patientId: id,
    firstName: plainText(60),
    phone,
    language: z.exactOptional(languageTag),
    timeZone: z.exactOptional(timeZone),
    skinType: z.exactOptional(skinType),
    flags: z.exactOptional(z.array(flag).check(z.maxLength(20))),
    minor: z.exactOptional(z.boolean()),
    guardian: z.exactOptional(guardian),
    consent,
  };
}

export const treatment = z
  .strictObject({
    endedAt: instant,
    device: z.nullable(device),
    needleDepthMm,
    areas: z.array(area).check(z.minLength(1, 'must name at least one area'), z.maxLength(13)),
    practitioner: z.exactOptional(plainText(80)),
    locationId: z.exactOptional(id),
    setting: z.exactOptional(z.enum(['clinic', 'home'])),
    combinedWith: z.exactOptional(z.array(plainText(60)).check(z.maxLength(10))),
    numbingCream: z.exactOptional(z.boolean()),
  })
  .register(z.globalRegistry, { id: 'Treatment' });

export const overrides = z
  .strictObject({
    reminderTime: z.exactOptional(wallTime),
    /** One sentence of the clinic's own per reminder day; its meaning is checked by the protocol package. */
    extraAdvice: z.exactOptional(
      z.strictObject({
        '1': z.exactOptional(gsmText(60)),
        '3': z.exactOptional(gsmText(60)),
        '7': z.exactOptional(gsmText(60)),
        '14': z.exactOptional(gsmText(60)),
      }),
    ),
  })
  .register(z.globalRegistry, { id: 'Overrides' });
