import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { groundOf } from "#server/patient/ground.ts";
import { refuseChange } from "./refuse-change.ts";
import type { SignOffInput } from "./schema.ts";

/**
 * Reviewed: who, when, and what they say of it. It leaves the inbox of whoever it was addressed to, also when a colleague signs in their place; the
 * journal says who did. Sent twice under one note's id, it is signed once; reviewed by the same person again, with nothing more to say, it stays as it is. @throws Conflict `stale`; NotFound for a document that is in no chart
 */
export async function signOff(
  ctx: ClinicContext,
  { id, version, noteId, comment }: SignOffInput,
): Promise<{ version: number }> {
  requirePermission(ctx, "chart:sign");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const said = await db.documentNote.findFirst({ where: { clinicId, id: noteId }, select: { id: true } });
    if (said) return { version: version + 1 };
    const where = { clinicId, id, version, status: { in: ["filed", "reviewed"] } };
    const document = await db.document.findFirst({
      where,
      select: { patientId: true, category: true, status: true, reviewerId: true },
    });
    // Before it bears their name: reviewed by them, it would be a ground.
    if (document?.patientId) await db.$queryRaw`select clinic.grounded(${document.patientId}::uuid)`;
    if (document?.status === "reviewed" && document.reviewerId === null && comment.trim() === "") {
      const mine = {
        clinicId,
        documentId: id,
        patientId: document.patientId ?? "",
        authorId: ctx.user.id,
        kind: "signed",
      };
      if (await db.documentNote.findFirst({ where: mine, select: { id: true } })) return { version };
    }
    const { count } = await db.document.updateMany({
      where,
      data: {
        status: "reviewed",
        reviewerId: null,
        urgent: false,
        reviewedBy: ctx.user.id,
        reviewedAt: new Date(),
        version: version + 1,
      },
    });
    if (!document?.patientId || count === 0) throw await refuseChange(db, ctx, id);
    const { patientId, category } = document;
    await db.documentNote.createMany({
      data: {
        clinicId,
        id: noteId,
        documentId: id,
        patientId,
        category,
        authorId: ctx.user.id,
        kind: "signed",
        comment,
      },
    });
    await recordAudit(db, ctx, {
      event: "document.signed",
      action: "U",
      entity: "Document",
      entityIds: [id, noteId],
      patientId,
      ground: groundOf(ctx),
      detail: { version: version + 1 },
    });
    return { version: version + 1 };
  });
}
