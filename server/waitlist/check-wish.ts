import type { Db } from "#server/db/database.ts";
import { invalid, notFound } from "#server/errors.ts";
import { todayIn } from "#server/patient/today.ts";
import type { Wish } from "./schema.ts";

/** What is wished for is of this clinic and can still happen. @throws NotFound for a service or a resource of nobody here; Invalid beside `untilDate` */
export async function checkWish(db: Db, clinicId: string, timeZone: string, input: Wish): Promise<void> {
  const { serviceId, resourceIds, untilDate } = input;
  const service = await db.healthcareService.findFirst({
    where: { clinicId, id: serviceId, status: "active" },
    select: { id: true },
  });
  if (!service) throw notFound();
  const known = await db.resource.count({ where: { clinicId, id: { in: resourceIds }, kind: "practitioner" } });
  if (known !== new Set(resourceIds).size) throw notFound();
  if (untilDate && untilDate < todayIn(timeZone)) throw invalid("invalid", { untilDate: "waitlist.untilPast" });
}
