import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import type { RetirePhraseInput } from "./schema.ts";

/** Called no more. @throws Conflict `stale`; NotFound, also for somebody else's */
export async function retirePhrase(
  ctx: ClinicContext,
  { id, version }: RetirePhraseInput,
): Promise<{ version: number }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const mine = { clinicId, id, OR: [{ ownerId: null }, { ownerId: ctx.user.id }] };
    const { count } = await db.phrase.updateMany({
      where: { ...mine, version, status: "active" },
      data: { status: "retired", version: version + 1 },
    });
    if (count === 0) {
      const current = await db.phrase.findFirst({
        where: mine,
        select: { code: true, version: true, lastUpdated: true },
      });
      throw await refuseStale(db, ctx, id, current);
    }
    await recordAudit(db, ctx, {
      event: "phrase.retired",
      action: "U",
      entity: "Phrase",
      entityIds: [id],
      detail: { version: version + 1 },
    });
    return { version: version + 1 };
  });
}
