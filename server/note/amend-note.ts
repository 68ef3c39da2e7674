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
 * Begins what is added to a signed note, or corrects it or one of its addenda. The text stays as it was signed, and is shown with what came after
 * (AC-48). An addendum is anybody's who writes in the chart; a correction, of whoever wrote, signed or answers for it: it says why, and begins from the
 * text that stands for them, which is that of the last correction that they may read, if there was one, and is for those whom that is for. Where
 * the note is hidden and its correction is not, what they read is what they add to and correct.
 * @throws NotFound; Precondition `note.notSigned`; Forbidden for somebody else's correction; Conflict `note.correcting` with its id
 */
export async function amendNote(ctx: ClinicContext, input: AmendNoteInput): Promise<{ id: string }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  const { id, tab } = input;
  return withStaff(ctx, async (db) => {
    if (await db.note.findFirst({ where: { clinicId, id }, select: { id: true } })) return { id };
    const { headId, note } = await findAmended(db, clinicId, input);
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
        amends: { id: headId, relation: "addendum" },
      });
    } else {
      const corrected = await findCorrected(db, ctx, headId, note);
      await beginNote(db, ctx, {
        ...whole,
        // Whoever wrote the version that is corrected goes on reading what holds.
        audience: withUser(corrected.audience, corrected.authorId),
        questionnaireId: corrected.questionnaireId,
        questionnaireNumber: corrected.questionnaireNumber,
        occurredAt: note.occurredAt,
        amends: { id: headId, relation: "correction" },
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
      entityIds: [id, headId],
      patientId: note.patientId,
      ground: groundOf(ctx),
    });
    return { id };
  }).catch((error: unknown) => {
    // Begun in the same moment where the note itself is hidden, so that neither waited for the other.
    const isTwice = input.relation === "correction" && error instanceof DomainError && error.key === "alreadyExists";
    throw isTwice ? conflict("note.correcting") : error;
  });
}

type Amended = NonNullable<Awaited<ReturnType<Db["note"]["findFirst"]>>>;

/**
 * What is amended: an addendum is of the note, also where it is asked of what was added to that; a correction, of the note or of the addendum whose
 * text it takes the place of. Two who amend it wait here for one another. Hidden from whoever asks, what they asked of says in its stead for whom it
 * is and of which visit.
 */
async function findAmended(
  db: Db,
  clinicId: string,
  { noteId, relation }: AmendNoteInput,
): Promise<{ headId: string; note: Amended }> {
  const asked = await db.note.findFirst({ where: { clinicId, id: noteId } });
  if (!asked) throw notFound();
  const version = asked.relation === "correction" ? (asked.amendsId ?? asked.id) : asked.id;
  const headId = relation === "correction" ? version : await noteOf(db, clinicId, version, asked.amendsId);
  await lockAmended(db, clinicId, headId);
  const note = await db.note.findFirst({ where: { clinicId, id: headId } });
  return { headId, note: note ?? asked };
}

/** The note that a version is of, or that the addendum is added to whose version it is. */
async function noteOf(db: Db, clinicId: string, version: string, amendsId: string | null): Promise<string> {
  const head = await db.note.findFirst({ where: { clinicId, id: version }, select: { amendsId: true } });
  return head?.amendsId ?? (head ? version : (amendsId ?? version));
}

/** The version that stands for whoever asks: nobody else's, and one that nobody corrects already. */
async function findCorrected(db: Db, ctx: ClinicContext, headId: string, note: Amended): Promise<Amended> {
  const corrections = { clinicId: note.clinicId, amendsId: headId, relation: "correction" };
  const last = await db.note.findFirst({
    where: { ...corrections, status: { in: ["final", "amended"] } },
    orderBy: [{ signedAt: "desc" }, { id: "desc" }],
  });
  const standing = last ?? note;
  requireOwn(ctx, [note, standing]);
  const other = await db.note.findFirst({ where: { ...corrections, status: "preliminary" }, select: { id: true } });
  if (other) throw conflict("note.correcting", { id: other.id });
  return standing;
}
