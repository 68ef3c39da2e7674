/** 3GPP TS 23.038, the default alphabet and its extension (each sign of which takes two places). */
const basic =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
export const gsmBasic: ReadonlySet<string> = new Set(basic);
export const gsmExtended: ReadonlySet<string> = new Set("^{}\\[~]|€\f");

const typography: Readonly<Record<string, string>> = {
  "\u00a0": " ",
  "\u202f": " ",
  "’": "'",
  "‘": "'",
  "“": '"',
  "”": '"',
  "«": '"',
  "»": '"',
  "–": "-",
  "—": "-",
  "…": "...",
  œ: "oe",
  Œ: "OE",
  "•": "-",
};

/**
 * The same words in signs of the GSM alphabet where that changes no word: a text of 160 signs then travels as one message, and one « ê »
 * would make it three of 70. « é », « è » and « à » are in the alphabet and stay; « ê », « ç » or « û » lose their mark. What has no such form (another
 * script, an emoji) stays as it is.
 */
export function toGsm(text: string): string {
  return [...text.normalize("NFC").replace(/« ?| ?»/g, '"')].map(asGsm).join("");
}

function asGsm(sign: string): string {
  if (gsmBasic.has(sign) || gsmExtended.has(sign)) return sign;
  const plain = typography[sign] ?? sign.normalize("NFD").replace(/\p{M}/gu, "");
  return [...plain].every((one) => gsmBasic.has(one)) ? plain : sign;
}
