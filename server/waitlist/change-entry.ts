import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { checkWish } from "./check-wish.ts";
import { entrySelect } from "./record.ts";
import type { ChangeEntryInput } from "./schema.ts";

/** Changes what somebody waits for. Offers that left already hold as they were made. @throws Conflict `stale`; NotFound; Invalid beside `untilDate` */
export async function changeEntry(ctx: ClinicContext, input: ChangeEntryInput): Promise<{ version: number }> {
  requirePermission(ctx, "appointment:write");
  const clinicId = ctx.clinic.id;
  const { id, version, untilDate, ...wish } = input;
  return withStaff(ctx, async (db) => {
    const current = await db.waitlistEntry.findFirst({ where: { clinicId, id }, select: entrySelect });
    await checkWish(db, clinicId, ctx.clinic.timeZone, { ...input, untilDate: sameDay(current?.untilDate, untilDate) });
    const { count } = await db.waitlistEntry.updateMany({
      where: { clinicId, id, version, status: "waiting" },
      data: { ...wish, untilDate: untilDate && new Date(untilDate), version: version + 1 },
    });
    if (count === 0)
      throw await refuseStale(
        db,
        ctx,
        id,
        current && { ...current, untilDate: current.untilDate?.toISOString().slice(0, 10) ?? null },
      );
    await recordAudit(db, ctx, {
      event: "waitlist.changed",
      action: "U",
      entity: "WaitlistEntry",
      entityIds: [id],
      ground: "care",
      detail: { version: version + 1 },
    });
    return { version: version + 1 };
  });
}

/** A date that was good when it was written is no fault of whoever changes something else. */
function sameDay(kept: Date | null | undefined, asked: string | null): string | null {
  return kept && asked && kept.toISOString().slice(0, 10) === asked ? null : asked;
}
