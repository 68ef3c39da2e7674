import { requirePermission } from "#server/access/require-permission.ts";
import { recordRead } from "#server/audit/record-read.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { notFound } from "#server/errors.ts";
import { groundOf } from "./ground.ts";

/** Before a face is shown, in the caller's transaction: whose it is, and the line in the journal. One that was replaced is shown to nobody. */
export async function readPhoto(db: Db, ctx: ClinicContext, fileId: string): Promise<void> {
  requirePermission(ctx, "patient:read");
  const patient = await db.patient.findFirst({
    where: { clinicId: ctx.clinic.id, photoFileId: fileId },
    select: { id: true },
  });
  if (!patient) throw notFound();
  await recordRead(
    db,
    ctx,
    {
      event: "patient.photo-read",
      entity: "Patient",
      entityIds: [patient.id, fileId],
      patientId: patient.id,
      ground: groundOf(ctx),
    },
    { refresh: true },
  );
}
