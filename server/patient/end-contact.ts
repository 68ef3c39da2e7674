import type { z } from "zod";
import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { notFound } from "#server/errors.ts";
import { changeRecord } from "./change-record.ts";
import type { PatientView } from "./record.ts";
import type { patientVersionRef } from "./schema.ts";
import { staleRecord } from "./stale-record.ts";

/** A number or an address that no longer holds. It is kept, with the day it ended. @throws Conflict `stale`; NotFound */
export async function endContact(
  ctx: ClinicContext,
  { id, version }: z.output<typeof patientVersionRef>,
): Promise<PatientView> {
  requirePermission(ctx, "patient:write");
  const clinicId = ctx.clinic.id;
  return changeRecord(ctx, async (db) => {
    const before = await db.patientContact.findFirst({ where: { clinicId, id }, select: { patientId: true } });
    if (!before) throw notFound();
    const { patientId } = before;
    const { count } = await db.patientContact.updateMany({
      where: { clinicId, id, version, endedAt: null },
      data: { endedAt: new Date(), version: { increment: 1 } },
    });
    if (count === 0) return staleRecord(db, ctx, patientId, "patient_contact", id);
    return { patientId, event: "patient.contact-ended", action: "U", entity: "PatientContact", entityId: id };
  });
}
