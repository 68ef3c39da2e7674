import { randomBytes } from "node:crypto";
import type { Db } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { conflict, notFound } from "#server/errors.ts";
import { holdSchedule } from "#server/schedule/hold-schedule.ts";
import { readRuleRecord } from "./rule-record.ts";

export interface HeldTime {
  readonly sittingId: string;
  readonly serviceId: string;
  readonly locationId: string;
  readonly resourceId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly expiresAt: Date;
}

/**
 * Keeps a freed time for those it is offered to, so that nobody else takes it while they read their mail; kept already, it stays as it is. The
 * hold runs out by itself, at the visit's own time at the latest. In the caller's transaction, as staff.
 * @throws NotFound; Conflict `waitlist.slotGone`
 */
export async function holdFreedTime(
  db: Db,
  clinicId: string,
  freedTimeId: string,
  authorId: string | null,
): Promise<HeldTime> {
  await holdSchedule(db, clinicId);
  const freed = await db.freedTime.findFirst({ where: { clinicId, id: freedTimeId } });
  if (!freed) throw notFound();
  const { serviceId, locationId, resourceId, startsAt, mode } = freed;
  if (freed.status !== "open" || startsAt <= new Date()) throw conflict("waitlist.slotGone");
  if (freed.sittingId) {
    const kept = await db.sitting.findFirst({
      where: { clinicId, id: freed.sittingId, status: "held", holdExpiresAt: { gt: new Date() } },
      select: { id: true, startsAt: true, endsAt: true, holdExpiresAt: true },
    });
    if (kept?.holdExpiresAt && kept.startsAt && kept.endsAt)
      return {
        sittingId: kept.id,
        serviceId,
        locationId,
        resourceId,
        startsAt,
        endsAt: kept.endsAt,
        expiresAt: kept.holdExpiresAt,
      };
  }
  const { offerMinutes } = await readRuleRecord(db, clinicId);
  const [chosen] = await db.$queryRaw<{ resources: string[] | null; expiresAt: Date }[]>`
    select clinic.freed_resources(${clinicId}::uuid, ${freedTimeId}::uuid, now()) as resources,
      least(now() + make_interval(mins => ${offerMinutes}), ${startsAt}::timestamptz) as "expiresAt"`;
  if (!chosen?.resources) throw conflict("waitlist.slotGone");
  const sittingId = newId();
  const { expiresAt } = chosen;
  const [held] = await db.$queryRaw<{ endsAt: Date }[]>`
    insert into clinic.sitting (clinic_id, id, kind, service_id, location_id, resource_id, mode, local_date, local_minute, time_zone, duration_minutes,
      buffer_before_minutes, buffer_after_minutes, status, hold_hash, hold_expires_at, author_id)
    select h.clinic_id, ${sittingId}::uuid, 'visit', h.id, l.id, ${resourceId}::uuid, case when ${mode} = any (h.modes) then ${mode}::text else h.modes[1] end,
      (${startsAt}::timestamptz at time zone l.time_zone)::date,
      extract(hour from ${startsAt}::timestamptz at time zone l.time_zone)::int * 60 + extract(minute from ${startsAt}::timestamptz at time zone l.time_zone)::int,
      l.time_zone, h.duration_minutes, h.buffer_before_minutes, h.buffer_after_minutes, 'held', ${randomBytes(32)}, ${expiresAt}::timestamptz, ${authorId}::uuid
    from clinic.healthcare_service h, clinic.location l
    where h.clinic_id = ${clinicId}::uuid and h.id = ${serviceId}::uuid and l.clinic_id = h.clinic_id and l.id = ${locationId}::uuid
    returning ends_at as "endsAt"`;
  if (!held) throw conflict("waitlist.slotGone");
  for (const resource of chosen.resources)
    await db.$executeRaw`
      insert into clinic.occupancy (clinic_id, id, resource_id, sitting_id)
      values (${clinicId}::uuid, ${newId()}::uuid, ${resource}::uuid, ${sittingId}::uuid)`;
  await db.freedTime.updateMany({ where: { clinicId, id: freedTimeId }, data: { sittingId } });
  return { sittingId, serviceId, locationId, resourceId, startsAt, endsAt: held.endsAt, expiresAt };
}
