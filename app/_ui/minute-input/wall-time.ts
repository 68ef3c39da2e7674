import type { Language } from "../../_i18n/locale.ts";

const noBreak = "\u00a0";

/** Minutes since midnight as a person writes them: « 8 h 30 », “8:30 a.m.”; 1440 is midnight at the day's end. */
export function sayMinute(minute: number, language: Language): string {
  const hour = Math.floor(minute / 60);
  const rest = String(minute % 60).padStart(2, "0");
  if (language === "fr") return `${hour}${noBreak}h${noBreak}${rest}`;
  return `${hour % 12 === 0 ? 12 : hour % 12}:${rest}${noBreak}${hour % 24 < 12 ? "a.m." : "p.m."}`;
}

/**
 * What was typed as minutes since midnight: « 8 », « 830 », « 8h30 », « 8:30 », « 8 h », “1:15 p.m.”; null for anything else. Up to 24 h.
 */
export function readMinute(text: string): number | null {
  const typed = text.toLowerCase().replaceAll(/[\s\u00a0.]/g, "");
  const [, hours, minutes, half] =
    /^(\d{1,2})(?:[h:](\d{2})?)?([ap]m?)?$/.exec(typed) ?? /^(\d{1,2})(\d{2})([ap]m?)?$/.exec(typed) ?? [];
  if (hours === undefined) return null;
  let hour = Number(hours);
  const minute = Number(minutes ?? 0);
  if (half && (hour < 1 || hour > 12)) return null;
  if (half) hour = (hour % 12) + (half.startsWith("p") ? 12 : 0);
  if (minute > 59 || hour * 60 + minute > 1440) return null;
  return hour * 60 + minute;
}
