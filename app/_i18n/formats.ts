import type { Formats } from "next-intl";

/** Named formats: `format.dateTime(instant, "date")` → 2026-11-23, `"time"` → 14 h 30 (fr) or 14:30 (en), `format.number(12.5, "money")` → 12,50 $. */
export const formats = {
  dateTime: {
    date: { year: "numeric", month: "2-digit", day: "2-digit" },
    time: { hour: "numeric", minute: "2-digit", hourCycle: "h23" },
    dateAndTime: {
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "numeric",
      minute: "2-digit",
      hourCycle: "h23",
    },
    longDate: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
    dayAndMonth: { day: "numeric", month: "long" },
  },
  number: {
    money: { style: "currency", currency: "CAD" },
    wholeMoney: { style: "currency", currency: "CAD", minimumFractionDigits: 0, maximumFractionDigits: 0 },
    integer: { maximumFractionDigits: 0 },
    percent: { style: "percent", maximumFractionDigits: 0 },
  },
} satisfies Formats;
