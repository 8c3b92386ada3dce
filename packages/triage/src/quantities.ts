/**
 * Symbols by which patterns may ask for a number: any, fever, pulse, low oxygen, low pressure, a pressure
 * that is not low, bad pain, many (pills), few, ten.
 */
export function numberSymbols(value: number): string[] {
  const symbols = ['#'];
  if ((value >= 38 && value <= 42.9) || (value >= 100.4 && value <= 108)) symbols.push('#fever');
  if (value >= 110 && value <= 220) symbols.push('#hr');
  if (value >= 60 && value <= 92) symbols.push('#lowsat');
  if (value >= 50 && value <= 90) symbols.push('#lowbp');
  if (value >= 95 && value <= 250) symbols.push('#sys');
  if (value >= 7 && value <= 10 && Number.isInteger(value)) symbols.push('#pain7');
  if (value >= 12 && value <= 120 && Number.isInteger(value)) symbols.push('#many');
  if (value >= 0 && value <= 6 && Number.isInteger(value)) symbols.push('#few');
  if (value === 10) symbols.push('#ten');
  return symbols;
}
