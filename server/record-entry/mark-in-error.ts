import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { entries, inErrorEvents } from "./entries.ts";
import type { MarkInErrorInput } from "./schema.ts";

/**
 * It should never have been written here: who says so and why stay with it, and so does what it said (AC-48). The two numbers of a
 * blood pressure were taken together and go together.
 * @throws Conflict `stale`, also for what is in error already; NotFound
 */
export async function markInError(
  ctx: ClinicContext,
  { kind, id, version, reason }: MarkInErrorInput,
): Promise<{ version: number }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  const { entity, rows } = entries[kind];
  return withStaff(ctx, async (db) => {
    const current = await rows(db).findFirst({ where: { clinicId, id } });
    if (!current) throw notFound();
    const mark = { status: "entered-in-error", errorReason: reason, errorBy: ctx.user.id, errorAt: new Date() };
    const { count } = await rows(db).updateMany({
      where: { clinicId, id, version, status: { not: "entered-in-error" } },
      data: { ...mark, version: version + 1 },
    });
    if (count === 0) throw await refuseStale(db, ctx, id, current, entity);
    const others = kind === "observation" ? await takenWith(db, clinicId, id) : [];
    for (const other of others)
      await db.observation.updateMany({
        where: { clinicId, id: other.id, version: other.version },
        data: { ...mark, version: other.version + 1 },
      });
    await recordAudit(db, ctx, {
      event: inErrorEvents[kind],
      action: "U",
      entity,
      entityIds: [id, ...others.map((other) => other.id)],
      patientId: current.patientId,
      ground: groundOf(ctx),
      detail: { version: version + 1 },
    });
    return { version: version + 1 };
  });
}

const pressures = ["bp-systolic", "bp-diastolic"];

/** The other number of the same blood pressure. */
async function takenWith(db: Db, clinicId: string, id: string): Promise<{ id: string; version: number }[]> {
  const one = await db.observation.findFirst({ where: { clinicId, id }, select: { code: true, panelId: true } });
  if (!one?.panelId || !pressures.includes(one.code)) return [];
  return db.observation.findMany({
    where: { clinicId, panelId: one.panelId, code: { in: pressures }, id: { not: id }, status: "final" },
    select: { id: true, version: true },
  });
}
