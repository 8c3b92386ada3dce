import { describe, expect, it } from 'vitest';
import { transcriptText } from './transcript.ts';

const journey = {
  session: {
    sessionId: 'v1',
    patient: { phone: '+13055550123' },
    treatment: { endedAt: '2026-11-21T16:30:00Z', device: 'pen', needleDepthMm: 1 },
  },
  replies: [],
};
const text = {
  at: '2026-11-22T15:00:00.000Z',
  localTime: '2026-11-22T10:00',
  to: '+13055550123',
  from: '+13055550100',
  body: 'GlowClinic: one two',
  segments: 1,
  status: 'delivered',
} as const;

describe('the readable transcript', () => {
  it('shows local time, who, why and with which facts', () => {
    const shown = transcriptText(journey, {
      messages: [
        {
          ...text,
          direction: 'outbound',
          kind: 'reminder',
          day: 1,
          facts: ['F-036'],
          reason: 'The day-1 text',
        },
        { ...text, direction: 'inbound', to: text.from, from: text.to, kind: 'reply', body: 'hi' },
      ],
      alerts: [],
      events: [],
    });
    expect(shown).toContain('Session v1 · pen · 1 mm');
    expect(shown).toMatch(/Sun 22 Nov 10:00 {2}day 1 to patient · 1 segment · delivered/);
    expect(shown).toContain('why: The day-1 text');
    expect(shown).toContain('facts: F-036');
    expect(shown).toMatch(/patient writes\n {4}hi/);
    expect(shown).toContain('1 reminders, 0 other texts, 1 segments, 1 texts received.');
  });

  it('names what was not sent, and an alert that nobody took', () => {
    const shown = transcriptText(journey, {
      messages: [],
      alerts: [{ level: 'urgent', status: 'open', openedAt: '2026-11-22T15:00:00.000Z' }],
      events: [
        {
          at: 'x',
          localTime: '2026-11-24T10:00',
          type: 'reminder.skipped',
          text: 'The day-3 text was not sent.',
        },
        { at: 'x', localTime: '2026-11-24T10:00', type: 'reminder.sent', text: 'went' },
      ],
    });
    expect(shown).toMatch(/urgent: opened 2026-11-22T15:00:00.000Z, nobody acknowledged it/);
    expect(shown).toMatch(/Not sent\n {2}Tue 24 Nov 10:00 {2}The day-3 text was not sent\./);
    expect(shown).not.toContain('went');
  });
});
