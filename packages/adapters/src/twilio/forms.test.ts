import { describe, expect, it } from 'vitest';
import { readDeliveryReport, readInboundText } from './forms.ts';

const messageSid = `SM${'a'.repeat(32)}`;
const inbound = { MessageSid: messageSid, From: '+13055550123', To: '+13055550100', Body: 'ok' };
const media = { MediaUrl0: 'https://api.twilio.com/a', MediaUrl1: 'https://api.twilio.com/b' };
const fields = (record: Record<string, string>) => new Map(Object.entries(record));

describe('reading an inbound text', () => {
  it('keeps the text as it was sent, pictures and the carrier’s own opt-out word', () => {
    const form = fields({
      ...inbound,
      Body: ' Stop \n',
      NumMedia: '2',
      ...media,
      OptOutType: 'STOP',
      Future: 'x',
    });
    expect(readInboundText(form)).toEqual({
      messageSid,
      from: '+13055550123',
      to: '+13055550100',
      body: ' Stop \n',
      mediaUrls: ['https://api.twilio.com/a', 'https://api.twilio.com/b'],
      optOutType: 'STOP',
    });
  });

  it('does not lose a picture without words, or a text with odd fields', () => {
    const form = fields({ MessageSid: messageSid, From: '+1', To: '+2', NumMedia: 'x', OptOutType: 'MAYBE' });
    expect(readInboundText(form)).toEqual({ messageSid, from: '+1', to: '+2', body: '', mediaUrls: [] });
  });

  it.each(['MessageSid', 'From', 'To'])('is not readable without %s', (name) => {
    const form = fields(inbound);
    form.delete(name);
    expect(readInboundText(form)).toBeUndefined();
  });

  it('refuses a message id that would break a key', () => {
    expect(readInboundText(fields({ ...inbound, MessageSid: 'SM1#2' }))).toBeUndefined();
  });
});

describe('reading a status callback', () => {
  it('translates the status and keeps the error code', () => {
    const form = fields({ MessageSid: messageSid, MessageStatus: 'undelivered', ErrorCode: '30003' });
    expect(readDeliveryReport(form)).toEqual({
      providerSid: messageSid,
      status: 'undelivered',
      errorCode: 30003,
    });
  });

  it('has no error code when Twilio sent none, or none that can be one', () => {
    for (const ErrorCode of ['', '0', 'x']) {
      const form = fields({ MessageSid: messageSid, MessageStatus: 'delivered', ErrorCode });
      expect(readDeliveryReport(form)).toEqual({ providerSid: messageSid, status: 'delivered' });
    }
  });

  it('ignores words that say nothing about delivery', () => {
    for (const MessageStatus of ['received', 'receiving', 'from-the-future', '']) {
      expect(readDeliveryReport(fields({ MessageSid: messageSid, MessageStatus }))).toBeUndefined();
    }
  });
});
