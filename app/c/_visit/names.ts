/** The name in the reader's language, where the clinic wrote one. */
export const inLanguage = (locale: "fr" | "en", french: string, english: string): string =>
  locale === "en" && english !== "" ? english : french;
