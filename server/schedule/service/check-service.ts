import type { Db } from "#server/db/database.ts";
import { invalid } from "#server/errors.ts";
import type { Requirement } from "./schema.ts";

/** @throws Invalid beside `name` when another service in use has it (the unique key says so, too, without a field). */
export async function freeServiceName(db: Db, clinicId: string, id: string, name: string): Promise<void> {
  const other = await db.healthcareService.findFirst({
    where: { clinicId, name, status: "active", id: { not: id } },
    select: { id: true },
  });
  if (other) throw invalid("invalid", { name: "schedule.serviceName" });
}

/** @throws Invalid beside the requirement whose candidates are not this clinic's, or are of another kind. */
export async function checkCandidates(db: Db, clinicId: string, requirements: readonly Requirement[]): Promise<void> {
  const ids = requirements.flatMap(({ candidates }) => candidates);
  const found = await db.resource.findMany({ where: { clinicId, id: { in: ids } }, select: { id: true, kind: true } });
  const kinds = new Map(found.map(({ id, kind }) => [id, kind]));
  const wrong = requirements.findIndex(({ kind, candidates }) => candidates.some((one) => kinds.get(one) !== kind));
  if (wrong >= 0) throw invalid("invalid", { [`requirements.${wrong}.candidates`]: "schedule.resourceUnknown" });
}
