import type { Db } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import type { SeriesRule } from "./schema.ts";

/** The series that so many sittings belong to; null when there is only one, which is no series. */
export async function openSeries(
  db: Db,
  clinicId: string,
  series: SeriesRule | undefined,
  occurrences: number,
): Promise<string | null> {
  if (!series || occurrences < 2) return null;
  const id = newId();
  const { frequency, every, weekdays } = series;
  await db.sittingSeries.createMany({ data: { clinicId, id, frequency, every, weekdays, occurrences } });
  return id;
}
