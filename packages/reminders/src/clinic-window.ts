import { type DailyWindow, intersectWindows } from '@aftercare/time/window';

/** No proactive text ever leaves outside these patient-local wall times (design 5.7, product-rules 8). */
export const outerWindow: DailyWindow = { opens: '09:00', closes: '20:00' };

/**
 * When a clinic's proactive texts may leave: its own window inside the outer one. Throws RangeError when the
 * two share nothing, which the clinic configuration schema refuses.
 */
export function windowOfClinic(own: DailyWindow = outerWindow): DailyWindow {
  const shared = intersectWindows(outerWindow, own);
  if (shared === undefined) throw new RangeError('the clinic window lies wholly outside 09:00 to 20:00');
  return shared;
}
