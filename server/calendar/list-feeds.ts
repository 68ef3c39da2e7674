import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { feedOwner } from "./feed-owner.ts";
import { type FeedLevel, mostFeeds } from "./schema.ts";

export interface FeedRecord {
  readonly id: string;
  readonly level: FeedLevel;
  readonly label: string;
  readonly createdAt: Date;
  /** Null: no program has come yet. */
  readonly lastReadAt: Date | null;
}

/**
 * The live addresses of one practitioner's agenda, the newest first; whether more than « busy » may be given, and whether the caller may
 * be the one who does. @throws NotFound, Forbidden */
export async function listFeeds(
  ctx: ClinicContext,
  { practitionerId }: { practitionerId: string },
): Promise<{ rows: FeedRecord[]; mayName: boolean; own: boolean }> {
  requirePermission(ctx, "schedule:read");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const { userId } = await feedOwner(db, ctx, practitionerId);
    const rows = await db.calendarFeed.findMany({
      where: { clinicId, practitionerId, revokedAt: null },
      orderBy: { id: "desc" },
      select: { id: true, level: true, label: true, createdAt: true, lastReadAt: true },
      take: mostFeeds,
    });
    const on = await db.integration.findFirst({
      where: { clinicId, code: "calendar", enabled: true },
      select: { id: true },
    });
    return {
      rows: rows.map((row) => ({ ...row, level: row.level as FeedLevel })),
      mayName: on !== null,
      own: userId === ctx.user.id,
    };
  });
}
