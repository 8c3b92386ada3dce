import { twilioSignature, verifyTwilioForm } from '@aftercare/adapters/twilio/signature';
import fc from 'fast-check';
import twilio from 'twilio';
import { describe, expect, it } from 'vitest';

const accountSid = `AC${'0'.repeat(32)}`;
const publicBaseUrl = 'https://texts.example.com';
const path = '/twilio/status';

const field = fc.tuple(
  fc.string({ minLength: 1, unit: 'binary' }),
  fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('', ' ', '+1 é ñ 🤕'),
  ),
);
const fields = fc
  .uniqueArray(field, { selector: ([name]) => name, maxLength: 12 })
  .map((entries) => new Map([...entries, ['AccountSid', accountSid]]));
const token = fc.string({ minLength: 1, maxLength: 40 });
/** As one of our references in a status callback. */
const rawQuery = fc.oneof(
  fc.constant(''),
  fc.stringMatching(/^[SP]~[a-z2-7]{4,10}\.[0-9A-Z]{4,8}$/).map((ref) => `ref=${encodeURIComponent(ref)}`),
);

describe('our verifier and the official library', () => {
  it('sign every form alike', () => {
    fc.assert(
      fc.property(fields, token, rawQuery, (form, secret, query) => {
        const url = `${publicBaseUrl}${path}${query === '' ? '' : `?${query}`}`;
        const official = twilio.validateRequest(
          secret,
          twilioSignature(secret, url, form),
          url,
          Object.fromEntries(form),
        );
        expect(official).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('accept the same request over the wire', () => {
    fc.assert(
      fc.property(fields, token, rawQuery, (form, secret, query) => {
        const url = `${publicBaseUrl}${path}${query === '' ? '' : `?${query}`}`;
        const signature = officialSignature(secret, url, form);
        const verified = verifyTwilioForm(
          {
            publicBaseUrl,
            path,
            rawQuery: query,
            rawBody: new URLSearchParams([...form]).toString(),
            signature,
          },
          { accountSid, authTokens: ['another', secret] },
        );
        expect(verified.ok).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('refuse a request of which any byte was changed', () => {
    fc.assert(
      fc.property(fields, token, fc.nat(), fc.integer({ min: 1, max: 127 }), (form, secret, place, flip) => {
        const body = new URLSearchParams([...form]).toString();
        const bytes = Buffer.from(body);
        const index = place % bytes.length;
        bytes[index] = (bytes[index] ?? 0) ^ flip;
        const changed = new URLSearchParams(bytes.toString('latin1'));
        fc.pre(changed.toString() !== body);
        const url = `${publicBaseUrl}${path}`;
        const signature = officialSignature(secret, url, form);
        const ours = verifyTwilioForm(
          { publicBaseUrl, path, rawQuery: '', rawBody: bytes.toString('latin1'), signature },
          { accountSid, authTokens: [secret] },
        );
        const official =
          new Set(changed.keys()).size === [...changed.keys()].length &&
          twilio.validateRequest(secret, signature, url, Object.fromEntries(changed));
        // The scheme itself cannot see a byte that only moves the border between a name and its value.
        if (!official) expect(ours.ok).toBe(false);
        else expect(ours.ok ? 'accepted' : ours.reason).toMatch(/accepted|foreign_account/);
      }),
      { numRuns: 500 },
    );
  });
});

/** What Twilio's library computes for these fields at this URL. */
function officialSignature(secret: string, url: string, form: ReadonlyMap<string, string>): string {
  return twilio.getExpectedTwilioSignature(secret, url, Object.fromEntries(form));
}
