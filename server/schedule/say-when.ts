/** How a visit's time is said: everywhere that a person reads it (page, courriel, text message, calendar), by this one function. */
export type WhenForm = "long" | "short" | "day" | "time";

const noBreak = "\u00a0";

/**
 * The wall time of an instant in its own zone, in words that can be read in one way only. Browser-safe.
 * `long` → « mardi 24 novembre 2026 à 14 h 30 », "Tuesday, November 24, 2026 at 2:30 p.m."
 * `short` → « mar. 24 nov., 14 h 30 », "Tue, Nov 24, 2:30 p.m." · `day` → the date of `long` · `time` → « 14 h 30 », "2:30 p.m."
 * @param at UTC instant, a Date or ISO 8601 text
 * @param timeZone IANA zone of the place
 */
export function sayWhen(at: Date | string, timeZone: string, locale: "fr" | "en", form: WhenForm = "long"): string {
  const instant = typeof at === "string" ? new Date(at) : at;
  const time = sayTime(instant, timeZone, locale);
  if (form === "time") return time;
  const short = form === "short";
  const day = formatOf(`${locale}-CA`, timeZone, short ? shortDay : longDay)
    .format(instant)
    .replace(/(?<=\s|^)1(?= \p{L})/u, locale === "fr" ? "1er" : "1")
    // « 24 novembre » and “November 24” stay together.
    .replace(/(\d(?:er)?) (\p{L})/u, `$1${noBreak}$2`)
    .replace(/(\p{L}\.?) (\d)/u, `$1${noBreak}$2`);
  if (form === "day") return day;
  if (short) return `${day}, ${time}`;
  return locale === "fr" ? `${day} à ${time}` : `${day} at ${time}`;
}

const longDay = { weekday: "long", day: "numeric", month: "long", year: "numeric" } as const;
const shortDay = { weekday: "short", day: "numeric", month: "short" } as const;
const clock = { hour: "numeric", minute: "2-digit", hourCycle: "h23" } as const;

/** By language, zone and form: making one costs a hundred times what using it does. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(locale: string, timeZone: string, form: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone} ${form.weekday}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale, { timeZone, ...form });
  formats.set(key, made);
  return made;
}

function sayTime(instant: Date, timeZone: string, locale: "fr" | "en"): string {
  const parts = formatOf("en-GB", timeZone, clock).formatToParts(instant);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? "";
  const hour = Number(of("hour"));
  const minute = of("minute").padStart(2, "0");
  if (locale === "fr") return `${hour}${noBreak}h${noBreak}${minute}`;
  return `${hour % 12 === 0 ? 12 : hour % 12}:${minute}${noBreak}${hour < 12 ? "a.m." : "p.m."}`;
}
