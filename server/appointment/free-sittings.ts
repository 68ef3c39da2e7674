import type { Db } from "#server/db/database.ts";

/** Sets the time of visits free once nobody has a place in them. Groups stay open: others may still come. */
export async function freeSittings(
  db: Db,
  clinicId: string,
  sittingIds: readonly string[],
  status: "cancelled" | "entered-in-error",
): Promise<void> {
  await db.$executeRaw`
    update clinic.sitting s set status = ${status}, version = s.version + 1
    where s.clinic_id = ${clinicId}::uuid and s.id = any (${[...sittingIds]}::uuid[]) and s.kind = 'visit' and s.status in ('booked', 'cancelled') and s.status <> ${status}
      and not exists (select from clinic.place p where p.clinic_id = s.clinic_id and p.sitting_id = s.id)`;
}
