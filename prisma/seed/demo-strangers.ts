import { randomBytes } from "node:crypto";
import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { hashToken } from "#server/auth/read-session.ts";
import { composeBookingCode } from "#server/booking/compose-booking-code.ts";
import { confirmVisit } from "#server/booking/confirm-visit.ts";
import { findTimes } from "#server/booking/find-times.ts";
import { unpackTimes } from "#server/booking/free-times.ts";
import { holdTime } from "#server/booking/hold-time.ts";
import { requestCode } from "#server/booking/request-code.ts";
import { verifyCode } from "#server/booking/verify-code.ts";
import type { ClinicContext, VisitorContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withVisitor } from "#server/db/with-visitor.ts";
import { issueChallenge } from "#server/proof-of-work/issue-challenge.ts";
import type { SolvedChallenge } from "#server/proof-of-work/schema.ts";
import { noticeVersion } from "#server/public-page/notice.ts";
import { joinList } from "#server/waitlist/join-list.ts";
import { demoRequest } from "./demo-clinic.ts";

/** What strangers do on a demo clinic's page, by the very verbs that the page calls: book, or wait for a place. */

export interface Stranger {
  readonly givenName: string;
  readonly familyName: string;
  readonly birthDate: string;
  readonly email: string;
  readonly phone: string;
  readonly relation?: "self" | "child" | "cared-for";
  readonly bookerName?: string;
  readonly newPatient: boolean;
}

/** Books the nth free time from a day on. Nothing free: the demo has one request less. */
export async function bookOnline(
  { clinic }: ClinicContext,
  who: Stranger,
  { serviceId, from, nth }: { serviceId: string; from: string; nth: number },
): Promise<void> {
  const ctx = stranger(clinic);
  const { newPatient } = who;
  const answer = await findTimes(ctx, {
    serviceId,
    from,
    days: 7,
    newPatient,
    practitionerId: null,
    locationId: null,
  });
  const found = unpackTimes(answer)[nth];
  if (!found) return;
  const { startsAt, locationId, resourceId } = found;
  const time = {
    serviceId,
    startsAt,
    locationId,
    resourceId,
    anyResource: false,
    mode: "in-person",
    newPatient,
    code: "",
  } as const;
  await holdTime(ctx, { ...time, proof: await solved() });
  await proveAddress(ctx, who.email);
  const { givenName, familyName, birthDate, email, phone, relation = "self", bookerName = "" } = who;
  const person = { givenName, familyName, birthDate, email, phone, relation, bookerName, nam: "" };
  await confirmVisit(ctx, { ...person, time, locale: "fr", noticeVersion });
}

/** Asks to be told when a place opens up. */
export async function waitOnline({ clinic }: ClinicContext, who: Stranger, serviceId: string): Promise<void> {
  const ctx = stranger(clinic);
  await proveAddress(ctx, who.email, await solved());
  const { givenName, familyName, birthDate, phone, newPatient } = who;
  await joinList(ctx, {
    id: newId(),
    personId: newId(),
    serviceId,
    locationId: null,
    resourceIds: [],
    weekdays: [],
    fromMinute: 0,
    untilMinute: 1440,
    untilDate: null,
    givenName,
    familyName,
    birthDate,
    phone,
    newPatient,
    locale: "fr",
    noticeVersion,
  });
}

const stranger = (clinic: ClinicContext["clinic"]): VisitorContext => ({
  ...demoRequest(),
  visitor: true,
  clinic: { id: clinic.id, slug: clinic.slug },
  tokenHash: hashToken(randomBytes(32).toString("base64url")),
});

async function solved(): Promise<SolvedChallenge> {
  const challenge = await issueChallenge();
  const solution = await solveChallenge({ challenge, deriveKey });
  if (!solution) throw new Error("no solution in time");
  return { challenge, solution } as SolvedChallenge;
}

/** The code is read as the worker would mail it. */
async function proveAddress(ctx: VisitorContext, email: string, proof?: SolvedChallenge): Promise<void> {
  await requestCode(ctx, { email, locale: "fr", proof });
  const clinicId = ctx.clinic.id;
  const check = await withVisitor(ctx, (db) =>
    db.contactCheck.findFirst({ where: { clinicId }, select: { id: true } }),
  );
  const worker = { requestId: newId(), job: "deliver-mail", clinicId };
  const mail = await composeBookingCode(worker, {
    deliveryId: newId(),
    locale: "fr",
    subject: { checkId: check?.id ?? "" },
  });
  if (mail) await verifyCode(ctx, { code: mail.values.code });
}
