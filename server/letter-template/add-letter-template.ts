import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import type { AddLetterTemplateInput } from "./schema.ts";

/** A template of the clinic's. Sent twice with one id, once. */
export async function addLetterTemplate(
  ctx: ClinicContext,
  { id, kind, title, content }: AddLetterTemplateInput,
): Promise<{ id: string }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    if (await db.letterTemplate.findFirst({ where: { clinicId, id }, select: { id: true } })) return { id };
    await db.letterTemplate.createMany({ data: { clinicId, id, authorId: ctx.user.id, kind, title } });
    await db.letterTemplateVersion.createMany({
      data: { clinicId, templateId: id, number: 1, title, content, writtenBy: ctx.user.id },
    });
    await recordAudit(db, ctx, {
      event: "letter-template.added",
      action: "C",
      entity: "LetterTemplate",
      entityIds: [id],
    });
    return { id };
  });
}
