import type { z } from "zod";
import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { checkProviders } from "./check-providers.ts";
import { type PatientFilters, patientFilters, type patientVersionRef, type saveListInput } from "./schema.ts";

export interface SavedList {
  readonly id: string;
  readonly name: string;
  readonly filters: PatientFilters;
  readonly shared: boolean;
  /** Only who made it may remove it. */
  readonly mine: boolean;
  readonly version: number;
}

/** One's own lists and those that colleagues share, by name. A list that a newer Chevet no longer understands is left out. */
export async function listSavedLists(ctx: ClinicContext): Promise<SavedList[]> {
  requirePermission(ctx, "patient:read");
  const rows = await withStaff(ctx, (db) =>
    db.patientList.findMany({
      where: { clinicId: ctx.clinic.id, endedAt: null, OR: [{ shared: true }, { authorId: ctx.user.id }] },
      orderBy: [{ name: "asc" }, { id: "asc" }],
      take: 100,
      select: { id: true, name: true, filters: true, shared: true, authorId: true, version: true },
    }),
  );
  return rows.flatMap(({ filters, authorId, ...row }) => {
    const { data } = patientFilters.safeParse(filters);
    return data ? [{ ...row, filters: data, mine: authorId === ctx.user.id }] : [];
  });
}

/** Keeps a question under a name, never its answer. Sent twice with one id, once. @throws Invalid for a doctor who is not of the directory */
export async function saveList(
  ctx: ClinicContext,
  { id, name, filters, shared }: z.output<typeof saveListInput>,
): Promise<{ id: string }> {
  requirePermission(ctx, "patient:read");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const mine = { clinicId, id, authorId: ctx.user.id };
    await checkProviders(db, clinicId, filters, "filters.");
    if (await db.patientList.findFirst({ where: mine, select: { id: true } })) return { id };
    await db.patientList.createMany({ data: { ...mine, name, filters, shared } });
    await recordAudit(db, ctx, { event: "patient.list-saved", action: "C", entity: "PatientList", entityIds: [id] });
    return { id };
  });
}

/** @throws NotFound also for a colleague's list, and when the version is not the one on the screen */
export async function removeList(
  ctx: ClinicContext,
  { id, version }: z.output<typeof patientVersionRef>,
): Promise<{ version: number }> {
  requirePermission(ctx, "patient:read");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const { count } = await db.patientList.updateMany({
      where: { clinicId, id, version, authorId: ctx.user.id, endedAt: null },
      data: { endedAt: new Date(), version: version + 1 },
    });
    if (count === 0) throw notFound();
    await recordAudit(db, ctx, { event: "patient.list-removed", action: "U", entity: "PatientList", entityIds: [id] });
    return { version: version + 1 };
  });
}
