import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { checkDates, openRecord } from "#server/record-entry/open-record.ts";
import { historySelect } from "./record.ts";
import type { ChangeHistoryEntryInput } from "./schema.ts";

/** Other words, or no longer so. @throws Conflict `stale`, with the other version; Invalid; NotFound */
export async function changeHistoryEntry(
  ctx: ClinicContext,
  input: ChangeHistoryEntryInput,
): Promise<{ version: number }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  const { id, version, ...card } = input;
  return withStaff(ctx, async (db) => {
    const current = await db.historyEntry.findFirst({
      where: { clinicId, id },
      select: { ...historySelect, patientId: true },
    });
    if (!current) throw notFound();
    const { patientId, ...shown } = current;
    checkDates(await openRecord(db, ctx, patientId), card.kind === "family" ? {} : { occurred: card.occurred });
    const { count } = await db.historyEntry.updateMany({
      where: { clinicId, id, version, status: { not: "entered-in-error" } },
      data: { ...card, version: version + 1 },
    });
    if (count === 0) throw await refuseStale(db, ctx, id, shown);
    await recordAudit(db, ctx, {
      event: "history.changed",
      action: "U",
      entity: "HistoryEntry",
      entityIds: [id],
      patientId,
      ground: groundOf(ctx),
      detail: { version: version + 1, status: card.status },
    });
    return { version: version + 1 };
  });
}
