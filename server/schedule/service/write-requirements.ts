import type { Db } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import type { Requirement } from "./schema.ts";

/** Replaces all that a service needs, in the caller's transaction and under the version that it just raised. */
export async function writeRequirements(
  db: Db,
  clinicId: string,
  serviceId: string,
  requirements: readonly Requirement[],
): Promise<void> {
  await db.serviceCandidate.deleteMany({ where: { clinicId, requirementRef: { clinicId, serviceId } } });
  await db.serviceRequirement.deleteMany({ where: { clinicId, serviceId } });
  const rows = requirements.map((one, index) => ({ ...one, id: newId(), rank: index + 1 }));
  await db.serviceRequirement.createMany({
    data: rows.map(({ candidates: _, ...row }) => ({ ...row, clinicId, serviceId })),
  });
  await db.serviceCandidate.createMany({
    data: rows.flatMap(({ id: requirementId, candidates }) =>
      candidates.map((resourceId) => ({ clinicId, id: newId(), requirementId, resourceId })),
    ),
  });
}
