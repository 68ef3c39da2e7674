import type { Db } from "#server/db/database.ts";
import type { ExceptionReason } from "./schema.ts";

const exceptionSelect = {
  id: true,
  resourceId: true,
  locationId: true,
  kind: true,
  reason: true,
  title: true,
  fromDate: true,
  fromMinute: true,
  untilDate: true,
  untilMinute: true,
  timeZone: true,
  startsAt: true,
  endsAt: true,
  version: true,
  lastUpdated: true,
} as const;

/** A leave, a closure, a holiday or extra hours, as every verb returns it; days are `YYYY-MM-DD`. */
export type ExceptionRecord = Awaited<ReturnType<typeof readExceptions>>[number];

interface Which {
  id?: string;
  resourceId?: string;
  /** Those that end after this instant. */
  since?: Date;
  after?: string;
  most: number;
}

/** A page in the order of time. */
export async function readExceptions(db: Db, clinicId: string, { id, resourceId, since, after, most }: Which) {
  const rows = await db.scheduleException.findMany({
    where: {
      clinicId,
      status: "active",
      ...(id && { id }),
      ...(resourceId && { resourceId }),
      ...(since && { endsAt: { gt: since } }),
    },
    orderBy: [{ startsAt: "asc" }, { id: "asc" }],
    select: exceptionSelect,
    take: most,
    ...(after ? { cursor: { clinicId_id: { clinicId, id: after } }, skip: 1 } : {}),
  });
  return rows.map(({ fromDate, untilDate, kind, reason, ...row }) => ({
    ...row,
    kind: kind as "open" | "closed",
    reason: reason as ExceptionReason,
    fromDate: fromDate.toISOString().slice(0, 10),
    untilDate: untilDate.toISOString().slice(0, 10),
  }));
}
