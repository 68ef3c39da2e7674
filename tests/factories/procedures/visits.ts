import type { TestSchedule } from "#tests/factories/schedule.ts";
import { bookingVisits } from "./booking-visits.ts";
import { communicationVisits } from "./communication.ts";
import { waitlistVisits } from "./waitlist-visits.ts";

/** A valid call of a visitor's procedure: its input, and what the page holds of the hold or the visit that it is about. */
export interface Visit {
  readonly input: unknown;
  readonly token?: string;
}

/**
 * Makes such a call at a clinic that strangers can book at, and whatever has to exist for it. Two calls of one factory must both be
 * good: each is about a hold or a visit of its own.
 */
export type VisitFactory = (place: TestSchedule) => Promise<Visit>;

/** One per visitor procedure, by its path: without one the suite fails. A file per noun; add yours here. */
export const visitFactories: Readonly<Record<string, VisitFactory>> = {
  ...bookingVisits,
  ...communicationVisits,
  ...waitlistVisits,
  "publicPage.read": async () => ({ input: undefined }),
  "publicPage.notice": async () => ({ input: undefined }),
  "publicPage.nextPlaces": async ({ serviceId, practitioners }) => ({
    input: { serviceId, practitionerId: practitioners[0] },
  }),
};
