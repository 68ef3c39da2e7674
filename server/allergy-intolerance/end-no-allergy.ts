import type { Db } from "#server/db/database.ts";

/** « None known » is no longer so: an allergy is written. The statement stays among the versions. @returns its id, when there was one */
export async function endNoAllergy(db: Db, clinicId: string, patientId: string): Promise<string[]> {
  const stated = await db.allergyIntolerance.findMany({
    where: { clinicId, patientId, kind: "none-known", status: "active" },
    select: { id: true, version: true },
  });
  for (const { id, version } of stated)
    await db.allergyIntolerance.updateMany({
      where: { clinicId, id, version },
      data: { status: "resolved", version: version + 1 },
    });
  return stated.map(({ id }) => id);
}
