import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { checkCode } from "./check-code.ts";
import type { ChangePhraseInput } from "./schema.ts";

/** What was put in notes stays there as it was. @throws Conflict `stale`; NotFound, also for somebody else's; Invalid beside `code` */
export async function changePhrase(
  ctx: ClinicContext,
  { id, version, ...card }: ChangePhraseInput,
): Promise<{ version: number }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const mine = { clinicId, id, OR: [{ ownerId: null }, { ownerId: ctx.user.id }] };
    const current = await db.phrase.findFirst({
      where: mine,
      select: { code: true, title: true, body: true, ownerId: true, version: true, lastUpdated: true },
    });
    if (current) await checkCode(db, clinicId, { id, code: card.code, ownerId: current.ownerId });
    const { count } = await db.phrase.updateMany({
      where: { ...mine, version, status: "active" },
      data: { ...card, version: version + 1 },
    });
    if (count === 0) throw await refuseStale(db, ctx, id, current);
    await recordAudit(db, ctx, {
      event: "phrase.changed",
      action: "U",
      entity: "Phrase",
      entityIds: [id],
      detail: { version: version + 1 },
    });
    return { version: version + 1 };
  });
}
