import type { z } from "zod";
import type { VisitorContext } from "#server/context.ts";
import { withVisitor } from "#server/db/with-visitor.ts";
import { type TimesRow, timesText } from "./find-times.ts";
import { type FreeTimes, packTimes } from "./free-times.ts";
import { needToken } from "./need-token.ts";
import type { otherTimesInput } from "./schema.ts";
import { countsAsNew, openVisit } from "./visit.ts";

/** The free times of a visit's own service, its own time counted as free. @throws NotFound `booking.noVisit` */
export async function otherTimes(
  ctx: VisitorContext,
  { from, days, locationId, practitionerId }: z.output<typeof otherTimesInput>,
): Promise<FreeTimes> {
  needToken(ctx);
  return withVisitor(ctx, async (db) => {
    const visit = await openVisit(db, ctx);
    const values = [ctx.clinic.id, visit.serviceId, from, days, locationId, practitionerId && [practitionerId]];
    const asked = [...values, countsAsNew(visit), visit.sittingId];
    const [row] = await db.$queryRawUnsafe<TimesRow[]>(timesText("true"), ...asked);
    return packTimes(row?.found ?? []);
  });
}
