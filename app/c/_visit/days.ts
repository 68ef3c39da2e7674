/** Days as `YYYY-MM-DD`, whatever the clock of the device says. */

const noon = (day: string) => new Date(`${day}T12:00:00Z`);

export const addDays = (day: string, count: number): string =>
  new Date(noon(day).getTime() + count * 86_400_000).toISOString().slice(0, 10);

const format = (locale: "fr" | "en", options: Intl.DateTimeFormatOptions) => (day: string) =>
  new Intl.DateTimeFormat(`${locale}-CA`, { timeZone: "UTC", ...options })
    .format(noon(day))
    // « 1er décembre », as every other date here says it.
    .replace(/(?<=\s|^)1(?= \p{L})/u, locale === "fr" ? "1er" : "1")
    .replace(/(\d(?:er)?) (\p{L})/u, "$1\u00a0$2")
    .replace(/(\p{L}) (\d)/u, "$1\u00a0$2");

/** « lundi », « lun. », « 23 », « lundi 23 novembre », « 23 novembre ». */
export const dayWords = (locale: "fr" | "en") => ({
  weekday: format(locale, { weekday: "long" }),
  short: format(locale, { weekday: "short" }),
  number: (day: string) => String(Number(day.slice(8))),
  full: format(locale, { weekday: "long", day: "numeric", month: "long" }),
  date: format(locale, { day: "numeric", month: "long" }),
});

/** Minutes since midnight of an instant, where the visit is given. */
export function wallMinutes(at: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hour: "numeric",
    minute: "numeric",
    hourCycle: "h23",
  }).formatToParts(at);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  return of("hour") * 60 + of("minute");
}
