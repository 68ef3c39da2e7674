import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { checkCode } from "./check-code.ts";
import type { AddPhraseInput } from "./schema.ts";

/** A phrase of one's own or of the clinic. Sent twice with one id, once. @throws Invalid beside `code` when that word is taken */
export async function addPhrase(ctx: ClinicContext, { id, own, ...card }: AddPhraseInput): Promise<{ id: string }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  const ownerId = own ? ctx.user.id : null;
  return withStaff(ctx, async (db) => {
    if (await db.phrase.findFirst({ where: { clinicId, id }, select: { id: true } })) return { id };
    await checkCode(db, clinicId, { id, code: card.code, ownerId });
    await db.phrase.createMany({ data: { clinicId, id, ownerId, ...card } });
    await recordAudit(db, ctx, { event: "phrase.added", action: "C", entity: "Phrase", entityIds: [id] });
    return { id };
  });
}
