import { createHmac } from 'node:crypto';

/**
 * The `webhook-signature` header of Standard Webhooks 1.0.0: one `v1` per active secret, so that the receiver can
 * rotate. `secret` is `whsec_` and base64 of the key. Throws on an id with a dot, which would blur what is signed.
 */
export function webhookSignatures(
  secrets: readonly string[],
  message: { readonly id: string; readonly timestampSeconds: number; readonly body: string },
): string {
  if (message.id.includes('.')) throw new Error('a webhook id must not contain a dot');
  return secrets
    .map((secret) => {
      const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
      const signed = `${message.id}.${message.timestampSeconds}.${message.body}`;
      return `v1,${createHmac('sha256', key).update(signed, 'utf8').digest('base64')}`;
    })
    .join(' ');
}
