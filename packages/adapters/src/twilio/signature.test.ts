import { describe, expect, it } from 'vitest';
import { twilioSignature, verifyTwilioForm } from './signature.ts';

const accountSid = `AC${'0'.repeat(32)}`;
const active = { accountSid, authTokens: ['newest', 'older'] };
const publicBaseUrl = 'https://texts.example.com';
const path = '/twilio/inbound';

function signedPost(fields: Record<string, string>, options: { token?: string; url?: string } = {}) {
  const url = options.url ?? `${publicBaseUrl}${path}`;
  return {
    publicBaseUrl,
    path,
    rawQuery: '',
    rawBody: new URLSearchParams(fields).toString(),
    signature: twilioSignature(options.token ?? 'newest', url, new Map(Object.entries(fields))),
  };
}

const fields = { AccountSid: accountSid, Body: ' STOP +1 & more\n', From: '+13055550123', Empty: '' };

describe('verifying a request from Twilio', () => {
  it('reproduces the example of the documentation', () => {
    const example = new Map([
      ['CallSid', 'CA1234567890ABCDE'],
      ['Caller', '+14158675309'],
      ['Digits', '1234'],
      ['From', '+14158675309'],
      ['To', '+18005551212'],
    ]);
    const url = 'https://mycompany.com/myapp.php?foo=1&bar=2';
    expect(twilioSignature('12345', url, example)).toBe('RSOYDt4T1cUTdK1PDd93/VVr8B8=');
  });

  it('accepts what any active token signed and gives the fields untrimmed', () => {
    for (const token of active.authTokens) {
      const verified = verifyTwilioForm(signedPost(fields, { token }), active);
      expect(verified).toEqual({ ok: true, fields: new Map(Object.entries(fields)) });
    }
  });

  it('accepts a URL with the default port, and a configured URL with connection overrides', () => {
    const withPort = signedPost(fields, { url: `https://texts.example.com:443${path}` });
    expect(verifyTwilioForm(withPort, active).ok).toBe(true);
    const overrides = { ...signedPost(fields), publicBaseUrl: `${publicBaseUrl}/#rc=3&rp=all` };
    expect(verifyTwilioForm(overrides, active).ok).toBe(true);
  });

  it('signs the query as it came over the wire', () => {
    const url = `${publicBaseUrl}${path}?ref=S~a%2Eb.01`;
    const post = { ...signedPost(fields, { url }), rawQuery: 'ref=S~a%2Eb.01' };
    expect(verifyTwilioForm(post, active).ok).toBe(true);
    expect(verifyTwilioForm({ ...post, rawQuery: 'ref=S~a.b.01' }, active)).toEqual({
      ok: false,
      reason: 'wrong_signature',
    });
  });

  it('refuses a retired token, another path, a changed field and a missing signature', () => {
    const post = signedPost(fields);
    const refused = (change: object) => verifyTwilioForm({ ...post, ...change }, active);
    expect(verifyTwilioForm(signedPost(fields, { token: 'retired' }), active).ok).toBe(false);
    expect(refused({ path: '/twilio/status' })).toEqual({ ok: false, reason: 'wrong_signature' });
    expect(refused({ rawBody: `${post.rawBody}x` })).toEqual({ ok: false, reason: 'wrong_signature' });
    expect(refused({ signature: undefined })).toEqual({ ok: false, reason: 'no_signature' });
    expect(refused({ signature: '' })).toEqual({ ok: false, reason: 'no_signature' });
  });

  it('refuses a repeated field, because the scheme cannot tell it from a longer one', () => {
    const post = signedPost(fields);
    const twice = { ...post, rawBody: `${post.rawBody}&Body=again` };
    expect(verifyTwilioForm(twice, active)).toEqual({ ok: false, reason: 'repeated_field' });
  });

  it('refuses another account, even signed with our token, and a form without one', () => {
    const foreign = signedPost({ ...fields, AccountSid: `AC${'1'.repeat(32)}` });
    expect(verifyTwilioForm(foreign, active)).toEqual({ ok: false, reason: 'foreign_account' });
    expect(verifyTwilioForm(signedPost({ Body: 'hi' }), active)).toEqual({
      ok: false,
      reason: 'foreign_account',
    });
  });
});
