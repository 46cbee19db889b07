/**
 * Millionths as an exact decimal with at least two places.
 */
export function formatMicro(amountMicro: string, mark = '.'): string {
  const digits = amountMicro.padStart(7, '0');
  const fraction = digits.slice(-6).replace(/0{1,4}$/, '');
  return `${digits.slice(0, -6)}${mark}${fraction}`;
}
