import { newId } from "#server/db/new-id.ts";
import { noticeVersion } from "#server/public-page/notice.ts";
import { book, freshToken, hold, prove } from "#tests/factories/booking.ts";
import type { TestSchedule } from "#tests/factories/schedule.ts";
import { anyTime, makeOffer } from "#tests/factories/waitlist.ts";

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
  "publicPage.read": async () => ({ input: undefined }),
  "publicPage.notice": async () => ({ input: undefined }),
  "publicPage.nextPlaces": async ({ serviceId, practitioners }) => ({
    input: { serviceId, practitionerId: practitioners[0] },
  }),
  "waitlist.join": async (place) => {
    const token = freshToken();
    await hold(place, token);
    await prove(place, token);
    return { input: joinForm(place), token };
  },
  "waitlist.sooner": async (place) => ({ input: { id: newId() }, token: (await book(place, nextDay())).token }),
  "waitlist.readOffer": async (place) => ({ input: undefined, token: (await makeOffer(place, nextDay())).token }),
  "waitlist.acceptOffer": async (place) => ({ input: undefined, token: (await makeOffer(place, nextDay())).token }),
  "waitlist.declineOffer": async (place) => ({
    input: { leave: false },
    token: (await makeOffer(place, nextDay())).token,
  }),
};

let day = 10;
/** A day of each visit's own: no two ask for one time. */
const nextDay = (): number => (day = day === 80 ? 10 : day + 1);

const joinForm = (place: TestSchedule) => ({
  ...anyTime(place),
  locationId: place.locationId,
  resourceIds: [place.practitioners[0]],
  id: newId(),
  personId: newId(),
  givenName: "Isabelle",
  familyName: "Tremblay",
  birthDate: "1991-06-12",
  phone: "418 555-0142",
  locale: "fr",
  newPatient: true,
  noticeVersion,
});
