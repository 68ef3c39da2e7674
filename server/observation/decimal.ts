/**
 * Decimals as people write them here. « 78,4 » and « 78.4 » are one number, « 1 234,5 » has a space between its thousands, and what could be
 * read in two ways is not read: « 1,234.5 » is refused. Kept as text, so that no digit is invented on the way. Pure and browser-safe.
 */

const written = /^[+-]?(\d{1,3}(?:[\u0020\u00A0\u202F]\d{3})+|\d{1,9})(?:[.,](\d{1,5}))?$/;

/** « 1 234,50 » → "1234.50"; undefined when it is not one number. Nine digits before the mark and five after it at most. */
export function readDecimal(text: string): string | undefined {
  const found = written.exec(text.trim());
  if (!found?.[1]) return undefined;
  const whole = found[1].replaceAll(/[\u0020\u00A0\u202F]/g, "").replace(/^0+(?=\d)/, "");
  const sign = text.trim().startsWith("-") ? "-" : "";
  return whole.length > 9 ? undefined : `${sign}${whole}${found[2] ? `.${found[2]}` : ""}`;
}

/** Rounded half away from zero, as a person rounds: 1.005 to two places is 1.01, though no binary number is exactly 1.005. */
export function roundTo(value: number, decimals: number): string {
  const scale = 10 ** decimals;
  const rounded = Math.round(Math.abs(value) * scale * (1 + 4 * Number.EPSILON));
  const text = (rounded / scale).toFixed(decimals);
  return value < 0 && rounded !== 0 ? `-${text}` : text;
}
