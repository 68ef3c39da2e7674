import type { Db } from "#server/db/database.ts";
import { invalid } from "#server/errors.ts";

/** @throws Invalid beside `locationId` when it is not in service here, or beside `name` when another room or device there has it. */
export async function checkResource(
  db: Db,
  clinicId: string,
  { id, name, locationId }: { id: string; name: string; locationId: string },
): Promise<void> {
  const place = await db.location.findFirst({
    where: { clinicId, id: locationId, status: "active" },
    select: { id: true },
  });
  if (!place) throw invalid("invalid", { locationId: "schedule.locationUnknown" });
  const other = await db.resource.findFirst({
    where: { clinicId, locationId, name, status: "active", id: { not: id } },
    select: { id: true },
  });
  if (other) throw invalid("invalid", { name: "schedule.resourceName" });
}
