import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { conflict } from "#server/errors.ts";
import type { DisableIntegrationInput } from "./schema.ts";

/** What must stop together with the switch, in the same transaction. */
const stops: Record<DisableIntegrationInput["code"], (db: Db, clinicId: string) => Promise<unknown>> = {
  // Each send asks for the switch again.
  sms: async () => undefined,
  fax: async () => undefined,
  oidc: (db, clinicId) =>
    db.oidcProvider.updateMany({
      where: { clinicId },
      // The sessions that it opened end with it (reference.read_session).
      data: { enabled: false, sessionsValidAfter: new Date(), version: { increment: 1 }, lastUpdated: new Date() },
    }),
  // Read at each visit of a calendar program: from the next one on it is told « busy ».
  calendar: () => Promise.resolve(),
};

/**
 * Switches an integration off, at once. Its assessment stays on record.
 * @throws Conflict when somebody changed it meanwhile, or it was never on
 */
export async function disableIntegration(
  ctx: ClinicContext,
  input: DisableIntegrationInput,
): Promise<{ version: number }> {
  requirePermission(ctx, "integration:manage");
  const { code, version } = input;
  const where = { clinicId: ctx.clinic.id, code };
  return withStaff(ctx, async (db) => {
    const { count } = await db.integration.updateMany({
      where: { ...where, version },
      data: { enabled: false, version: version + 1 },
    });
    if (count === 0) throw conflict("stale");
    await stops[code](db, ctx.clinic.id);
    const row = await db.integration.findFirstOrThrow({ where, select: { id: true } });
    await recordAudit(db, ctx, {
      event: "integration.disabled",
      action: "U",
      entity: "Integration",
      entityIds: [row.id],
      detail: { code, version: version + 1 },
    });
    return { version: version + 1 };
  });
}
