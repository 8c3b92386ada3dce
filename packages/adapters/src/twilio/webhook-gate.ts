import { type HttpAnswer, type HttpRequest, problemAnswer } from '@aftercare/usecases/http/message';
import type { Metrics, Secrets } from '@aftercare/usecases/ports';
import { verifyTwilioForm } from './signature.ts';

export type TwilioGate =
  | { readonly kind: 'admitted'; readonly fields: ReadonlyMap<string, string> }
  | { readonly kind: 'refused'; readonly answer: HttpAnswer };

const mostBodyBytes = 64 * 1024;

/**
 * Lets through what Twilio signed for our account and this URL: else 405, 413 or 403, and nothing is read.
 */
export async function admitTwilio(
  system: { readonly secrets: Secrets; readonly metrics: Metrics },
  publicBaseUrl: string,
  request: HttpRequest,
): Promise<TwilioGate> {
  if (request.method !== 'POST') return refused(405, 'Method not allowed', { allow: 'POST' });
  if (request.body.length > mostBodyBytes) return refused(413, 'Body over 64 KiB');
  const secrets = await system.secrets.current();
  const verified = verifyTwilioForm(
    {
      publicBaseUrl,
      path: request.path,
      rawQuery: request.query,
      rawBody: Buffer.from(request.body).toString('utf8'),
      signature: request.headers['x-twilio-signature'],
    },
    { accountSid: secrets.twilioAccountSid, authTokens: secrets.twilioAuthTokens },
  );
  if (verified.ok) return { kind: 'admitted', fields: verified.fields };
  system.metrics.count('signatures_refused', 1, { reason: `twilio_${verified.reason}` });
  return refused(403, 'Not signed by the carrier');
}

function refused(
  status: number,
  title: string,
  headers: { readonly [name: string]: string } = {},
): { readonly kind: 'refused'; readonly answer: HttpAnswer } {
  const problem = { type: 'about:blank', title, status, detail: `${title}.`, code: 'carrier_only' };
  return { kind: 'refused', answer: problemAnswer(problem, headers) };
}
