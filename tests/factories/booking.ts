import { randomBytes } from "node:crypto";
import { hashToken } from "#server/auth/read-session.ts";
import { composeBookingCode } from "#server/booking/compose-booking-code.ts";
import { unpackTimes } from "#server/booking/free-times.ts";
import { timeArguments } from "#server/booking/hold-time.ts";
import type { VisitorContext } from "#server/context.ts";
import { database } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withVisitor } from "#server/db/with-visitor.ts";
import type { SolvedChallenge } from "#server/proof-of-work/schema.ts";
import { noticeVersion } from "#server/public-page/notice.ts";
import { createCaller } from "#server/trpc/router.ts";
import { requestContext } from "./clinic.ts";
import type { TestSchedule } from "./schedule.ts";

export const freshToken = (): string => randomBytes(32).toString("base64url");
export const freshEmail = (): string => `${randomBytes(5).toString("hex")}@personne.example`;

/** Strangers come from everywhere: what limits one address stops no other. */
const anAddress = () => `2001:db8:${randomBytes(2).toString("hex")}:${randomBytes(2).toString("hex")}::1`;

/** Calls procedures as a clinic's page does: with the token that the browser made, and an address of its own. */
export function visitorOf({ clinic }: Pick<TestSchedule, "clinic">, token?: string, address = anAddress()) {
  return createCaller({
    ...requestContext(),
    origin: { address, userAgent: "test" },
    cookie: () => undefined,
    realm: "visitor",
    background: false,
    clinicSlug: clinic.slug,
    ...(token && { visitToken: token }),
  });
}

/** The day in so many days, in UTC: far enough from midnight and from any notice. */
export const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** The nth free time of a day. */
export async function freeTime(place: TestSchedule, days = 3, nth = 0) {
  const answer = await visitorOf(place).booking.times({
    serviceId: place.serviceId,
    from: inDays(days),
    days: 1,
    newPatient: true,
  });
  const time = unpackTimes(answer)[nth];
  if (!time) throw new Error("nothing is free that day");
  return wish(place, time);
}

/** A free time as a page asks for it. */
export const wish = (place: TestSchedule, time: { startsAt: Date; locationId: string; resourceId: string }) => ({
  serviceId: place.serviceId,
  startsAt: time.startsAt,
  locationId: time.locationId,
  resourceId: time.resourceId,
  anyResource: false,
  mode: "in-person" as const,
  newPatient: true,
});

export const person = (email: string) => ({
  givenName: "Isabelle",
  familyName: "Tremblay",
  birthDate: "1991-06-12",
  relation: "self" as const,
  bookerName: "",
  email,
  phone: "418 555-0142",
  locale: "fr" as const,
  nam: "",
  noticeVersion,
});

/** A time held by whoever solved the puzzle, which costs the machine a second each time: here it is taken as solved. */
export async function hold(place: TestSchedule, token: string, time?: Awaited<ReturnType<typeof freeTime>>) {
  const wished = time ?? (await freeTime(place));
  const answer = await holdSlot(place, token, wished);
  if (!answer?.held) throw new Error("the time is not free");
  return wished;
}

/** What PostgreSQL answers to whoever wants a time. */
export async function holdSlot(place: TestSchedule, token: string, time: Awaited<ReturnType<typeof freeTime>>) {
  const ctx: VisitorContext = { ...requestContext(), visitor: true, clinic: place.clinic };
  const { rows } = await database("web").call({
    text: "select reference.hold_slot($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, true) as answer",
    values: [ctx.clinic.id, newId(), hashToken(token), ...(await timeArguments(ctx, { ...time, code: "" }))],
  });
  return rows[0]?.answer as { held: boolean; next?: unknown[] } | null;
}

/** The six digits that the worker would mail to whoever goes by this token. */
export async function mailedCode({ clinic }: TestSchedule, token: string): Promise<string> {
  const ctx: VisitorContext = { ...requestContext(), visitor: true, clinic, tokenHash: hashToken(token) };
  const check = await withVisitor(ctx, (db) => db.contactCheck.findFirst({ where: { clinicId: clinic.id } }));
  const worker = { requestId: newId(), job: "deliver-mail", clinicId: clinic.id };
  const mail = await composeBookingCode(worker, {
    deliveryId: newId(),
    locale: "fr",
    subject: { checkId: check?.id ?? "" },
  });
  if (!mail) throw new Error("no code leaves");
  return mail.values.code;
}

/** An address proved by its code. */
export async function prove(place: TestSchedule, token: string, proof?: SolvedChallenge): Promise<string> {
  const [visitor, email] = [visitorOf(place, token), freshEmail()];
  await visitor.booking.requestCode({ email, locale: "fr", proof });
  await visitor.booking.verifyCode({ code: await mailedCode(place, token) });
  return email;
}

/** A visit booked from end to end. @returns its token and its time */
export async function book(place: TestSchedule, days = 3, nth = 0) {
  const token = freshToken();
  const time = await hold(place, token, await freeTime(place, days, nth));
  const email = await prove(place, token);
  const { appointmentId } = await visitorOf(place, token).booking.confirm({ ...person(email), time });
  return { token, time, email, appointmentId };
}
