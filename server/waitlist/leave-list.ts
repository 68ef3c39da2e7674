import { recordAudit } from "#server/audit/record-audit.ts";
import type { VisitorContext } from "#server/context.ts";
import { withVisitor } from "#server/db/with-visitor.ts";
import { notFound } from "#server/errors.ts";

/**
 * Somebody waits no more: by the link of the visit that they wanted earlier, which stays as it is, by the token that they joined with, or by the
 * link of the mail that told them so. An offer that left already still holds. Asked twice, they left once.
 * @throws NotFound where nobody ever waited by that token
 */
export async function leaveList(ctx: VisitorContext): Promise<{ left: true }> {
  const clinicId = ctx.clinic.id;
  const tokenHash = ctx.tokenHash && Buffer.from(ctx.tokenHash);
  if (!tokenHash) throw notFound();
  return withVisitor(ctx, async (db) => {
    const gone = await db.$queryRaw<{ id: string }[]>`
      update clinic.waitlist_entry set status = 'removed', version = version + 1
      where clinic_id = ${clinicId}::uuid and status = 'waiting'
        and (appointment_id = nullif(current_setting('app.appointment_id', true), '')::uuid or leave_hash = ${tokenHash} or mailed_hash = ${tokenHash})
      returning id`;
    if (gone.length === 0) {
      const [own] = await db.$queryRaw<{ id: string }[]>`
        select id from clinic.waitlist_entry where clinic_id = ${clinicId}::uuid
          and (appointment_id = nullif(current_setting('app.appointment_id', true), '')::uuid or leave_hash = ${tokenHash} or mailed_hash = ${tokenHash}) limit 1`;
      if (!own) throw notFound();
      return { left: true };
    }
    await recordAudit(db, ctx, {
      event: "waitlist.left",
      action: "U",
      entity: "WaitlistEntry",
      entityIds: gone.map(({ id }) => id),
      ground: "patient-request",
    });
    return { left: true };
  });
}
