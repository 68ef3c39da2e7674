import type { z } from "zod";
import type { VisitorContext } from "#server/context.ts";
import { withVisitor } from "#server/db/with-visitor.ts";
import { type FreeTime, timesText } from "./find-times.ts";
import { needToken } from "./need-token.ts";
import type { otherTimesInput } from "./schema.ts";
import { countsAsNew, openVisit } from "./visit.ts";

/** The free times of a visit's own service, its own time counted as free. @throws NotFound `booking.noVisit` */
export async function otherTimes(
  ctx: VisitorContext,
  { from, days, locationId, practitionerId }: z.output<typeof otherTimesInput>,
): Promise<{ times: readonly FreeTime[] }> {
  needToken(ctx);
  return withVisitor(ctx, async (db) => {
    const visit = await openVisit(db, ctx);
    const values = [ctx.clinic.id, visit.serviceId, from, days, locationId, practitionerId && [practitionerId]];
    return {
      times: await db.$queryRawUnsafe<FreeTime[]>(timesText("true"), ...values, countsAsNew(visit), visit.sittingId),
    };
  });
}
