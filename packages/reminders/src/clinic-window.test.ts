import { describe, expect, it } from 'vitest';
import { windowOfClinic } from './clinic-window.ts';

describe('windowOfClinic', () => {
  it('is 09:00 to 20:00 unless the clinic wants less', () => {
    expect(windowOfClinic()).toEqual({ opens: '09:00', closes: '20:00' });
    expect(windowOfClinic({ opens: '08:00', closes: '18:00' })).toEqual({ opens: '09:00', closes: '18:00' });
  });
  it('a clinic window at night throws instead of being widened', () => {
    expect(() => windowOfClinic({ opens: '20:00', closes: '23:00' })).toThrow(RangeError);
  });
});
