import type { MailLocale } from "./define-mail.ts";

const parts = new Intl.DateTimeFormat("fr-CA", {
  timeZone: "America/Toronto",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

/** "2026-11-23 à 14 h 32 (heure de Montréal)": the platform's own mail has no clinic's zone to follow, and says which it took. */
export function moment(at: Date, locale: MailLocale): string {
  const part = Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, value]));
  const date = `${part.year}-${part.month}-${part.day}`;
  if (locale === "fr") return `${date} à ${Number(part.hour)}\u00a0h\u00a0${part.minute} (heure de Montréal)`;
  return `${date} at ${part.hour}:${part.minute} (Montréal time)`;
}

/** "10 minutes", "2 heures", "7 jours", in the largest unit that fits. */
export function span(minutes: number, locale: MailLocale): string {
  const units = locale === "fr" ? ["minute", "heure", "jour"] : ["minute", "hour", "day"];
  const [count, unit] =
    minutes % 1440 === 0
      ? [minutes / 1440, units[2]]
      : minutes % 60 === 0
        ? [minutes / 60, units[1]]
        : [minutes, units[0]];
  return `${count}\u00a0${unit}${count > 1 ? "s" : ""}`;
}
