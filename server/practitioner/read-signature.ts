import { recordRead } from "#server/audit/record-read.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { notFound } from "#server/errors.ts";
import { maySignAs } from "./may-sign-as.ts";

/**
 * Before a signature's picture is shown, in the caller's transaction: whose it is, whether this person may see it, and the line
 * in the journal. One that was replaced is shown to nobody.
 * @throws NotFound; Forbidden
 */
export async function readSignature(db: Db, ctx: ClinicContext, fileId: string): Promise<void> {
  const practitioner = await db.practitioner.findFirst({
    where: { clinicId: ctx.clinic.id, signatureFileId: fileId },
    select: { id: true, membershipId: true },
  });
  if (!practitioner) throw notFound();
  maySignAs(ctx, practitioner);
  await recordRead(
    db,
    ctx,
    { event: "practitioner.signature-read", entity: "Practitioner", entityIds: [practitioner.id, fileId] },
    { refresh: true },
  );
}
