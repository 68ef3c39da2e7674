import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import type { ChangeLetterTemplateInput, RetireLetterTemplateInput } from "./schema.ts";

const select = { title: true, kind: true, number: true, version: true, lastUpdated: true } as const;

/** Letters begun from now on say this; those that were begun keep what they were begun from. @throws Conflict `stale`; NotFound */
export async function changeLetterTemplate(
  ctx: ClinicContext,
  { id, version, title, content }: ChangeLetterTemplateInput,
): Promise<{ version: number; number: number }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const current = await db.letterTemplate.findFirst({ where: { clinicId, id }, select });
    const number = (current?.number ?? 0) + 1;
    const { count } = await db.letterTemplate.updateMany({
      where: { clinicId, id, version, status: "active" },
      data: { title, number, version: version + 1 },
    });
    if (count === 0) throw await refuseStale(db, ctx, id, current);
    await db.letterTemplateVersion.createMany({
      data: { clinicId, templateId: id, number, title, content, writtenBy: ctx.user.id },
    });
    await recordAudit(db, ctx, {
      event: "letter-template.changed",
      action: "U",
      entity: "LetterTemplate",
      entityIds: [id],
      detail: { version: version + 1, number },
    });
    return { version: version + 1, number };
  });
}

/** Offered no more. @throws Conflict `stale`; NotFound */
export async function retireLetterTemplate(
  ctx: ClinicContext,
  { id, version }: RetireLetterTemplateInput,
): Promise<{ version: number }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const { count } = await db.letterTemplate.updateMany({
      where: { clinicId, id, version, status: "active" },
      data: { status: "retired", version: version + 1 },
    });
    if (count === 0)
      throw await refuseStale(db, ctx, id, await db.letterTemplate.findFirst({ where: { clinicId, id }, select }));
    await recordAudit(db, ctx, {
      event: "letter-template.retired",
      action: "U",
      entity: "LetterTemplate",
      entityIds: [id],
      detail: { version: version + 1 },
    });
    return { version: version + 1 };
  });
}
