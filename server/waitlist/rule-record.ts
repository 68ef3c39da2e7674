import type { Db } from "#server/db/database.ts";
import type { WaitlistRule } from "./schema.ts";

export interface RuleRecord {
  readonly automatic: boolean;
  readonly rule: WaitlistRule;
  /** To how many at once; the first to accept has it. */
  readonly batch: number;
  readonly offerMinutes: number;
  readonly version: number | null;
  readonly lastUpdated: Date;
}

/** How this clinic offers a freed time; the defaults hold while it has said nothing. */
export async function readRuleRecord(db: Db, clinicId: string): Promise<RuleRecord> {
  const row = await db.bookingPolicy.findFirst({
    where: { clinicId },
    select: {
      waitlistAutomatic: true,
      waitlistRule: true,
      waitlistBatch: true,
      offerMinutes: true,
      version: true,
      lastUpdated: true,
    },
  });
  return {
    automatic: row?.waitlistAutomatic ?? false,
    rule: (row?.waitlistRule ?? "arrival") as WaitlistRule,
    batch: row?.waitlistBatch ?? 3,
    offerMinutes: row?.offerMinutes ?? 120,
    version: row?.version ?? null,
    lastUpdated: row?.lastUpdated ?? new Date(0),
  };
}
