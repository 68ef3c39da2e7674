import type { Db } from "#server/db/database.ts";
import { holdSchedule } from "#server/schedule/hold-schedule.ts";

/**
 * Gives back the time that was kept for offers, and withdraws those that nobody answered. A time that somebody has just taken stays theirs.
 * @returns how many offers were withdrawn
 */
export async function releaseFreedTime(db: Db, clinicId: string, freedTimeId: string): Promise<number> {
  await holdSchedule(db, clinicId);
  const { count } = await db.waitlistOffer.updateMany({
    where: { clinicId, freedTimeId, status: "open" },
    data: { status: "withdrawn", answeredAt: new Date() },
  });
  const freed = await db.freedTime.findFirst({ where: { clinicId, id: freedTimeId }, select: { sittingId: true } });
  const held = freed?.sittingId
    ? await db.sitting.findFirst({ where: { clinicId, id: freed.sittingId, status: "held" }, select: { id: true } })
    : null;
  if (!held) return count;
  await db.$executeRaw`delete from clinic.occupancy where clinic_id = ${clinicId}::uuid and sitting_id = ${held.id}::uuid`;
  // Only a hold that ran out may be deleted: this one has.
  await db.$executeRaw`
    update clinic.sitting set hold_expires_at = now() - interval '1 second', version = version + 1 where clinic_id = ${clinicId}::uuid and id = ${held.id}::uuid`;
  await db.$executeRaw`delete from clinic.sitting where clinic_id = ${clinicId}::uuid and id = ${held.id}::uuid and status = 'held' and hold_expires_at < now()`;
  return count;
}
