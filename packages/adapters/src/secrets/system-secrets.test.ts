import { describe, expect, it } from 'vitest';
import { parseSystemSecrets } from './system-secrets.ts';

const key = Buffer.alloc(32, 7).toString('base64');
const good = {
  twilioAccountSid: `AC${'a'.repeat(32)}`,
  twilioAuthTokens: ['unmistakable-token'],
  phonePepper: key,
  dataKeys: [{ id: 'k1', key }],
};

describe('the system secret', () => {
  it('is read whole', () => {
    expect(parseSystemSecrets(JSON.stringify({ ...good, note: 'ignored' }))).toEqual(good);
  });

  it('names the wrong fields and never what they hold', () => {
    const wrong = JSON.stringify({ ...good, phonePepper: 'too-short', dataKeys: [{ id: 'k1', key: 'x' }] });
    expect(() => parseSystemSecrets(wrong)).toThrow('phonePepper, dataKeys.0.key');
    expect(() => parseSystemSecrets(wrong)).not.toThrow(/too-short|unmistakable/);
  });

  it('does not quote a text that is no JSON', () => {
    expect(() => parseSystemSecrets('unmistakable-token')).toThrow(/^(?!.*unmistakable)/);
  });

  it('needs a token and a data key', () => {
    const empty = JSON.stringify({ ...good, twilioAuthTokens: [], dataKeys: [] });
    expect(() => parseSystemSecrets(empty)).toThrow('twilioAuthTokens, dataKeys');
  });
});
