import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { requireLivePatient } from "#server/patient/require-live-patient.ts";
import { checkWish } from "./check-wish.ts";
import type { AddEntryInput } from "./schema.ts";

/** Puts a patient on the waiting list. Sent twice with one id, once. @throws NotFound; Invalid beside `untilDate` */
export async function addEntry(ctx: ClinicContext, input: AddEntryInput): Promise<{ id: string }> {
  requirePermission(ctx, "appointment:write");
  const clinicId = ctx.clinic.id;
  const { id, patientId, untilDate, ...wish } = input;
  return withStaff(ctx, async (db) => {
    if (await db.waitlistEntry.findFirst({ where: { clinicId, id }, select: { id: true } })) return { id };
    await requireLivePatient(db, ctx, patientId);
    await checkWish(db, clinicId, ctx.clinic.timeZone, input);
    await db.waitlistEntry.createMany({
      data: {
        clinicId,
        id,
        patientId,
        authorId: ctx.user.id,
        source: "staff",
        untilDate: untilDate && new Date(untilDate),
        ...wish,
      },
    });
    await recordAudit(db, ctx, {
      event: "waitlist.added",
      action: "C",
      entity: "WaitlistEntry",
      entityIds: [id],
      patientId,
      ground: "care",
    });
    return { id };
  });
}
