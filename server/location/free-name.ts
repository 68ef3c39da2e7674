import type { Db } from "#server/db/database.ts";
import { invalid } from "#server/errors.ts";

/** @throws Invalid beside `name` when another location of the clinic has it (the unique key says so, too, without a field). */
export async function freeName(db: Db, clinicId: string, { id, name }: { id: string; name: string }): Promise<void> {
  const other = await db.location.findFirst({ where: { clinicId, name, id: { not: id } }, select: { id: true } });
  if (other) throw invalid("invalid", { name: "locationName" });
}
