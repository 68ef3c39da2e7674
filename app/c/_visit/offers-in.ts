import type { FreeTime } from "#server/booking/free-times.ts";

/** The free times that a refusal came with; undefined for any other refusal. */
export function offersIn(error: unknown): readonly FreeTime[] | undefined {
  const domain = (error as { data?: { domain?: { key?: string; details?: { next?: unknown } } } }).data?.domain;
  const refused = domain?.key === "booking.timeTaken" || domain?.key === "booking.timeGone";
  if (!refused || !Array.isArray(domain.details?.next)) return undefined;
  return domain.details.next.map((one: { startsAt: string; locationId: string; resourceId: string }) => ({
    ...one,
    startsAt: new Date(one.startsAt),
    day: "",
  }));
}
