import type { Db } from "#server/db/database.ts";
import type { Offered } from "./hold-time.ts";
import { countsAsNew, type OpenVisit } from "./visit.ts";

/** The three next times that would hold this visit, as long as it is; `leadId` null for anybody. */
export async function nearestTimes(
  db: Db,
  clinicId: string,
  visit: OpenVisit,
  { at, leadId }: { readonly at: Date; readonly leadId: string | null },
): Promise<readonly Offered[]> {
  const [row] = await db.$queryRaw<{ next: Offered[] }[]>`
    select clinic.nearest_times(${clinicId}::uuid, ${visit.serviceId}::uuid, ${at}::timestamptz, ${leadId && [leadId]}::uuid[], ${countsAsNew(visit)},
      ${visit.sittingId}::uuid, 3) as next`;
  return row?.next ?? [];
}
