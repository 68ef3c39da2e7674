import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import type { AddQuestionnaireInput } from "./schema.ts";

/** A template of one's own or of the clinic; a copy of a shipped one begins here. Sent twice with one id, once. */
export async function addQuestionnaire(
  ctx: ClinicContext,
  { id, title, profession, items, own }: AddQuestionnaireInput,
): Promise<{ id: string }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    if (await db.questionnaire.findFirst({ where: { clinicId, id }, select: { id: true } })) return { id };
    await db.questionnaire.createMany({
      data: { clinicId, id, title, profession, ownerId: own ? ctx.user.id : null },
    });
    await db.questionnaireVersion.createMany({
      data: { clinicId, questionnaireId: id, number: 1, title, items, writtenBy: ctx.user.id },
    });
    await recordAudit(db, ctx, { event: "questionnaire.added", action: "C", entity: "Questionnaire", entityIds: [id] });
    return { id };
  });
}
