import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import { openText } from "#server/crypto/open-value.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound, precondition } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { formatNam } from "#server/patient/nam.ts";
import { legibleAll } from "#server/pdf/legible.ts";
import { renderPdf } from "#server/pdf/render-pdf.ts";
import { PrescriptionPages } from "./prescription-pdf.tsx";
import { namPlaceOf, type SignedContent } from "./record.ts";
import type { PrintPrescriptionInput } from "./schema.ts";

/** A file for the browser to show or print, as base64; its name names nobody. */
export interface PrintedFile {
  readonly name: string;
  readonly pdf: string;
}

/**
 * The paper of a signed prescription, made again from what was signed, with the whole NAM: each printing is journaled before its bytes leave.
 * One that was cancelled or replaced says so across the page.
 * @throws Precondition `prescription.notSigned`; NotFound
 */
export async function printPrescription(ctx: ClinicContext, { id }: PrintPrescriptionInput): Promise<PrintedFile> {
  requirePermission(ctx, "chart:read");
  const clinicId = ctx.clinic.id;
  const key = await openClinicKey(clinicId);
  const row = await withStaff(ctx, async (db) => {
    const found = await db.prescription.findFirst({ where: { clinicId, id } });
    if (!found) throw notFound();
    if (found.number === null) throw precondition("prescription.notSigned");
    await recordAudit(db, ctx, {
      event: "prescription.printed",
      action: "R",
      entity: "Prescription",
      entityIds: [id],
      patientId: found.patientId,
      ground: groundOf(ctx),
      detail: { number: found.number },
    });
    return found;
  });
  const content = legibleAll(row.content as unknown as SignedContent);
  const nam = row.namSealed && formatNam(openText(key, namPlaceOf(clinicId, id), row.namSealed));
  const voided =
    row.status === "cancelled"
      ? ({ kind: "cancelled", reason: row.cancelReason } as const)
      : row.status === "replaced"
        ? ({ kind: "replaced" } as const)
        : null;
  // Outside the transaction: pages take their time.
  const pdf = await renderPdf(PrescriptionPages({ content, nam, voided }));
  return { name: `ordonnance-${content.number}.pdf`, pdf: pdf.toString("base64") };
}
