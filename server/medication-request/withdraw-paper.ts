import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { filedFrom } from "#server/document/record.ts";
import { groundOf } from "#server/patient/ground.ts";

/**
 * The paper of a prescription that no longer holds, where one was put among the documents: it is said to be an error, so that it is sent no more,
 * and the links and faxes that still carry it bring it nowhere. In the transaction that ends the prescription.
 */
export async function withdrawPaper(
  db: Db,
  ctx: ClinicContext,
  { id, patientId, reason }: { readonly id: string; readonly patientId: string; readonly reason: string },
): Promise<void> {
  const rows = await db.$queryRaw<{ id: string; version: number }[]>`
    update clinic.document d set status = 'entered-in-error', error_reason = 'wrong-document', error_note = ${reason}, reviewer_id = null, version = d.version + 1
    where d.clinic_id = ${ctx.clinic.id}::uuid and d.patient_id = ${patientId}::uuid and d.source_system = ${filedFrom} and d.source_id = ${id}
      and d.status in ('filed', 'reviewed')
    returning d.id, d.version`;
  for (const document of rows)
    await recordAudit(db, ctx, {
      event: "document.put-aside",
      action: "U",
      entity: "Document",
      entityIds: [document.id, id],
      patientId,
      ground: groundOf(ctx),
      detail: { version: document.version, reason: "wrong-document" },
    });
}
