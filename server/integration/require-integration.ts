import type { Db } from "#server/db/database.ts";
import { precondition } from "#server/errors.ts";
import type { ClinicIntegrationCode } from "#server/outbound/register.ts";

/**
 * Asked by every verb that would set up or use an integration, in its own transaction.
 * @throws Precondition when this clinic has it switched off
 */
export async function requireIntegration(db: Db, clinicId: string, code: ClinicIntegrationCode): Promise<void> {
  const row = await db.integration.findFirst({ where: { clinicId, code, enabled: true }, select: { id: true } });
  if (!row) throw precondition("integration.off");
}
