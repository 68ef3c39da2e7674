import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { showPhone } from "#server/phone.ts";

/** What stands at the head of a page: the clinic, and the address of its first location, or of the first one where this person works. */
export interface Letterhead {
  readonly name: string;
  readonly lines: readonly string[];
  /** As it is read. */
  readonly phone: string;
}

export async function readLetterhead(db: Db, ctx: ClinicContext): Promise<Letterhead> {
  const clinicId = ctx.clinic.id;
  const own = ctx.membership.locationIds;
  const clinic = await db.clinic.findFirstOrThrow({ where: { clinicId }, select: { name: true, phone: true } });
  const location = await db.location.findFirst({
    where: { clinicId, status: "active", ...(own && { id: { in: [...own] } }) },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: { addressLine: true, city: true, postalCode: true, phone: true },
  });
  const town = [location?.city && `${location.city} (Québec)`, location?.postalCode].filter(Boolean).join(" ");
  return {
    name: clinic.name,
    lines: [location?.addressLine ?? "", town].filter(Boolean),
    phone: showPhone(location?.phone || clinic.phone, "fr"),
  };
}
