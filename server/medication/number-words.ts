/** A number in letters, as a prescription says it beside its figures so that no digit can be added. Pure. */

const french =
  "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf".split(
    " ",
  );
const frenchTens = ["", "", "vingt", "trente", "quarante", "cinquante", "soixante"];
const english =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const englishTens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/** @param value canonical decimal, « 90 » or « 7.5 », below a million. 80 is « quatre-vingts », 180 « cent quatre-vingts »; hyphens inside a hundred. */
export function numberInWords(value: string, language: "fr" | "en"): string {
  const [whole = "0", part] = value.split(".");
  const said = language === "fr" ? frenchWhole(Number(whole)) : englishWhole(Number(whole));
  if (!part) return said;
  const digits = language === "fr" ? french : english;
  return `${said} ${language === "fr" ? "virgule" : "point"} ${[...part].map((digit) => digits[Number(digit)]).join(" ")}`;
}

function frenchWhole(value: number, isLast = true): string {
  if (value >= 1000) {
    const thousands = Math.floor(value / 1000);
    const rest = value % 1000;
    return [thousands > 1 && frenchWhole(thousands, false), "mille", rest > 0 && frenchWhole(rest)]
      .filter(Boolean)
      .join(" ");
  }
  if (value >= 100) {
    const hundreds = Math.floor(value / 100);
    const rest = value % 100;
    const plural = hundreds > 1 && rest === 0 && isLast ? "cents" : "cent";
    return [hundreds > 1 && french[hundreds], plural, rest > 0 && frenchWhole(rest, isLast)].filter(Boolean).join(" ");
  }
  if (value < 20) return french[value] ?? "";
  if (value >= 80) return value === 80 ? `quatre-vingt${isLast ? "s" : ""}` : `quatre-vingt-${french[value - 80]}`;
  if (value >= 60)
    return value === 61 || value === 71
      ? `soixante et ${french[value - 60]}`
      : value === 60
        ? "soixante"
        : `soixante-${french[value - 60]}`;
  const unit = value % 10;
  const ten = frenchTens[Math.floor(value / 10)] ?? "";
  if (unit === 0) return ten;
  return unit === 1 ? `${ten} et un` : `${ten}-${french[unit]}`;
}

function englishWhole(value: number): string {
  if (value >= 1000)
    return [`${englishWhole(Math.floor(value / 1000))} thousand`, value % 1000 > 0 && englishWhole(value % 1000)]
      .filter(Boolean)
      .join(" ");
  if (value >= 100)
    return [`${english[Math.floor(value / 100)]} hundred`, value % 100 > 0 && englishWhole(value % 100)]
      .filter(Boolean)
      .join(" ");
  if (value < 20) return english[value] ?? "";
  return [englishTens[Math.floor(value / 10)], value % 10 > 0 && english[value % 10]].filter(Boolean).join("-");
}
