import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { conflict, forbidden, notFound } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import type { MarkNoteInErrorInput } from "./schema.ts";

/**
 * A note that should not be there: of another patient, begun by mistake. It stays, with who says so and why; its text is read by whoever opens
 * it. Only whoever wrote or signed it says so.
 * @throws Forbidden for anybody else; Conflict `stale`; NotFound
 */
export async function markNoteInError(
  ctx: ClinicContext,
  { id, version, reason }: MarkNoteInErrorInput,
  now = new Date(),
): Promise<{ version: number }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  const me = ctx.user.id;
  return withStaff(ctx, async (db) => {
    await db.$queryRaw`select note_id from clinic.note_draft where clinic_id = ${clinicId}::uuid and note_id = ${id}::uuid for update`;
    const note = await db.note.findFirst({ where: { clinicId, id } });
    if (!note) throw notFound();
    if (note.authorId !== me && note.signedBy !== me) throw forbidden();
    const { count } = await db.note.updateMany({
      where: { clinicId, id, version, status: { not: "entered-in-error" } },
      data: { status: "entered-in-error", errorReason: reason, errorBy: me, errorAt: now, version: version + 1 },
    });
    if (count === 0) throw conflict("stale");
    await db.noteDraft.updateMany({
      where: { clinicId, noteId: id, closedAt: null },
      data: { closedAt: now, holderId: null, holderTab: null, heldUntil: null },
    });
    await recordAudit(db, ctx, {
      event: "note.entered-in-error",
      action: "U",
      entity: "Note",
      entityIds: [id],
      patientId: note.patientId,
      ground: groundOf(ctx),
      detail: { version: version + 1 },
    });
    return { version: version + 1 };
  });
}
