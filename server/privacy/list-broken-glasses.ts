import type { z } from "zod";
import { requirePermission } from "#server/access/require-permission.ts";
import { nameSubjects } from "#server/audit/name-subjects.ts";
import { recordRead } from "#server/audit/record-read.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import type { newestFirst } from "./schema.ts";

export interface BrokenGlassView {
  readonly id: string;
  readonly patientId: string;
  /** null when the patient is closed to this reader. */
  readonly patientName: string | null;
  readonly userName: string | null;
  /** As the provider documented it. */
  readonly reason: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** Every time that a restriction was passed, by whom and why, newest first, one page at a time (AC-21). */
export async function listBrokenGlasses(
  ctx: ClinicContext,
  { before, most, refresh }: z.output<typeof newestFirst>,
): Promise<{ rows: BrokenGlassView[]; next: string | null }> {
  requirePermission(ctx, "privacy:manage");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const found = await db.breakGlass.findMany({
      where: { clinicId, ...(before && { id: { lt: before } }) },
      orderBy: { id: "desc" },
      take: most + 1,
    });
    const shown = found.slice(0, most);
    const names = await nameSubjects(db, clinicId, {
      users: shown.map(({ userId }) => userId),
      subjects: shown.map(({ patientId }) => patientId),
    });
    const entityIds = shown.map(({ id }) => id);
    const entry = { event: "patient.glasses-read", entity: "BreakGlass", entityIds };
    if (shown.length > 0) await recordRead(db, ctx, entry, { refresh });
    const rows = shown.map(({ id, patientId, userId, reason, createdAt, expiresAt }) => ({
      id,
      patientId,
      patientName: names.get(patientId) ?? null,
      userName: names.get(userId) ?? null,
      reason,
      createdAt,
      expiresAt,
    }));
    return { rows, next: found.length > most ? (shown.at(-1)?.id ?? null) : null };
  });
}
