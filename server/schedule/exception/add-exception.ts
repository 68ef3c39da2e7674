import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { invalid } from "#server/errors.ts";
import { todayIn } from "#server/patient/today.ts";
import { holdSchedule } from "../hold-schedule.ts";
import type { AddExceptionInput } from "./schema.ts";
import { type Where, zonesOf } from "./zones-of.ts";

/**
 * A leave, a closure, a room out of order, or hours beside the usual ones. It moves no visit: those it meets become a list of work.
 * Sent twice with one id, it is added once. In a clinic of several time zones, « everywhere » is one exception per location.
 * @throws Invalid beside its field
 */
export async function addException(ctx: ClinicContext, input: AddExceptionInput): Promise<{ id: string }> {
  requirePermission(ctx, "schedule:manage");
  const clinicId = ctx.clinic.id;
  const { id, reason, resourceId, title, fromDate, fromMinute, untilDate, untilMinute } = input;
  if (untilDate < todayIn(ctx.clinic.timeZone)) throw invalid("invalid", { untilDate: "schedule.past" });
  return withStaff(ctx, async (db) => {
    await holdSchedule(db, clinicId);
    if (await db.scheduleException.findFirst({ where: { clinicId, id }, select: { id: true } })) return { id };
    const places = await placesOf(db, ctx, input);
    const rows = places.map((place, index) => ({
      clinicId,
      ...place,
      id: index === 0 ? id : newId(),
      resourceId,
      kind: reason === "extra" ? "open" : "closed",
      reason,
      title,
      fromDate: new Date(`${fromDate}T00:00:00Z`),
      fromMinute,
      untilDate: new Date(`${untilDate}T00:00:00Z`),
      untilMinute,
    }));
    await db.scheduleException.createMany({ data: rows });
    await recordAudit(db, ctx, {
      event: "exception.added",
      action: "C",
      entity: "ScheduleException",
      entityIds: rows.map((row) => row.id),
      detail: { reason },
    });
    return { id };
  });
}

async function placesOf(db: Db, ctx: ClinicContext, { resourceId, locationId }: AddExceptionInput): Promise<Where[]> {
  const clinicId = ctx.clinic.id;
  const resource = resourceId
    ? await db.resource.findFirst({ where: { clinicId, id: resourceId }, select: { kind: true, locationId: true } })
    : undefined;
  if (resource === null) throw invalid("invalid", { resourceId: "schedule.resourceUnknown" });
  // A room is closed where it stands, whatever else is asked.
  const at = resource?.locationId ?? locationId;
  const place = at
    ? await db.location.findFirst({ where: { clinicId, id: at }, select: { id: true, timeZone: true } })
    : undefined;
  if (place === null) throw invalid("invalid", { locationId: "schedule.locationUnknown" });
  if (locationId && at !== locationId) throw invalid("invalid", { locationId: "schedule.locationUnknown" });
  return place ? [{ locationId: place.id, timeZone: place.timeZone }] : zonesOf(db, clinicId, ctx.clinic.timeZone);
}
