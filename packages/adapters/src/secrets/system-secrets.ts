import type { SystemSecrets } from '@aftercare/usecases/ports';
import * as z from 'zod';

const base64Key = z
  .string()
  .refine((text) => Buffer.from(text, 'base64').length === 32, '32 bytes in base64');

const systemSecrets = z.object({
  twilioAccountSid: z.string().regex(/^AC[0-9a-fA-F]{32}$/),
  twilioAuthTokens: z.array(z.string().min(1)).min(1),
  phonePepper: base64Key,
  dataKeys: z.array(z.object({ id: z.string().min(1), key: base64Key })).min(1),
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
