/** Locales as the browser's formats need them: Québec's dates, hours and money, not France's or the United States'. */
export const locales = ["fr-CA", "en-CA"] as const;
export type AppLocale = (typeof locales)[number];
/** The language alone, as the server's contexts, mail and database speak of it. */
export type Language = "fr" | "en";

export const defaultLocale: AppLocale = "fr-CA";
export const localeCookie = "chevet-locale";

/** "fr-CA" → "fr". */
export function languageOf(locale: AppLocale): Language {
  return locale === "en-CA" ? "en" : "fr";
}

/** "fr" → "fr-CA"; undefined for anything that is not one of our languages. */
export function localeOf(language: string | undefined): AppLocale | undefined {
  if (language === "fr") return "fr-CA";
  if (language === "en") return "en-CA";
  return undefined;
}

/** The first language of an Accept-Language header that we speak, by weight; French when none is. */
export function negotiate(acceptLanguage: string | null): AppLocale {
  const wanted = (acceptLanguage ?? "")
    .slice(0, 200)
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
      const weight = parameters
        .find((parameter) => parameter.trim().startsWith("q="))
        ?.trim()
        .slice(2);
      return { language: tag.split("-")[0], weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { language } of wanted) {
    const locale = localeOf(language);
    if (locale) return locale;
  }
  return defaultLocale;
}
