import { recordAudit } from "#server/audit/record-audit.ts";
import type { VisitorContext } from "#server/context.ts";
import { withVisitor } from "#server/db/with-visitor.ts";
import { DomainError, notFound, precondition } from "#server/errors.ts";

/**
 * « Tell me if sooner »: the visit that this link opens would be brought forward. Asked twice, it waits once.
 * @throws NotFound when the link opens no visit to come; Precondition `waitlist.notGroup`
 */
export async function askSooner(ctx: VisitorContext, { id }: { id: string }): Promise<{ id: string }> {
  const clinicId = ctx.clinic.id;
  try {
    return await withVisitor(ctx, async (db) => {
      const [visit] = await db.$queryRaw<
        { id: string; kind: string; serviceId: string; locationId: string; until: string }[]
      >`
        select a.id, t.kind, t.service_id as "serviceId", t.location_id as "locationId", t.local_date::text as until
        from clinic.appointment a join clinic.sitting t on t.clinic_id = a.clinic_id and t.id = a.sitting_id
        where a.clinic_id = ${clinicId}::uuid and a.id = nullif(current_setting('app.appointment_id', true), '')::uuid and a.status = 'booked' and t.starts_at > now()
          and exists (select from clinic.appointment_access x where x.clinic_id = a.clinic_id and x.appointment_id = a.id)`;
      if (!visit) throw notFound();
      if (visit.kind !== "visit") throw precondition("waitlist.notGroup");
      await db.$executeRaw`
        insert into clinic.waitlist_entry (clinic_id, id, service_id, location_id, until_date, appointment_id, source)
        values (${clinicId}::uuid, ${id}::uuid, ${visit.serviceId}::uuid, ${visit.locationId}::uuid, ${visit.until}::date, ${visit.id}::uuid, 'online')`;
      await recordAudit(db, ctx, {
        event: "waitlist.joined",
        action: "C",
        entity: "WaitlistEntry",
        entityIds: [id, visit.id],
        ground: "patient-request",
      });
      return { id };
    });
  } catch (error) {
    // The visit waits for an earlier time already: that is what was asked.
    if (error instanceof DomainError && error.key === "alreadyExists") return { id };
    throw error;
  }
}
