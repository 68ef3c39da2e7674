import { recordAudit } from "#server/audit/record-audit.ts";
import type { VisitorContext } from "#server/context.ts";
import { withVisitor } from "#server/db/with-visitor.ts";
import { invalid, notFound, precondition } from "#server/errors.ts";
import { addressKey, consumeLimit } from "#server/limit/consume-limit.ts";
import { postMail } from "#server/mail/post-mail.ts";
import { todayIn } from "#server/patient/today.ts";
import { readPhone } from "#server/phone.ts";
import { noticeVersion } from "#server/public-page/notice.ts";
import type { JoinInput } from "./schema.ts";

/**
 * Somebody asks on the public page to wait for a service, by the address that they proved with a code. They become a request person: it joins
 * no chart and says nothing of any, until staff match it. The same token leaves the list again, and so does the link of the mail
 * that says so. Sent twice with one id, once, and one mail.
 * @throws Precondition `waitlist.unverified`, `booking.noticeChanged`; NotFound for a service that is not online; Invalid beside `untilDate`; LimitReached
 */
export async function joinList(ctx: VisitorContext, input: JoinInput): Promise<{ id: string }> {
  const clinicId = ctx.clinic.id;
  const { id, personId, givenName, familyName, birthDate, locale, newPatient } = input;
  const { serviceId, locationId, resourceIds, weekdays, fromMinute, untilMinute, untilDate } = input;
  if (input.noticeVersion !== noticeVersion) throw precondition("booking.noticeChanged");
  if (!ctx.tokenHash) throw precondition("waitlist.unverified");
  const tokenHash = Buffer.from(ctx.tokenHash);
  const phone = readPhone(input.phone, "phone").split(";")[0] ?? "";
  await consumeLimit("waitlist-join", `${clinicId} ${addressKey(ctx.origin.address)}`);
  return withVisitor(ctx, async (db) => {
    const contact = await db.contactCheck.findFirst({
      where: { clinicId, tokenHash, verifiedAt: { not: null }, expiresAt: { gt: new Date() } },
      select: { email: true, verifiedAt: true },
    });
    if (!contact) throw precondition("waitlist.unverified");
    const service = await db.healthcareService.findFirst({
      where: { clinicId, id: serviceId, online: true, audience: { not: "code" } },
      select: { id: true },
    });
    const page = await db.publicPage.findFirst({ where: { clinicId }, select: { clinicId: true } });
    if (!service || !page) throw notFound();
    const known = await db.practitioner.count({ where: { clinicId, id: { in: resourceIds } } });
    if (known !== new Set(resourceIds).size) throw notFound();
    if (untilDate && untilDate < todayIn("America/Toronto"))
      throw invalid("invalid", { untilDate: "waitlist.untilPast" });
    // Raw: a visitor may not set the columns that Prisma would fill. What the same page sent already is there already.
    const written = await db.$executeRaw`
      insert into clinic.request_person (clinic_id, id, family_name, given_name, birth_date, language, email, phone, new_patient, verified_at, notice_version)
      values (${clinicId}::uuid, ${personId}::uuid, ${familyName}, ${givenName}, ${birthDate}::date, ${locale}, ${contact.email}, ${phone}, ${newPatient},
        ${contact.verifiedAt}::timestamptz, ${noticeVersion})
      on conflict do nothing`;
    if (written === 0) return { id };
    await db.$executeRaw`
      insert into clinic.waitlist_entry (clinic_id, id, request_person_id, service_id, location_id, resource_ids, weekdays, from_minute, until_minute, until_date, source, leave_hash)
      values (${clinicId}::uuid, ${id}::uuid, ${personId}::uuid, ${serviceId}::uuid, ${locationId}::uuid, ${resourceIds}::uuid[], ${weekdays}::int[], ${fromMinute},
        ${untilMinute}, ${untilDate}::date, 'online', ${tokenHash})`;
    await recordAudit(db, ctx, {
      event: "waitlist.joined",
      action: "C",
      entity: "WaitlistEntry",
      entityIds: [id, personId],
      ground: "patient-request",
    });
    await postMail(db, { kind: "waitlist-joined", subject: { entryId: id }, locale, clinicId });
    return { id };
  });
}
