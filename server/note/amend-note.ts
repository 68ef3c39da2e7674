import { requireOwn } from "#server/access/own-text.ts";
import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { conflict, notFound, precondition } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { settleTemplate } from "#server/questionnaire/settle-template.ts";
import { beginNote } from "./begin-note.ts";
import { answersSchema } from "./rich-text-schema.ts";
import { type AmendNoteInput, diagnosisSchema } from "./schema.ts";

/**
 * Begins what is added to a signed note, or corrects it. The note stays as it was signed, and is shown with what came after (AC-48). An
 * addendum is anybody's who writes in the chart; a correction, of whoever wrote, signed or answers for it: it says why, and begins from the text that stands, which is
 * that of the last correction, if there was one.
 * @throws NotFound; Precondition `note.notSigned`; Forbidden for somebody else's correction; Conflict `note.correcting` with its id
 */
export async function amendNote(ctx: ClinicContext, input: AmendNoteInput): Promise<{ id: string }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  const { id, tab } = input;
  return withStaff(ctx, async (db) => {
    if (await db.note.findFirst({ where: { clinicId, id }, select: { id: true } })) return { id };
    const note = await findAmended(db, clinicId, input.noteId);
    if (note.status !== "final" && note.status !== "amended") throw precondition("note.notSigned");
    const whole = { id, patientId: note.patientId, encounterId: note.encounterId, tab, audience: note.audience };
    if (input.relation === "addendum") {
      const template = await settleTemplate(db, ctx, { shipped: `free.${ctx.locale}` });
      await beginNote(db, ctx, {
        ...whole,
        questionnaireId: template.questionnaireId,
        questionnaireNumber: template.number,
        occurredAt: new Date(),
        amends: { id: note.id, relation: "addendum" },
      });
    } else {
      const corrected = await findCorrected(db, ctx, note);
      await beginNote(db, ctx, {
        ...whole,
        questionnaireId: corrected.questionnaireId,
        questionnaireNumber: corrected.questionnaireNumber,
        occurredAt: note.occurredAt,
        amends: { id: note.id, relation: "correction" },
        corrects: { id: corrected.id, reason: input.reason },
        content: {
          title: corrected.title,
          answers: answersSchema.parse(corrected.answers),
          diagnoses: diagnosisSchema.array().parse(corrected.diagnoses),
        },
      });
    }
    await recordAudit(db, ctx, {
      event: input.relation === "correction" ? "note.correction-begun" : "note.addendum-begun",
      action: "C",
      entity: "Note",
      entityIds: [id, note.id],
      patientId: note.patientId,
      ground: groundOf(ctx),
    });
    return { id };
  });
}

type Amended = Awaited<ReturnType<typeof findAmended>>;

/** The note itself, also asked by what was added to it. Two who amend it wait here for one another. */
async function findAmended(db: Db, clinicId: string, noteId: string) {
  const asked = await db.note.findFirst({ where: { clinicId, id: noteId }, select: { id: true, amendsId: true } });
  if (!asked) throw notFound();
  const id = asked.amendsId ?? asked.id;
  await db.$queryRaw`select 1 from clinic.note where clinic_id = ${clinicId}::uuid and id = ${id}::uuid for update`;
  const note = await db.note.findFirst({ where: { clinicId, id } });
  if (!note) throw notFound();
  return note;
}

/** The version that stands: nobody else's, and one that nobody corrects already. */
async function findCorrected(db: Db, ctx: ClinicContext, note: Amended): Promise<Amended> {
  const corrections = { clinicId: note.clinicId, amendsId: note.id, relation: "correction" };
  const last = await db.note.findFirst({ where: { ...corrections, status: "final" }, orderBy: { signedAt: "desc" } });
  const stands = last ?? note;
  requireOwn(ctx, [note, stands]);
  const other = await db.note.findFirst({ where: { ...corrections, status: "preliminary" }, select: { id: true } });
  if (other) throw conflict("note.correcting", { id: other.id });
  return stands;
}
