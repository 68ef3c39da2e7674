import type { Db } from "#server/db/database.ts";
import { notFound } from "#server/errors.ts";

/** Service and practitioner are of this clinic. @throws NotFound */
export async function checkRecall(
  db: Db,
  clinicId: string,
  { serviceId, practitionerId }: { serviceId: string | null; practitionerId: string | null },
): Promise<void> {
  if (
    serviceId &&
    !(await db.healthcareService.findFirst({ where: { clinicId, id: serviceId }, select: { id: true } }))
  )
    throw notFound();
  if (
    practitionerId &&
    !(await db.practitioner.findFirst({ where: { clinicId, id: practitionerId }, select: { id: true } }))
  )
    throw notFound();
}
