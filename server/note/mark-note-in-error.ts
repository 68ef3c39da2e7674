import { mayDeclareError } from "#server/access/own-text.ts";
import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { conflict, forbidden, notFound, precondition } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { lockAmended } from "./lock-amended.ts";
import type { MarkNoteInErrorInput } from "./schema.ts";
import { readVersionTold } from "./stands.ts";

/**
 * A note that should not be there: of another patient, begun by mistake. It stays, with who says so and why; its text is read by whoever opens
 * it. Whoever wrote, signed or answers for it says so, or has charge of the records. Its corrections are an error with it; one of them is none by itself while the note stands, since another corrects it.
 * @throws Forbidden for anybody else; Precondition `note.correctionStands`; Conflict `stale`; NotFound
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
    await lockAmended(db, clinicId, id);
    await db.$queryRaw`select note_id from clinic.note_draft where clinic_id = ${clinicId}::uuid and note_id = ${id}::uuid for update`;
    const note = await db.note.findFirst({ where: { clinicId, id } });
    if (!note) throw notFound();
    if (!mayDeclareError(ctx, note)) throw forbidden();
    if (note.correctsId && note.signedAt) {
      const amended = await db.note.findFirst({
        where: { clinicId, id: note.amendsId ?? "" },
        select: { status: true },
      });
      if (amended?.status !== "entered-in-error") throw precondition("note.correctionStands");
    }
    if ((await readVersionTold(db, clinicId, id)) !== version) throw conflict("stale");
    const { count } = await db.note.updateMany({
      where: { clinicId, id, version: note.version, status: { not: "entered-in-error" } },
      data: { status: "entered-in-error", errorReason: reason, errorBy: me, errorAt: now, version: note.version + 1 },
    });
    if (count === 0) throw conflict("stale");
    // Its corrections with it, those too that are for others than whoever says so.
    const corrections = await db.$queryRaw<
      { id: string }[]
    >`select clinic.follow_error(${clinicId}::uuid, ${id}::uuid) as id`;
    await db.noteDraft.updateMany({
      where: { clinicId, noteId: id, closedAt: null },
      data: { closedAt: now, holderId: null, holderTab: null, heldUntil: null },
    });
    await recordAudit(db, ctx, {
      event: "note.entered-in-error",
      action: "U",
      entity: "Note",
      entityIds: [id, ...corrections.map((one) => one.id)],
      patientId: note.patientId,
      ground: groundOf(ctx),
      detail: { version: note.version + 1 },
    });
    return { version: version + 1 };
  });
}
