import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { practitionerName } from "#server/practitioner/practitioner-name.ts";
import { type StartingService, startingServices } from "./starting-services.ts";

export interface ProposedService extends StartingService {
  /** Who would give it: those in service of this profession. */
  readonly practitioners: { readonly id: string; readonly name: string }[];
}

/** What the clinic's professions usually begin with, less what has that name already. */
export async function proposeServices(ctx: ClinicContext): Promise<ProposedService[]> {
  requirePermission(ctx, "schedule:manage");
  return withStaff(ctx, (db) => readProposals(db, ctx.clinic.id));
}

/** The same inside a transaction. */
export async function readProposals(db: Db, clinicId: string): Promise<ProposedService[]> {
  const clinic = await db.clinic.findFirst({ where: { clinicId }, select: { professions: true } });
  const people = await db.practitioner.findMany({
    where: { clinicId, status: "active" },
    orderBy: [{ familyName: "asc" }, { givenName: "asc" }, { id: "asc" }],
    select: { id: true, prefix: true, givenName: true, familyName: true, profession: true },
    take: 200,
  });
  const there = await db.healthcareService.findMany({
    where: { clinicId, status: "active" },
    select: { name: true, color: true },
  });
  const professions = new Set([...(clinic?.professions ?? []), ...people.map(({ profession }) => profession)]);
  return startingServices([...professions], there).map((service) => ({
    ...service,
    practitioners: people
      .filter(({ profession }) => profession === service.profession)
      .map((one) => ({ id: one.id, name: practitionerName(one) })),
  }));
}
