import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import type { RetireQuestionnaireInput } from "./schema.ts";

/** Offered no more; the notes that were written on it keep it. @throws Conflict `stale`; NotFound */
export async function retireQuestionnaire(
  ctx: ClinicContext,
  { id, version }: RetireQuestionnaireInput,
): Promise<{ version: number }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const mine = { clinicId, id, shippedKey: null, OR: [{ ownerId: null }, { ownerId: ctx.user.id }] };
    const { count } = await db.questionnaire.updateMany({
      where: { ...mine, version, status: "active" },
      data: { status: "retired", version: version + 1 },
    });
    if (count === 0) {
      const current = await db.questionnaire.findFirst({
        where: mine,
        select: { title: true, version: true, lastUpdated: true },
      });
      throw await refuseStale(db, ctx, id, current);
    }
    await recordAudit(db, ctx, {
      event: "questionnaire.retired",
      action: "U",
      entity: "Questionnaire",
      entityIds: [id],
      detail: { version: version + 1 },
    });
    return { version: version + 1 };
  });
}
