import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import type { FaxAccountRecord } from "./record.ts";

/** The fax service that the clinic wrote down, without its secret. */
export function readFaxAccount(ctx: ClinicContext): Promise<FaxAccountRecord> {
  requirePermission(ctx, "integration:manage");
  return withStaff(ctx, (db) => findFaxAccount(db, ctx.clinic.id));
}

export async function findFaxAccount(db: Db, clinicId: string): Promise<FaxAccountRecord> {
  const row = await db.faxAccount.findFirst({ where: { clinicId } });
  if (!row) return { apiUrl: "", account: "", sender: "", hasSecret: false, version: null };
  const { apiUrl, account, sender, sealedSecret, version } = row;
  return { apiUrl, account, sender, hasSecret: sealedSecret !== null, version };
}
