import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { conflict, forbidden, notFound, precondition } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import type { CosignNoteInput } from "./schema.ts";
import { readVersionTold, stands } from "./stands.ts";

/**
 * The second signature under a trainee's note, by the supervisor who was named when it was signed.
 * @throws Forbidden for anybody else; Precondition `note.notSigned`, `note.notStanding` for a version that was corrected since; Conflict `note.cosigned`, `stale`; NotFound
 */
export async function cosignNote(ctx: ClinicContext, { id, version }: CosignNoteInput): Promise<{ version: number }> {
  requirePermission(ctx, "chart:sign");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const note = await db.note.findFirst({ where: { clinicId, id } });
    if (!note) throw notFound();
    if (note.status !== "final" && note.status !== "amended") throw precondition("note.notSigned");
    if (note.cosignerId !== ctx.user.id) throw forbidden();
    if (!(await isStanding(db, clinicId, id))) throw precondition("note.notStanding");
    if (note.cosignedAt) throw conflict("note.cosigned", { at: note.cosignedAt });
    if ((await readVersionTold(db, clinicId, id)) !== version) throw conflict("stale");
    const { count } = await db.note.updateMany({
      where: { clinicId, id, version: note.version },
      data: { cosignedAt: new Date(), cosignedBy: ctx.user.id, version: note.version + 1 },
    });
    if (count === 0) throw conflict("stale");
    await recordAudit(db, ctx, {
      event: "note.cosigned",
      action: "U",
      entity: "Note",
      entityIds: [id],
      patientId: note.patientId,
      ground: groundOf(ctx),
      detail: { version: note.version + 1 },
    });
    return { version: version + 1 };
  });
}

async function isStanding(db: Db, clinicId: string, id: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    select 1 from clinic.note n where n.clinic_id = ${clinicId}::uuid and n.id = ${id}::uuid and ${stands}`;
  return rows.length > 0;
}
