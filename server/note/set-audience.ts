import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { conflict, forbidden, notFound, precondition } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { writeAudience } from "./record.ts";
import type { SetAudienceInput } from "./schema.ts";

/**
 * For whom a note is, before it is signed: some professions, some people, or whoever may read the chart. The database holds it from all others;
 * a broken glass opens it, and is told. Only its author decides.
 * @throws Forbidden for anybody else; Precondition `note.signed`; Conflict `stale`; NotFound, also for a person who is nobody here
 */
export async function setAudience(
  ctx: ClinicContext,
  { id, version, ...audience }: SetAudienceInput,
): Promise<{ version: number }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const note = await db.note.findFirst({ where: { clinicId, id } });
    if (!note) throw notFound();
    if (note.authorId !== ctx.user.id) throw forbidden();
    if (note.status !== "preliminary") throw precondition("note.signed");
    const people = [...new Set(audience.userIds)];
    const here = await db.membership.count({ where: { clinicId, userId: { in: people }, status: "active" } });
    if (here !== people.length) throw notFound();
    const text = writeAudience({ userIds: people, professions: [...new Set(audience.professions)] });
    const { count } = await db.note.updateMany({
      where: { clinicId, id, version, status: "preliminary" },
      data: { audience: text, version: version + 1 },
    });
    if (count === 0) throw conflict("stale");
    await db.noteDraft.updateMany({ where: { clinicId, noteId: id }, data: { audience: text } });
    await recordAudit(db, ctx, {
      event: "note.audience-changed",
      action: "U",
      entity: "Note",
      entityIds: [id],
      patientId: note.patientId,
      ground: groundOf(ctx),
      detail: { version: version + 1, professions: audience.professions, people },
    });
    return { version: version + 1 };
  });
}
