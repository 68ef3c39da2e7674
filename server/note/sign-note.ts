import { requireOwn } from "#server/access/own-text.ts";
import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { conflict, invalid, notFound } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import type { QuestionnaireItem } from "#server/questionnaire/schema.ts";
import { hangOnProblems } from "./hang-on-problems.ts";
import { lockAmended } from "./lock-amended.ts";
import { withUser } from "./record.ts";
import { type Answers, answersSchema, isEmptyNote } from "./rich-text-schema.ts";
import { diagnosisSchema, lateAfterHours, type SignNoteInput } from "./schema.ts";
import { unanswered } from "./unanswered.ts";

export interface SignedNote {
  readonly id: string;
  readonly signedAt: Date;
  readonly late: boolean;
  /** Who is asked to co-sign; null when nobody has to. */
  readonly cosigner: string | null;
}

/**
 * Signs the revision that is on the screen, and locks it: from here on only another note adds to it or corrects it. A trainee's goes to their
 * supervisor for a second signature. Two who sign at once: the first wins, the other is told by whom and when.
 * @throws Forbidden for the correction of what another signed; Conflict `note.signed`, `note.moved` when somebody wrote meanwhile, `note.errorSince` for the correction of what became an error, `note.correctedSince` of what another corrected meanwhile, `note.correctsHidden` of what became hidden from whoever signs; Invalid `note.empty`, `note.unanswered` by question; NotFound
 */
export async function signNote(
  ctx: ClinicContext,
  { id, revision }: SignNoteInput,
  now = new Date(),
): Promise<SignedNote> {
  requirePermission(ctx, "chart:sign");
  const clinicId = ctx.clinic.id;
  const me = ctx.user.id;
  return withStaff(ctx, async (db) => {
    await lockAmended(db, clinicId, id);
    // One at a time: whoever comes second waits here, and then finds it closed.
    await db.$queryRaw`select note_id from clinic.note_draft where clinic_id = ${clinicId}::uuid and note_id = ${id}::uuid for update`;
    const draft = await db.noteDraft.findFirst({ where: { clinicId, noteId: id } });
    const note = await db.note.findFirst({ where: { clinicId, id } });
    if (!draft || !note) throw notFound();
    // Before it bears their name: signed by them, it would be a ground.
    await db.$queryRaw`select clinic.grounded(${note.patientId}::uuid)`;
    if (draft.closedAt) throw await alreadySigned(db, clinicId, note.signedBy, note.signedAt);
    if (draft.revision !== revision) throw conflict("note.moved", { revision: draft.revision, at: draft.savedAt });
    if (note.correctsId) await refuseInError(db, clinicId, [note.correctsId, note.amendsId ?? ""]);
    if (note.correctsId) await refuseHidden(db, clinicId, note.correctsId);
    if (note.correctsId) await refuseCorrected(db, clinicId, id, note.correctsId);
    if (note.correctsId) await requireOwnCorrection(db, ctx, [note.correctsId, note.amendsId ?? ""]);
    const answers = answersSchema.parse(draft.answers);
    if (isEmptyNote(answers)) throw invalid("note.empty");
    await requireAnswers(db, note, answers);
    const cosigner = await cosignerOf(db, ctx);
    // Care was not given after it was told of: what is signed before its visit is of now, and the visit keeps its own hour.
    const occurredAt = note.occurredAt > now ? now : note.occurredAt;
    const late = now.getTime() - note.occurredAt.getTime() > lateAfterHours * 3_600_000;
    // Whoever must answer for it must be able to read it.
    const audience = withUser(note.audience, cosigner?.userId ?? null);
    const signed = await db.note.updateMany({
      where: { clinicId, id, version: note.version },
      data: {
        title: draft.title,
        answers: draft.answers ?? {},
        diagnoses: draft.diagnoses ?? [],
        audience,
        occurredAt,
        status: "final",
        signedAt: now,
        signedBy: me,
        late,
        cosignerId: cosigner?.userId ?? null,
        version: note.version + 1,
      },
    });
    if (signed.count === 0) throw conflict("note.moved", { revision: draft.revision, at: draft.savedAt });
    await db.noteDraft.updateMany({
      where: { clinicId, noteId: id },
      data: { title: "", answers: {}, diagnoses: [], closedAt: now, holderId: null, holderTab: null, heldUntil: null },
    });
    await hangOnProblems(db, clinicId, id, diagnosisSchema.array().parse(draft.diagnoses));
    if (note.correctsId) await markAmended(db, clinicId, note.correctsId);
    await finishEncounter(db, clinicId, note.encounterId, now);
    await recordAudit(db, ctx, {
      event: "note.signed",
      action: "U",
      entity: "Note",
      entityIds: note.amendsId ? [id, note.amendsId] : [id],
      patientId: note.patientId,
      ground: groundOf(ctx),
      detail: { version: note.version + 1, late, relation: note.relation },
    });
    return { id, signedAt: now, late, cosigner: cosigner?.name ?? null };
  });
}

/** What the version of its template that the note is written on asks for. */
async function requireAnswers(
  db: Db,
  note: { clinicId: string; questionnaireId: string; questionnaireNumber: number },
  answers: Answers,
): Promise<void> {
  const { clinicId, questionnaireId, questionnaireNumber: number } = note;
  const { items } = await db.questionnaireVersion.findFirstOrThrow({
    where: { clinicId, questionnaireId, number },
    select: { items: true },
  });
  const missing = unanswered(items as unknown as QuestionnaireItem[], answers);
  if (missing.length > 0)
    throw invalid("note.unanswered", Object.fromEntries(missing.map((linkId) => [linkId, "note.unanswered"])));
}

async function alreadySigned(db: Db, clinicId: string, userId: string | null, at: Date | null) {
  return conflict("note.signed", { by: userId ? await nameOf(db, clinicId, userId) : "", at });
}

async function nameOf(db: Db, clinicId: string, userId: string): Promise<string> {
  const who = await db.membership.findFirst({ where: { clinicId, userId }, select: { displayName: true } });
  return who?.displayName ?? "";
}

/** The supervisor of a trainee, as a person who signs in. */
async function cosignerOf(db: Db, ctx: ClinicContext): Promise<{ userId: string; name: string } | null> {
  if (ctx.membership.role !== "trainee") return null;
  const [row] = await db.$queryRaw<{ userId: string; name: string }[]>`
    select s.user_id as "userId", s.display_name as name from identity.membership m
    join identity.membership s on s.clinic_id = m.clinic_id and s.id = m.supervisor_id
    where m.clinic_id = ${ctx.clinic.id}::uuid and m.id = ${ctx.membership.id}::uuid`;
  return row ?? null;
}

async function requireOwnCorrection(db: Db, ctx: ClinicContext, ids: readonly string[]): Promise<void> {
  requireOwn(
    ctx,
    await db.note.findMany({
      where: { clinicId: ctx.clinic.id, id: { in: [...ids] } },
      select: { authorId: true, signedBy: true, cosignerId: true },
    }),
  );
}

async function refuseInError(db: Db, clinicId: string, ids: readonly string[]): Promise<void> {
  const where = { clinicId, id: { in: [...ids] }, status: "entered-in-error" };
  if (await db.note.findFirst({ where, select: { id: true } })) throw conflict("note.errorSince");
}

/** What one may not read any more one does not correct: what stands for them is another version. */
async function refuseHidden(db: Db, clinicId: string, id: string): Promise<void> {
  if (!(await db.note.findFirst({ where: { clinicId, id }, select: { id: true } })))
    throw conflict("note.correctsHidden");
}

/** By somebody whose correction this person may read: one that is hidden from them keeps nobody from their own. */
async function refuseCorrected(db: Db, clinicId: string, id: string, correctsId: string): Promise<void> {
  const where = { clinicId, correctsId, id: { not: id }, status: { in: ["final", "amended"] } };
  const other = await db.note.findFirst({ where, select: { signedBy: true, signedAt: true } });
  if (!other?.signedBy) return;
  throw conflict("note.correctedSince", { by: await nameOf(db, clinicId, other.signedBy), at: other.signedAt });
}

async function markAmended(db: Db, clinicId: string, id: string): Promise<void> {
  const amended = await db.note.findFirst({ where: { clinicId, id }, select: { version: true, status: true } });
  // Already, by a correction that is hidden from this person.
  if (amended?.status === "amended") return;
  if (amended?.status !== "final") throw conflict("note.moved");
  const { count } = await db.note.updateMany({
    where: { clinicId, id, version: amended.version },
    data: { status: "amended", version: amended.version + 1 },
  });
  if (count === 0) throw conflict("note.moved");
}

async function finishEncounter(db: Db, clinicId: string, id: string, now: Date): Promise<void> {
  const open = await db.encounter.findFirst({
    where: { clinicId, id, status: "in-progress" },
    select: { version: true, startedAt: true },
  });
  // A visit that is still to come is not over because its note was signed ahead.
  if (!open || open.startedAt > now) return;
  await db.encounter.updateMany({
    where: { clinicId, id, version: open.version },
    data: { status: "finished", endedAt: now, version: open.version + 1 },
  });
}
