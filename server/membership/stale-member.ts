import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import type { DomainError } from "#server/errors.ts";
import { readMember } from "./record.ts";

/** Someone saved first: what the member is now, who changed it and when, for the screen that holds the other version. */
export async function staleMember(db: Db, ctx: ClinicContext, id: string): Promise<DomainError> {
  return refuseStale(db, ctx, id, await readMember(db, ctx.clinic.id, id));
}
