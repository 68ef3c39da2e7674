import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { notFound } from "#server/errors.ts";
import { atMyPlaces } from "./at-my-places.ts";
import { requestSelect, viewRequest } from "./record.ts";

/**
 * The request that a screen was showing at this version.
 * @throws NotFound; Conflict `stale` with the request as it is now
 */
export async function needRequest(
  db: Db,
  ctx: ClinicContext,
  { id, version }: { readonly id: string; readonly version: number },
) {
  const row = await db.requestPerson.findFirst({
    where: { clinicId: ctx.clinic.id, id, ...atMyPlaces(ctx) },
    select: { ...requestSelect, namSealed: true },
  });
  if (!row) throw notFound();
  if (row.version !== version) throw await refuseStale(db, ctx, id, viewRequest(row), "RequestPerson");
  return row;
}
