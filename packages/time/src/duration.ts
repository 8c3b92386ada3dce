const NUMBER = '(\\d+(?:[.]\\d+)?)';
const DURATION = new RegExp(
  `^P(?=\\d|T\\d)(?:${NUMBER}W)?(?:${NUMBER}D)?(?:T(?=\\d)(?:${NUMBER}H)?(?:${NUMBER}M)?(?:${NUMBER}S)?)?$`,
);
const SECONDS_OF_PART = [604_800, 86_400, 3600, 60, 1];

/**
 * Seconds of an ISO 8601 duration: `P1DT2H` = 93,600. A day is always 24 hours, also across a clock change.
 * `undefined` for other shapes, signs, and years or months, whose length depends on the date.
 */
export function parseDuration(text: string): number | undefined {
  const match = DURATION.exec(text);
  if (match === null) return undefined;
  return SECONDS_OF_PART.reduce((sum, seconds, index) => sum + Number(match[index + 1] ?? 0) * seconds, 0);
}

/**
 * The shortest ISO 8601 duration in days, hours, minutes and whole seconds: 93,600 = `P1DT2H`, 0 = `PT0S`.
 */
export function formatDuration(seconds: number): string {
  if (!(seconds >= 0 && Number.isFinite(seconds))) throw new RangeError('a duration is zero or more seconds');
  const whole = Math.round(seconds);
  const days = Math.floor(whole / 86_400);
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(whole / 3600) % 24, 'H'],
    [Math.floor(whole / 60) % 60, 'M'],
    [whole % 60, 'S'],
  ];
  const time = parts.map(([amount, unit]) => (amount === 0 ? '' : `${amount}${unit}`)).join('');
  if (days === 0) return `PT${time === '' ? '0S' : time}`;
  return `P${days}D${time === '' ? '' : `T${time}`}`;
}
