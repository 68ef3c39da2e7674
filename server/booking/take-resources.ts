import type { Db } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";

interface Taking {
  readonly clinicId: string;
  readonly sittingId: string;
  readonly serviceId: string;
  readonly at: Date;
  readonly lead: string | null;
  readonly locationId: string;
  readonly newPatient: boolean;
}

/**
 * Who and what a visit would occupy at that instant, as long as it is and its own time counted as free, the one whose column it stands in
 * first; null when it cannot be.
 */
export async function chooseResources(db: Db, taking: Taking): Promise<readonly string[] | null> {
  const { clinicId, serviceId, at, lead, locationId, newPatient, sittingId } = taking;
  const [row] = await db.$queryRaw<{ chosen: string[] | null }[]>`
    select clinic.choose_resources(${clinicId}::uuid, ${serviceId}::uuid, ${at}::timestamptz, ${lead}::uuid, ${locationId}::uuid, ${newPatient},
      ${sittingId}::uuid, now()) as chosen`;
  return row?.chosen ?? null;
}

/** Writes what a sitting occupies; its time is copied from the sitting by the database. */
export async function occupy(db: Db, clinicId: string, sittingId: string, resources: readonly string[]): Promise<void> {
  for (const resourceId of resources)
    await db.$executeRaw`
      insert into clinic.occupancy (clinic_id, id, resource_id, sitting_id)
      values (${clinicId}::uuid, ${newId()}::uuid, ${resourceId}::uuid, ${sittingId}::uuid)`;
}
