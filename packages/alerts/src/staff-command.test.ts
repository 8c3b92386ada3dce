import { describe, expect, it } from 'vitest';
import { joining } from './joining.ts';
import { pageText } from './page-text.ts';
import { parseStaffCommand } from './staff-command.ts';

describe('a command that staff type in a hurry', () => {
  it.each([
    ['ACK 48213', { kind: 'ack', code: '48213' }],
    ['ack48213', { kind: 'ack', code: '48213' }],
    ['  Ack:  4 8 2 1 3 ', { kind: 'ack', code: '48213' }],
    ['48213 ack', { kind: 'ack', code: '48213' }],
    ['ack', { kind: 'ack', code: undefined }],
    ['48213', { kind: 'bare', code: '48213' }],
    ['Info 1000', { kind: 'info', code: '1000' }],
    ['DONE 1000 not reached', { kind: 'done', code: '1000', outcome: 'not_reached' }],
    ['done1000false', { kind: 'done', code: '1000', outcome: 'false' }],
    ['Done dup', { kind: 'done', code: undefined, outcome: 'duplicate' }],
    ['list', { kind: 'list' }],
    ['on my way', { kind: 'unreadable' }],
    ['', { kind: 'unreadable' }],
  ])('is understood: %s', (body, command) => {
    expect(parseStaffCommand(body)).toEqual(command);
  });
});

describe('a page that tells too much or too little', () => {
  it('has level, code, place, reference, time and the next page, and no other word', () => {
    const text = pageText({
      level: 'emergency',
      code: '48213',
      placeName: 'Brickell',
      timeZone: 'America/New_York',
      patientRef: 'p-881',
      textedAt: '2026-11-23T07:14:00.000Z',
      nextAt: '2026-11-23T07:19:00.000Z',
      infoAnswers: true,
      notAnswered: undefined,
      again: false,
    });
    expect(text).toBe(
      'AFTERCARE EMERGENCY 48213 Brickell p-881 02:14. Reply INFO 48213 for contact, ' +
        'ACK 48213 to take it. Next person paged 02:19.',
    );
  });
});

describe('a second severe text that pages nobody', () => {
  it('joins only an open, unacknowledged alert of the same or a higher level', () => {
    const known = { alertId: 'a', level: 'urgent', status: 'open' } as const;
    expect(joining(known, 'urgent')).toEqual({ kind: 'join', alertId: 'a' });
    expect(joining({ ...known, level: 'emergency' }, 'urgent')).toEqual({ kind: 'join', alertId: 'a' });
    expect(joining(known, 'emergency')).toEqual({ kind: 'open', linkedAlertId: 'a', replacesAlertId: 'a' });
    expect(joining({ ...known, status: 'acknowledged' }, 'urgent')).toEqual({
      kind: 'open',
      linkedAlertId: 'a',
    });
    expect(joining({ ...known, status: 'done' }, 'urgent')).toEqual({ kind: 'open', linkedAlertId: 'a' });
    expect(joining(undefined, 'urgent')).toEqual({ kind: 'open' });
  });
});
