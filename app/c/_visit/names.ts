import type { BookablePractitioner } from "#server/booking/list-services.ts";

/** « Dre Anne-Sophie Gagnon »; the title never stands alone at the end of a line. */
export const practitionerName = ({ prefix, givenName, familyName }: BookablePractitioner): string =>
  [prefix, givenName, familyName]
    .filter(Boolean)
    .join(" ")
    .replace(/^(\S+\.?) /, prefix ? "$1\u00a0" : "$1 ");

/** The name in the reader's language, where the clinic wrote one. */
export const inLanguage = (locale: "fr" | "en", french: string, english: string): string =>
  locale === "en" && english !== "" ? english : french;
