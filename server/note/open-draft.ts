import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { recordRead } from "#server/audit/record-read.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { groundOf } from "#server/patient/ground.ts";
import { findDraft } from "./find-draft.ts";
import type { DraftView } from "./record.ts";
import { heldSeconds, type OpenDraftInput } from "./schema.ts";

/**
 * The text as it is, and the edit when it is free: nobody holds it, or whoever did gave no sign for two minutes. One's own other window
 * gives it up when asked (`take`); somebody else's does not. Without the edit the text is to read, with who writes it.
 * @throws NotFound, also once it is signed
 */
export async function openDraft(ctx: ClinicContext, { id, tab, take, mayWrite }: OpenDraftInput): Promise<DraftView> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  const me = ctx.user.id;
  return withStaff(ctx, async (db) => {
    const [before] = await db.$queryRaw<{ patientId: string; holderId: string | null }[]>`
      select d.patient_id as "patientId", d.holder_id as "holderId"
      from clinic.note_draft d where d.clinic_id = ${clinicId}::uuid and d.note_id = ${id}::uuid and d.closed_at is null for update`;
    const taken = mayWrite
      ? await db.$executeRaw`
          update clinic.note_draft set holder_id = ${me}::uuid, holder_tab = ${tab}, held_until = now() + make_interval(secs => ${heldSeconds})
          where clinic_id = ${clinicId}::uuid and note_id = ${id}::uuid and closed_at is null
            and (held_until is null or held_until <= now() or holder_tab = ${tab} or (${take} and holder_id = ${me}::uuid))`
      : 0;
    const draft = await findDraft(db, ctx, id, tab);
    const entry = { entity: "Note", entityIds: [id], patientId: draft.patientId, ground: groundOf(ctx) };
    // Whoever takes up what another was writing is told in the journal; one's own other window is not.
    if (taken === 1 && before?.holderId && before.holderId !== me)
      await recordAudit(db, ctx, { ...entry, event: "note.taken-over", action: "U" });
    await recordRead(db, ctx, { ...entry, event: "note.draft-read" }, { refresh: true });
    return draft;
  });
}
