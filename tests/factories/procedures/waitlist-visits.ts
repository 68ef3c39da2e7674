import { newId } from "#server/db/new-id.ts";
import { noticeVersion } from "#server/public-page/notice.ts";
import { book, freshToken, hold, prove, visitorOf } from "#tests/factories/booking.ts";
import type { TestSchedule } from "#tests/factories/schedule.ts";
import { anyTime, makeOffer } from "#tests/factories/waitlist.ts";
import type { VisitFactory } from "./visits.ts";

/** Joining the waiting list and answering its offers. */
export const waitlistVisits: Readonly<Record<string, VisitFactory>> = {
  "waitlist.join": async (place) => {
    const token = freshToken();
    await hold(place, token);
    await prove(place, token);
    return { input: joinForm(place), token };
  },
  "waitlist.sooner": async (place) => ({ input: { id: newId() }, token: (await book(place, nextDay())).token }),
  "waitlist.leave": async (place) => {
    const { token } = await book(place, nextDay());
    await visitorOf(place, token).waitlist.sooner({ id: newId() });
    return { input: undefined, token };
  },
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
