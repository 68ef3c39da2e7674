import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import type { ChangeQuestionnaireInput } from "./schema.ts";

/**
 * Notes begun from now on are asked this; those that were written keep what they were asked.
 * @throws Conflict `stale`; NotFound, also for a shipped one, which is copied first
 */
export async function changeQuestionnaire(
  ctx: ClinicContext,
  { id, version, title, profession, items }: ChangeQuestionnaireInput,
): Promise<{ version: number; number: number }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const mine = { clinicId, id, shippedKey: null, OR: [{ ownerId: null }, { ownerId: ctx.user.id }] };
    const current = await db.questionnaire.findFirst({
      where: mine,
      select: { title: true, profession: true, number: true, version: true, lastUpdated: true },
    });
    const number = (current?.number ?? 0) + 1;
    const { count } = await db.questionnaire.updateMany({
      where: { ...mine, version, status: "active" },
      data: { title, profession, number, version: version + 1 },
    });
    if (count === 0) throw await refuseStale(db, ctx, id, current);
    await db.questionnaireVersion.createMany({
      data: { clinicId, questionnaireId: id, number, title, items, writtenBy: ctx.user.id },
    });
    await recordAudit(db, ctx, {
      event: "questionnaire.changed",
      action: "U",
      entity: "Questionnaire",
      entityIds: [id],
      detail: { version: version + 1, number },
    });
    return { version: version + 1, number };
  });
}
