import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { precondition } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { normaliseContact } from "#server/patient/normalise-contact.ts";
import { needRequest } from "./need-request.ts";
import type { ChangeRequestInput } from "./schema.ts";

/**
 * Takes a match or a dismissal back: the visits leave the record they had joined, and the request waits again. What the match had given away is
 * taken back too: the links that were mailed to the wrong person, and the addresses that joined the wrong record.
 * @throws Conflict `stale`; Precondition `request.open` when it waits already, `request.visitBegun` once the person has come, `request.erased`; NotFound
 */
export async function unmatchRequest(ctx: ClinicContext, input: ChangeRequestInput): Promise<{ version: number }> {
  requirePermission(ctx, "appointment:write");
  const clinicId = ctx.clinic.id;
  const { id } = input;
  return withStaff(ctx, async (db) => {
    const request = await needRequest(db, ctx, input);
    if (request.status === "open") throw precondition("request.open");
    if (request.status === "erased") throw precondition("request.erased");
    const begun = await db.appointment.findFirst({
      where: { clinicId, requestPersonId: id, status: { in: ["arrived", "checked-in", "fulfilled"] } },
      select: { id: true },
    });
    if (begun) throw precondition("request.visitBegun");
    await db.requestPerson.updateMany({
      where: { clinicId, id, version: request.version },
      data: { status: "open", patientId: null, version: { increment: 1 } },
    });
    await db.appointment.updateMany({
      where: { clinicId, requestPersonId: id },
      data: { patientId: null, version: { increment: 1 } },
    });
    await db.waitlistOffer.updateMany({
      where: { clinicId, requestPersonId: id, status: "open" },
      data: { patientId: null },
    });
    const takenBack = request.patientId ? await takeBack(db, clinicId, request, request.patientId) : {};
    await recordAudit(db, ctx, {
      event: "request.unmatched",
      action: "U",
      entity: "RequestPerson",
      entityIds: [id],
      ...(request.patientId ? { patientId: request.patientId } : {}),
      ground: groundOf(ctx),
      detail: takenBack,
    });
    return { version: request.version + 1 };
  });
}

/** While it was matched, messages went to the record's own address, each with a link that moves and cancels the visit. */
async function takeBack(
  db: Db,
  clinicId: string,
  { id, email, phone }: { readonly id: string; readonly email: string; readonly phone: string },
  patientId: string,
): Promise<{ links: number; contacts: number }> {
  const matched = sql`(
    select max(v.valid_until) from clinic.record_version v
    where v.clinic_id = ${clinicId}::uuid and v.entity = 'request_person' and v.entity_id = ${id}::uuid and v.content ->> 'status' = 'open')`;
  const links = await db.$executeRaw`
    update clinic.appointment_access x set revoked_at = now()
    from clinic.appointment a
    where x.clinic_id = ${clinicId}::uuid and a.clinic_id = x.clinic_id and a.id = x.appointment_id and a.request_person_id = ${id}::uuid
      and x.revoked_at is null and x.created_at >= ${matched}`;
  const typed = [
    ...(email ? [normaliseContact({ system: "email", value: email, use: "home", rank: 1 })] : []),
    ...(phone ? [normaliseContact({ system: "phone", value: phone, use: "home", rank: 1 })] : []),
  ].map(({ normalised }) => normalised);
  const contacts = await db.$executeRaw`
    update clinic.patient_contact c set ended_at = now(), version = c.version + 1
    where c.clinic_id = ${clinicId}::uuid and c.patient_id = ${patientId}::uuid and c.ended_at is null and c.normalised = any (${typed}::text[])
      and c.created_at between ${matched} - interval '1 minute' and ${matched} + interval '1 minute'`;
  return { links, contacts };
}
