import type { Role } from "#server/access/permissions.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { forbidden, invalid } from "#server/errors.ts";

export interface Placement {
  readonly role: Role;
  readonly locationIds: readonly string[] | null;
  readonly supervisorId: string | null;
}

const supervising: readonly Role[] = ["owner", "administrator", "professional"];

/**
 * Whether this member may give that place. Only an owner makes an owner; locations and supervisor are of this clinic, and a
 * trainee's supervisor is an active professional. What does not exist and what belongs to another clinic are told alike.
 * @param memberId whose place it is: nobody supervises themselves
 * @throws Forbidden; Invalid beside its field
 */
export async function checkPlacement(db: Db, ctx: ClinicContext, place: Placement, memberId?: string): Promise<void> {
  const clinicId = ctx.clinic.id;
  if (place.role === "owner" && ctx.membership.role !== "owner") throw forbidden();
  if (place.locationIds) {
    const ids = [...new Set(place.locationIds)];
    const known = await db.location.count({ where: { clinicId, id: { in: ids } } });
    if (known !== ids.length) throw invalid("invalid", { locationIds: "locationNeeded" });
  }
  if (place.role !== "trainee" || !place.supervisorId) return;
  const supervisor = await db.membership.findFirst({
    where: { clinicId, id: place.supervisorId, status: "active", role: { in: [...supervising] } },
    select: { id: true },
  });
  if (!supervisor || supervisor.id === memberId) throw invalid("invalid", { supervisorId: "supervisorNeeded" });
}

/** Only a trainee has a supervisor: any other role drops it. */
export function placeOf({ role, locationIds, supervisorId }: Placement): Placement {
  return {
    role,
    locationIds: locationIds && [...new Set(locationIds)],
    supervisorId: role === "trainee" ? supervisorId : null,
  };
}
