import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { limitReached, notFound } from "#server/errors.ts";
import type { RemoveFavouriteInput, SaveFavouriteInput } from "./schema.ts";

/** More are a list that nobody reads. */
const mostFavourites = 100;

/** What this prescriber often writes, last in their own list. Sent twice with one id, once. @throws LimitReached above a hundred */
export async function saveFavourite(ctx: ClinicContext, input: SaveFavouriteInput): Promise<{ id: string }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  const authorId = ctx.user.id;
  const { id, ...card } = input;
  return withStaff(ctx, async (db) => {
    const mine = await db.medicationFavourite.findMany({
      where: { clinicId, authorId },
      select: { id: true, rank: true, status: true },
    });
    if (mine.some((one) => one.id === id)) return { id };
    const active = mine.filter(({ status }) => status === "active");
    if (active.length >= mostFavourites) throw limitReached(0);
    const rank = Math.max(0, ...active.map((one) => one.rank)) + 1;
    await db.medicationFavourite.createMany({ data: { clinicId, id, authorId, rank: Math.min(rank, 200), ...card } });
    await recordAudit(db, ctx, {
      event: "favourite.added",
      action: "C",
      entity: "MedicationFavourite",
      entityIds: [id],
    });
    return { id };
  });
}

/** @throws NotFound when it was removed already, or is not theirs */
export async function removeFavourite(
  ctx: ClinicContext,
  { id, version }: RemoveFavouriteInput,
): Promise<{ version: number }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const { count } = await db.medicationFavourite.updateMany({
      where: { clinicId, id, version, authorId: ctx.user.id, status: "active" },
      data: { status: "removed", version: version + 1 },
    });
    if (count === 0) throw notFound();
    await recordAudit(db, ctx, {
      event: "favourite.removed",
      action: "U",
      entity: "MedicationFavourite",
      entityIds: [id],
    });
    return { version: version + 1 };
  });
}
