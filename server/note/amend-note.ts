import { requireOwn } from "#server/access/own-text.ts";
import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { conflict, DomainError, notFound, precondition } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { settleTemplate } from "#server/questionnaire/settle-template.ts";
import { beginNote } from "./begin-note.ts";
import { lockAmended } from "./lock-amended.ts";
import { withUser } from "./record.ts";
import { answersSchema } from "./rich-text-schema.ts";
import { type AmendNoteInput, diagnosisSchema } from "./schema.ts";

/**
 * Begins what is added to a signed note, or corrects it. The note stays as it was signed, and is shown with what came after (AC-48). An
 * addendum is anybody's who writes in the chart; a correction, of whoever wrote, signed or answers for it: it says why, and begins from the text that stands, which is
 * that of the last correction, if there was one, and is for those whom that is for. What an addendum has wrong is said by another addendum.
 * @throws NotFound; Precondition `note.notSigned`, `note.addendumStands`; Forbidden for somebody else's correction; Conflict `note.correcting` with its
 *   id, and without one for what this person may not read
 */
export async function amendNote(ctx: ClinicContext, input: AmendNoteInput): Promise<{ id: string }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  const { id, tab } = input;
  return withStaff(ctx, async (db) => {
    if (await db.note.findFirst({ where: { clinicId, id }, select: { id: true } })) return { id };
    const note = await findAmended(db, clinicId, input);
    if (note.status !== "final" && note.status !== "amended") throw precondition("note.notSigned");
    const whole = { id, patientId: note.patientId, encounterId: note.encounterId, tab };
    if (input.relation === "addendum") {
      const template = await settleTemplate(db, ctx, { shipped: `free.${ctx.locale}` });
      await beginNote(db, ctx, {
        ...whole,
        audience: note.audience,
        questionnaireId: template.questionnaireId,
        questionnaireNumber: template.number,
        occurredAt: new Date(),
        amends: { id: note.id, relation: "addendum" },
      });
    } else {
      const corrected = await findCorrected(db, ctx, note);
      await beginNote(db, ctx, {
        ...whole,
        // Whoever wrote the version that is corrected goes on reading what holds.
        audience: withUser(corrected.audience, corrected.authorId),
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
  }).catch((error: unknown) => {
    // One that is for others than whoever asks: they learn that it is there, and no more.
    const isHidden = input.relation === "correction" && error instanceof DomainError && error.key === "alreadyExists";
    throw isHidden ? conflict("note.correcting") : error;
  });
}

type Amended = Awaited<ReturnType<typeof findAmended>>;

/** The note itself, also asked by what was added to it. Two who amend it wait here for one another. */
async function findAmended(db: Db, clinicId: string, { noteId, relation }: AmendNoteInput) {
  const asked = await db.note.findFirst({
    where: { clinicId, id: noteId },
    select: { id: true, amendsId: true, relation: true },
  });
  if (!asked) throw notFound();
  if (relation === "correction" && asked.relation === "addendum") throw precondition("note.addendumStands");
  const id = asked.amendsId ?? asked.id;
  await lockAmended(db, clinicId, id);
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
