/** Fever from here on, in Celsius (issue 4: 38 °C or 100.4 °F). */
export const feverFromCelsius = 38;

/** Raised, but no fever, from here on. */
export const raisedFromCelsius = 37.3;

/** A number read as the temperature of a body, in Celsius: 34 to 42.9 are C, 93.5 to 109 F (E5, numbers). */
export function bodyCelsius(value: number): number | undefined {
  if (value >= 34 && value <= 42.9) return value;
  if (value >= 93.5 && value <= 109) return Math.round(((value - 32) / 1.8) * 10) / 10;
  return undefined;
}
