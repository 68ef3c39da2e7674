import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { groundOf } from "#server/patient/ground.ts";
import { indexDocument } from "./index-document.ts";
import { refuseChange, refuseLetter } from "./refuse-change.ts";
import type { DescribeDocumentInput } from "./schema.ts";

/** Other words on a document that is filed: its chart and its content stay as they are, and the earlier words are kept. @throws Conflict `stale`; NotFound */
export async function describeDocument(ctx: ClinicContext, input: DescribeDocumentInput): Promise<{ version: number }> {
  requirePermission(ctx, "document:file");
  const clinicId = ctx.clinic.id;
  const { id, version, datedOn, ...card } = input;
  return withStaff(ctx, async (db) => {
    const where = { clinicId, id, version, status: { in: ["filed", "reviewed"] } };
    const document = await db.document.findFirst({ where, select: { patientId: true, sourceSystem: true } });
    if (document) refuseLetter(document);
    const { count } = await db.document.updateMany({
      where,
      data: { ...card, datedOn: new Date(`${datedOn}T00:00:00Z`), version: version + 1 },
    });
    if (!document?.patientId || count === 0) throw await refuseChange(db, ctx, id);
    await indexDocument(db, clinicId, id);
    await recordAudit(db, ctx, {
      event: "document.described",
      action: "U",
      entity: "Document",
      entityIds: [id],
      patientId: document.patientId,
      ground: groundOf(ctx),
      detail: { version: version + 1 },
    });
    return { version: version + 1 };
  });
}
