import { randomBytes } from "node:crypto";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { noticeVersion } from "#server/public-page/notice.ts";
import { composeWaitlistOffer } from "#server/waitlist/compose-offer.ts";
import type { AddEntryInput } from "#server/waitlist/schema.ts";
import { freshToken, hold, inDays, prove, visitorOf } from "./booking.ts";
import { callerOf } from "./caller.ts";
import type { TestClinic } from "./clinic.ts";
import { publishPage } from "./public-page.ts";
import { sit, type TestSchedule } from "./schedule.ts";

/** Any time of the place's service. */
export const anyTime = (place: Pick<TestSchedule, "serviceId">) => ({
  serviceId: place.serviceId,
  locationId: null,
  resourceIds: [],
  weekdays: [],
  fromMinute: 0,
  untilMinute: 1440,
  untilDate: null,
});

/** A patient with an address who reads French, as most fictional people do but not all, on the list as staff put them there. */
export async function makeWaiting(place: TestSchedule, wish: Partial<AddEntryInput> = {}) {
  const { clinic } = place;
  const email = `${randomBytes(5).toString("hex")}@personne.example`;
  const patient = await makePatient(clinic.owner.ctx, {
    language: "fr",
    contacts: [{ system: "email", use: "home", value: email }],
  });
  const id = newId();
  await callerOf(clinic.owner, clinic).waitlist.add({
    id,
    patientId: patient.id,
    ...anyTime(place),
    priority: 2,
    note: "",
    ...wish,
  });
  return { entryId: id, patientId: patient.id, email };
}

/** Somebody who asked on the page to wait, by the address that they proved. @returns the token of their tab, and their place on the list */
export async function joinOnPage(place: TestSchedule, newPatient = true, locale: "fr" | "en" = "fr") {
  const [token, id] = [freshToken(), newId()];
  await hold(place, token);
  const email = await prove(place, token);
  const input = {
    ...anyTime(place),
    id,
    personId: newId(),
    givenName: "Camille",
    familyName: "Desrosiers",
    birthDate: "2001-12-04",
    phone: "",
    locale,
    newPatient,
    noticeVersion,
  };
  await visitorOf(place, token).waitlist.join(input);
  await visitorOf(place, token).booking.release({ mayReturn: false });
  return { token, id, email, input };
}

/** A patient's visit on a day to come, as staff write it. */
export async function makeVisit(place: TestSchedule, days = 3, time = "09:00") {
  const { clinic } = place;
  const patient = await makePatient(clinic.owner.ctx);
  return withStaff(clinic.owner.ctx, async (db) => {
    const [sittingId, appointmentId] = [await sit(db, place, { at: `${inDays(days)} ${time}` }), newId()];
    await db.appointment.createMany({
      data: { clinicId: clinic.id, id: appointmentId, sittingId, patientId: patient.id, source: "staff" },
    });
    return { sittingId, appointmentId, patientId: patient.id };
  });
}

/** The visit goes off, as every door does it. */
export async function callOff({ clinic }: TestSchedule, visit: { sittingId: string; appointmentId: string }) {
  await withStaff(clinic.owner.ctx, async (db) => {
    await db.appointment.updateMany({
      where: { clinicId: clinic.id, id: visit.appointmentId },
      data: {
        status: "cancelled",
        flow: "none",
        cancelledAt: new Date(),
        cancelledBy: "patient",
        version: { increment: 1 },
      },
    });
    await db.sitting.updateMany({
      where: { clinicId: clinic.id, id: visit.sittingId },
      data: { status: "cancelled", version: { increment: 1 } },
    });
  });
}

/** A time that a cancelled visit left free. */
export async function makeFreed(place: TestSchedule, days = 3, time = "09:00"): Promise<string> {
  const visit = await makeVisit(place, days, time);
  await callOff(place, visit);
  return withStaff(place.clinic.owner.ctx, async (db) => {
    const freed = await db.freedTime.findFirstOrThrow({
      where: { clinicId: place.clinic.id, startsAt: { gt: new Date() }, status: "open" },
      orderBy: { createdAt: "desc" },
    });
    return freed.id;
  });
}

/** The links that the worker would mail for the offers of a freed time, by entry. */
export async function mailedOffers({ clinic }: TestSchedule, freedTimeId: string): Promise<Map<string, string>> {
  const offers = await withStaff(clinic.owner.ctx, (db) =>
    db.waitlistOffer.findMany({ where: { clinicId: clinic.id, freedTimeId, status: "open" } }),
  );
  const worker = { requestId: newId(), job: "deliver-mail", clinicId: clinic.id };
  const links = new Map<string, string>();
  for (const { id, entryId } of offers) {
    const mail = await composeWaitlistOffer(worker, { deliveryId: newId(), locale: "fr", subject: { offerId: id } });
    // None leaves for an offer that ran out.
    if (mail) links.set(entryId, mail.values.path.split("#")[1] ?? "");
  }
  return links;
}

/** Published, unless it is: an offer's link leads there. */
export async function ensurePage(clinic: TestClinic): Promise<void> {
  const where = { clinicId: clinic.id, publishedAt: { not: null } };
  const page = await withStaff(clinic.owner.ctx, (db) =>
    db.publicPage.findFirst({ where, select: { clinicId: true } }),
  );
  if (!page) await publishPage(clinic);
}

/** One patient, one freed time, one offer. @returns the offer's token */
export async function makeOffer(place: TestSchedule, days = 3, time = "09:00") {
  await ensurePage(place.clinic);
  const waiting = await makeWaiting(place);
  const freedTimeId = await makeFreed(place, days, time);
  await callerOf(place.clinic.owner, place.clinic).waitlist.offer({ freedTimeId, entryIds: [waiting.entryId] });
  const token = (await mailedOffers(place, freedTimeId)).get(waiting.entryId) ?? "";
  return { ...waiting, freedTimeId, token };
}
