import type { SystemSecrets } from '@aftercare/usecases/ports';
import * as z from 'zod/mini';

const base64Key = z
  .string()
  .check(z.refine((text) => Buffer.from(text, 'base64').length === 32, '32 bytes in base64'));

const systemSecrets = z.object({
  twilioAccountSid: z.string().check(z.regex(/^AC[0-9a-fA-F]{32}$/)),
  twilioAuthTokens: z.array(z.string().check(z.minLength(1))).check(z.minLength(1)),
  phonePepper: base64Key,
  dataKeys: z.array(z.object({ id: z.string().check(z.minLength(1)), key: base64Key })).check(z.minLength(1)),
});

/** Reads the JSON text of the secret. Throws naming the fields that are wrong, never what they hold. */
export function parseSystemSecrets(text: string): SystemSecrets {
  const parsed = systemSecrets.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => issue.path.join('.') || 'the whole text').join(', ');
  throw new Error(`the system secret is not usable, see: ${wrong}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
