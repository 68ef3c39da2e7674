import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import { invalid } from "#server/errors.ts";

/**
 * A phone number as it is kept: E.164, with the extension after « ;ext= » (RFC 3966). A number without a country is read
 * as Canadian.
 * @throws Invalid, beside `field`.
 */
export function readPhone(text: string, field: string): string {
  if (text === "") return "";
  const number = parsePhoneNumberFromString(text.replace(/\bposte\b/i, "ext"), "CA");
  // Seven digits are possible within one area code, but nobody could call them from elsewhere.
  const whole = number?.isPossible() && (number.countryCallingCode !== "1" || number.nationalNumber.length === 10);
  if (!number || !whole) throw invalid("invalid", { [field]: "phone" });
  return number.ext ? `${number.number};ext=${number.ext}` : number.number;
}

/** « 418 555-0142 », « 418 555-0142, poste 12 », or the international form abroad; never broken over two lines. */
export function showPhone(kept: string, locale: "fr" | "en" = "fr"): string {
  if (kept === "") return "";
  const [number = "", ext] = kept.split(";ext=");
  const shown = showNumber(number);
  if (!shown) return kept;
  if (!ext) return shown;
  return locale === "fr" ? `${shown}, poste\u00a0${ext}` : `${shown}, ext.\u00a0${ext}`;
}

function showNumber(number: string): string | undefined {
  const [, area, first, last] = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number) ?? [];
  // Nearly all of them: the library, whose tables know the other countries, costs a hundred times this.
  if (area) return `${area}\u00a0${first}-${last}`;
  return parsePhoneNumberFromString(number)?.formatInternational().replaceAll(" ", "\u00a0");
}
