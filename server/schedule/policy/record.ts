import type { Db } from "#server/db/database.ts";
import { usualPolicy } from "./schema.ts";

/** How the clinic books; version 0 and no date while nothing was decided. */
export type PolicyRecord = Awaited<ReturnType<typeof readPolicyRow>>;

export async function readPolicyRow(db: Db, clinicId: string) {
  const row = await db.bookingPolicy.findFirst({
    where: { clinicId },
    select: {
      holdMinutes: true,
      waitlistAutomatic: true,
      offerMinutes: true,
      quietFromMinute: true,
      quietUntilMinute: true,
      waitLimitMinutes: true,
      requestDays: true,
      version: true,
      lastUpdated: true,
    },
  });
  return row ?? { ...usualPolicy, version: 0, lastUpdated: new Date(0) };
}
