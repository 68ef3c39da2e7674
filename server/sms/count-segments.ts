import { gsmBasic, gsmExtended } from "./to-gsm.ts";

export interface SmsLength {
  encoding: "gsm" | "unicode";
  /** Septets of the GSM alphabet, or 16-bit units. */
  units: number;
  /** What the carrier bills: one message, or parts that each give up a few places to be joined again. */
  segments: number;
}

/** How long a text message is, and in how many parts it travels (3GPP TS 23.038 and 23.040: 160 or 153 each, 70 or 67 in Unicode). */
export function countSegments(text: string): SmsLength {
  const signs = [...text];
  if (signs.every((sign) => gsmBasic.has(sign) || gsmExtended.has(sign))) {
    const widths = signs.map((sign) => (gsmExtended.has(sign) ? 2 : 1));
    return { encoding: "gsm", units: sum(widths), segments: parts(widths, 160, 153) };
  }
  const widths = signs.map((sign) => sign.length);
  return { encoding: "unicode", units: sum(widths), segments: parts(widths, 70, 67) };
}

const sum = (widths: readonly number[]) => widths.reduce((all, one) => all + one, 0);

/** A sign of two places is never cut in two: it begins the next part. */
function parts(widths: readonly number[], alone: number, joined: number): number {
  if (sum(widths) <= alone) return 1;
  let [count, left] = [1, joined];
  for (const width of widths) {
    if (width > left) [count, left] = [count + 1, joined];
    left -= width;
  }
  return count;
}
