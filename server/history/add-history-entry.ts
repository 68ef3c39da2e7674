import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { groundOf } from "#server/patient/ground.ts";
import { checkDates, openRecord } from "#server/record-entry/open-record.ts";
import type { AddHistoryEntryInput } from "./schema.ts";

/** An operation, a father's infarct, a trade. Sent twice with one id, once. @throws Invalid for a date to come or before the birth; NotFound */
export async function addHistoryEntry(ctx: ClinicContext, input: AddHistoryEntryInput): Promise<{ id: string }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  const { id, patientId, ...card } = input;
  return withStaff(ctx, async (db) => {
    if (await db.historyEntry.findFirst({ where: { clinicId, id }, select: { id: true } })) return { id };
    checkDates(await openRecord(db, ctx, patientId), card.kind === "family" ? {} : { occurred: card.occurred });
    await db.historyEntry.createMany({ data: { clinicId, id, patientId, authorId: ctx.user.id, ...card } });
    await recordAudit(db, ctx, {
      event: "history.added",
      action: "C",
      entity: "HistoryEntry",
      entityIds: [id],
      patientId,
      ground: groundOf(ctx),
    });
    return { id };
  });
}
