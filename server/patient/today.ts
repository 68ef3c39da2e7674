/** The day it is in a clinic, `YYYY-MM-DD`: near midnight the server's own day may be another one. Browser-safe. */
export function todayIn(timeZone: string, now = new Date()): string {
  // Sweden writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(now);
}
