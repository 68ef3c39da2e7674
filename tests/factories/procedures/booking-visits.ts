import {
  book,
  freeTime,
  freshEmail,
  freshToken,
  hold,
  inDays,
  mailedCode,
  person,
  prove,
  visitorOf,
  wish,
} from "#tests/factories/booking.ts";
import type { TestSchedule } from "#tests/factories/schedule.ts";
import type { VisitFactory } from "./visits.ts";

let lastDay = 2;

/** A day of its own for each call, so that none takes the time of another. */
const ownDay = () => {
  lastDay += 1;
  return lastDay;
};

const ofVisit =
  (input: (place: TestSchedule, days: number) => Promise<unknown>): VisitFactory =>
  async (place) => {
    const days = ownDay();
    const { token } = await book(place, days);
    return { token, input: await input(place, days) };
  };

/** Booking, and the link of a visit. The holds are by tokens of their own. */
export const bookingVisits: Readonly<Record<string, VisitFactory>> = {
  "booking.services": async () => ({ input: { code: "" } }),
  "booking.times": async ({ serviceId, practitioners, locationId }) => ({
    input: { serviceId, practitionerId: practitioners[0], locationId, from: inDays(2), days: 7, newPatient: true },
  }),
  "booking.nextTimes": async ({ practitioners }) => ({ input: { newPatient: true, practitionerId: practitioners[0] } }),
  "booking.hold": async (place) => {
    const [days, token] = [ownDay(), freshToken()];
    await hold(place, token, await freeTime(place, days));
    return { token, input: { ...(await freeTime(place, days, 4)), code: "" } };
  },
  "booking.release": async (place) => {
    const token = freshToken();
    await hold(place, token, await freeTime(place, ownDay()));
    return { token, input: { mayReturn: true } };
  },
  "booking.requestCode": async (place) => {
    const token = freshToken();
    await hold(place, token, await freeTime(place, ownDay()));
    return { token, input: { email: freshEmail(), locale: "fr" } };
  },
  "booking.verifyCode": async (place) => {
    const token = freshToken();
    await hold(place, token, await freeTime(place, ownDay()));
    await visitorOf(place, token).booking.requestCode({ email: freshEmail(), locale: "fr" });
    return { token, input: { code: await mailedCode(place, token) } };
  },
  "booking.confirm": async (place) => {
    const token = freshToken();
    const time = await hold(place, token, await freeTime(place, ownDay()));
    const email = await prove(place, token);
    return { token, input: { ...person(email), time: { ...time, code: "" } } };
  },
  "booking.visit": ofVisit(async () => undefined),
  "booking.calendar": ofVisit(async () => undefined),
  "booking.otherTimes": ofVisit(async ({ practitioners, locationId }, days) => ({
    from: inDays(days),
    days: 3,
    practitionerId: practitioners[0],
    locationId,
  })),
  "booking.confirmPresence": ofVisit(async () => ({ version: 1 })),
  "booking.move": ofVisit(async (place, days) => {
    const { startsAt, locationId, resourceId, anyResource } = wish(place, await freeTime(place, days, 4));
    return { version: 1, startsAt, locationId, resourceId, anyResource };
  }),
  "booking.cancel": ofVisit(async () => ({ version: 1 })),
  "booking.undoCancel": async (place) => {
    const { token } = await book(place, ownDay());
    await visitorOf(place, token).booking.cancel({ version: 1 });
    return { token, input: undefined };
  },
};
