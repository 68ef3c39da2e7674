import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { conflict, forbidden, invalid, notFound, precondition } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { itemsSchema } from "#server/questionnaire/schema.ts";
import { settleTemplate } from "#server/questionnaire/settle-template.ts";
import { carryAnswers } from "./carry-answers.ts";
import { answersSchema, countCharacters, longestNote } from "./rich-text-schema.ts";
import { type ChangeTemplateInput, heldSeconds } from "./schema.ts";

/**
 * Puts a note that is being written on another template, with every word that it has (`carryAnswers`). It is a save like the others: on top of
 * the revision that this window had, while it holds the edit, and sent again it is known by its `saveId`. Only its author decides. A
 * correction stays on the template of what it corrects, and answers what that asks for.
 * @throws Forbidden for anybody else; Conflict `note.signed`, `note.held`, `note.moved`; Invalid `note.tooLong`; Precondition
 *   `questionnaire.retired`, `note.correctionTemplate`; NotFound
 */
export async function changeTemplate(
  ctx: ClinicContext,
  { id, tab, revision, saveId, template }: ChangeTemplateInput,
): Promise<{ revision: number }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  const me = ctx.user.id;
  return withStaff(ctx, async (db) => {
    // A save in another window waits here, and then finds another revision.
    await db.$queryRaw`select note_id from clinic.note_draft where clinic_id = ${clinicId}::uuid and note_id = ${id}::uuid for update`;
    const draft = await db.noteDraft.findFirst({ where: { clinicId, noteId: id } });
    const note = await db.note.findFirst({
      where: { clinicId, id },
      include: { questionnaireRef: { select: { items: true } } },
    });
    if (!draft || !note) throw notFound();
    if (note.authorId !== me) throw forbidden();
    if (note.relation === "correction") throw precondition("note.correctionTemplate");
    if (draft.closedAt) throw conflict("note.signed", { at: note.signedAt });
    if (draft.saveId === saveId) return { revision: draft.revision };
    const isHeld = draft.heldUntil !== null && draft.heldUntil > new Date() && draft.holderTab !== tab;
    if (isHeld) throw conflict("note.held", { revision: draft.revision, at: draft.savedAt });
    if (draft.revision !== revision) throw conflict("note.moved", { revision: draft.revision, at: draft.savedAt });
    const { questionnaireId, number } = await settleTemplate(db, ctx, template);
    const chosen = await db.questionnaireVersion.findFirstOrThrow({
      where: { clinicId, questionnaireId, number },
      select: { items: true },
    });
    const answers = carryAnswers(
      answersSchema.parse(draft.answers),
      itemsSchema.parse(note.questionnaireRef.items),
      itemsSchema.parse(chosen.items),
      ctx.locale === "en" ? "." : ",",
    );
    // The names of the sections that it leaves are words too.
    if (countCharacters(answers) > longestNote) throw invalid("note.tooLong");
    await db.note.updateMany({
      where: { clinicId, id, version: note.version },
      data: { questionnaireId, questionnaireNumber: number, version: note.version + 1 },
    });
    await db.noteDraft.updateMany({
      where: { clinicId, noteId: id },
      data: {
        answers,
        revision: revision + 1,
        saveId,
        savedAt: new Date(),
        savedBy: me,
        holderId: me,
        holderTab: tab,
        heldUntil: new Date(Date.now() + heldSeconds * 1000),
      },
    });
    await recordAudit(db, ctx, {
      event: "note.template-changed",
      action: "U",
      entity: "Note",
      entityIds: [id],
      patientId: note.patientId,
      ground: groundOf(ctx),
      detail: { version: note.version + 1, number },
    });
    return { revision: revision + 1 };
  });
}
