import type { Db } from "#server/db/database.ts";

/** Which of these patients this reader may see: row security hides those who closed themselves to the reader. */
export async function openPatients(db: Db, clinicId: string, ids: string[]): Promise<ReadonlySet<string>> {
  const seen = await db.patient.findMany({ where: { clinicId, id: { in: ids } }, select: { id: true } });
  return new Set(seen.map(({ id }) => id));
}
