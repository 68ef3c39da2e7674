import { isDeepStrictEqual } from "node:util";
import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { conflict, notFound, precondition } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { openRecord } from "#server/record-entry/open-record.ts";
import { prescriptionSelect } from "./record.ts";
import type { DiscardPrescriptionInput, PreparePrescriptionInput } from "./schema.ts";

/**
 * Keeps what is being prepared, complete or not. Whoever holds `chart:prepare` does, a trainee too; one that is signed is no longer written
 * in. Sent twice, it is one save. A person prepares one at a time for a patient: two windows share it, and the second is told of the first.
 * @throws Conflict `stale`, `prescription.otherPrepared` with its id; Precondition when what it corrects is not signed; NotFound
 */
export async function preparePrescription(
  ctx: ClinicContext,
  { id, patientId, version, items, replacesId }: PreparePrescriptionInput,
): Promise<{ id: string; version: number }> {
  requirePermission(ctx, "chart:prepare");
  const clinicId = ctx.clinic.id;
  const content = { items };
  return withStaff(ctx, async (db) => {
    await openRecord(db, ctx, patientId);
    const current = await db.prescription.findFirst({
      where: { clinicId, id },
      select: { ...prescriptionSelect, patientId: true },
    });
    if (current && current.patientId !== patientId) throw notFound();
    if (current) {
      const { count } = await db.prescription.updateMany({
        where: { clinicId, id, version, status: "prepared" },
        data: { content, version: version + 1 },
      });
      if (count > 0) return { id, version: version + 1 };
      // The same save again, whose answer was lost on the way.
      const isSame =
        current.version === version + 1 && isDeepStrictEqual(current.content, JSON.parse(JSON.stringify(content)));
      if (isSame && current.status === "prepared") return { id, version: current.version };
      throw await refuseStale(db, ctx, id, current);
    }
    if (replacesId) {
      const before = await db.prescription.findFirst({
        where: { clinicId, id: replacesId, patientId },
        select: { status: true },
      });
      if (!before) throw notFound();
      if (before.status !== "signed") throw precondition("prescription.notSigned");
    }
    const { count } = await db.prescription.createMany({
      data: { clinicId, id, patientId, authorId: ctx.user.id, content, replacesId },
      skipDuplicates: true,
    });
    if (count === 0) {
      const other = await db.prescription.findFirst({
        where: { clinicId, patientId, authorId: ctx.user.id, status: "prepared" },
        select: { id: true },
      });
      throw conflict("prescription.otherPrepared", { id: other?.id ?? null });
    }
    await recordAudit(db, ctx, {
      event: "prescription.prepared",
      action: "C",
      entity: "Prescription",
      entityIds: [id],
      patientId,
      ground: groundOf(ctx),
    });
    return { id, version: 1 };
  });
}

/** It will not be signed. @throws Conflict `stale`; NotFound */
export async function discardPrescription(
  ctx: ClinicContext,
  { id, version }: DiscardPrescriptionInput,
): Promise<{ version: number }> {
  requirePermission(ctx, "chart:prepare");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const current = await db.prescription.findFirst({
      where: { clinicId, id },
      select: { ...prescriptionSelect, patientId: true },
    });
    if (!current) throw notFound();
    const { count } = await db.prescription.updateMany({
      where: { clinicId, id, version, status: "prepared" },
      data: { status: "discarded", version: version + 1 },
    });
    if (count === 0) throw await refuseStale(db, ctx, id, current);
    await recordAudit(db, ctx, {
      event: "prescription.discarded",
      action: "U",
      entity: "Prescription",
      entityIds: [id],
      patientId: current.patientId,
      ground: groundOf(ctx),
    });
    return { version: version + 1 };
  });
}
