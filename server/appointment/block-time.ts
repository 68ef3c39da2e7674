import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { holdSchedule } from "#server/schedule/hold-schedule.ts";
import { explainBlock } from "./explain-block.ts";
import { findSittings } from "./find-sitting.ts";
import type { BlockInput } from "./schema.ts";
import { refusePast, settle, taken } from "./settle.ts";
import { writeSittings } from "./write-sittings.ts";

/**
 * Blocks a time of a practitioner, a room or a device, in its hours or out of them. Sent twice with one id, it is blocked once.
 * @throws Conflict `appointment.taken` when something is there; Forbidden to block over it; Invalid for a day that is over; NotFound
 */
export async function blockTime(ctx: ClinicContext, input: BlockInput): Promise<{ id: string; version: number }> {
  requirePermission(ctx, "appointment:write");
  const clinicId = ctx.clinic.id;
  const { id, locationId, date, minute, durationMinutes, title } = input;
  return withStaff(ctx, async (db) => {
    await holdSchedule(db, clinicId);
    const [known] = await findSittings(db, clinicId, { ids: [id] });
    if (known) return { id, version: known.version };
    const place = await db.location.findFirst({ where: { clinicId, id: locationId }, select: { timeZone: true } });
    if (!place) throw notFound();
    refusePast(date, place.timeZone);
    const explanation = await explainBlock(db, clinicId, input);
    const settled = settle(ctx, explanation, input.overbookReason);
    if (!settled) throw taken(explanation);
    await writeSittings(db, ctx, [
      {
        ...settled,
        id,
        kind: "block",
        serviceId: null,
        locationId,
        mode: "in-person",
        title,
        date,
        minute,
        timeZone: place.timeZone,
        durationMinutes,
        bufferBeforeMinutes: 0,
        bufferAfterMinutes: 0,
        capacity: 1,
        seriesId: null,
        seriesIndex: null,
      },
    ]);
    await recordAudit(db, ctx, {
      event: "sitting.blocked",
      action: "C",
      entity: "Sitting",
      entityIds: [id],
      detail: { overbooked: settled.overbookReason !== null },
    });
    return { id, version: 1 };
  });
}
