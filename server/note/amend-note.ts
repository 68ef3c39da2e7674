import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { conflict, forbidden, notFound, precondition } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { settleTemplate } from "#server/questionnaire/settle-template.ts";
import { beginNote } from "./begin-note.ts";
import { answersSchema } from "./rich-text-schema.ts";
import { type AmendNoteInput, diagnosisSchema } from "./schema.ts";

/**
 * Begins what is added to a signed note, or corrects it. The note stays as it was signed, and is shown with what came after (AC-48). An
 * addendum is anybody's who writes in the chart; a correction, of whoever signed: it begins from the signed text.
 * @throws NotFound; Precondition `note.notSigned`; Forbidden for somebody else's correction; Conflict `note.correcting`
 */
export async function amendNote(
  ctx: ClinicContext,
  { id, noteId, relation, tab }: AmendNoteInput,
): Promise<{ id: string }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    if (await db.note.findFirst({ where: { clinicId, id }, select: { id: true } })) return { id };
    const note = await db.note.findFirst({ where: { clinicId, id: noteId } });
    if (!note) throw notFound();
    if (note.status !== "final" && note.status !== "amended") throw precondition("note.notSigned");
    if (relation === "correction") {
      if (note.signedBy !== ctx.user.id) throw forbidden();
      if (note.status === "amended") throw precondition("note.alreadyCorrected");
      const other = await db.note.findFirst({
        where: { clinicId, amendsId: noteId, relation: "correction", status: "preliminary" },
        select: { id: true },
      });
      if (other) throw conflict("note.correcting", { id: other.id });
    }
    const template =
      relation === "correction"
        ? { questionnaireId: note.questionnaireId, number: note.questionnaireNumber }
        : await settleTemplate(db, ctx, { shipped: `free.${ctx.locale}` });
    await beginNote(db, ctx, {
      id,
      patientId: note.patientId,
      encounterId: note.encounterId,
      questionnaireId: template.questionnaireId,
      questionnaireNumber: template.number,
      occurredAt: relation === "correction" ? note.occurredAt : new Date(),
      tab,
      audience: note.audience,
      amends: { id: noteId, relation },
      ...(relation === "correction" && {
        content: {
          title: note.title,
          answers: answersSchema.parse(note.answers),
          diagnoses: diagnosisSchema.array().parse(note.diagnoses),
        },
      }),
    });
    await recordAudit(db, ctx, {
      event: relation === "correction" ? "note.correction-begun" : "note.addendum-begun",
      action: "C",
      entity: "Note",
      entityIds: [id, noteId],
      patientId: note.patientId,
      ground: groundOf(ctx),
    });
    return { id };
  });
}
