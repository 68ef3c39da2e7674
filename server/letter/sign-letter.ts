import { requireOwn } from "#server/access/own-text.ts";
import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { indexDocument } from "#server/document/index-document.ts";
import { conflict } from "#server/errors.ts";
import { plainText } from "#server/note/rich-text-schema.ts";
import { groundOf } from "#server/patient/ground.ts";
import { requireLivePatient } from "#server/patient/require-live-patient.ts";
import { readOwnSignature } from "#server/practitioner/read-own-signature.ts";
import { deleteFile } from "#server/storage/delete-file.ts";
import { type FileRoom, processFileRoom } from "#server/storage/file-room.ts";
import { type PutFile, putFile } from "#server/storage/put-file.ts";
import { assembleLetter } from "./attachments/assemble.ts";
import { type PreparedLetter, prepareLetter, refuseUnfinished } from "./prepare-letter.ts";
import { priorities, type SignLetterInput } from "./schema.ts";

const mostBytes = 100 * 1024 * 1024;

/**
 * Signs the revision that is on the screen: its PDF, as it is, becomes a document of the chart, encrypted and never altered, and the text is
 * locked. A correction takes the place of the letter that it corrects; a request moves on to « signed ». The file is made and kept before the
 * transaction, and taken away again when somebody was faster.
 * @throws Forbidden for the correction of what another signed; Conflict `letter.signed`, `letter.moved`; Invalid `letter.unfinished` and what assembling refuses; NotFound
 */
export async function signLetter(
  ctx: ClinicContext,
  { id, revision }: SignLetterInput,
  room: FileRoom = processFileRoom(),
  now = new Date(),
): Promise<{ id: string; documentId: string }> {
  requirePermission(ctx, "chart:sign");
  const letter = await withStaff(ctx, async (db) => {
    const prepared = await prepareLetter(db, ctx, { id, revision });
    if (prepared.correctsId) await requireOwnCorrection(db, ctx, prepared.correctsId);
    return prepared;
  });
  refuseUnfinished(letter);
  const signature = await readOwnSignature(ctx);
  const paper = await assembleLetter(ctx, letter, { signature, madeAt: now.toISOString(), isPreview: false }, room);
  const file = await putFile(ctx, { id: newId(), content: paper.pdf, maxBytes: mostBytes }, room);
  const documentId = newId();
  await withStaff(ctx, async (db) => {
    // One at a time: whoever comes second waits here, and then finds it closed.
    await db.$queryRaw`select 1 from clinic.letter_draft where clinic_id = ${ctx.clinic.id}::uuid and letter_id = ${id}::uuid for update`;
    await refuseMoved(db, ctx.clinic.id, id, revision);
    await requireLivePatient(db, ctx, letter.patientId);
    await keepDocument(db, ctx, letter, { documentId, file, pages: paper.pages }, now);
    await lock(db, ctx, letter, documentId, now);
    if (letter.kind === "referral") await moveRequest(db, ctx.clinic.id, letter);
    await recordAudit(db, ctx, {
      event: "letter.signed",
      action: "U",
      entity: "Letter",
      entityIds: [id, documentId, ...(letter.correctsId ? [letter.correctsId] : [])],
      patientId: letter.patientId,
      ground: groundOf(ctx),
      detail: { version: letter.version + 1, kind: letter.kind, attached: letter.attached.length },
    });
  }).catch(async (error: unknown) => {
    await deleteFile(ctx, file, room);
    throw error;
  });
  return { id, documentId };
}

async function requireOwnCorrection(db: Db, ctx: ClinicContext, id: string): Promise<void> {
  const before = await db.letter.findFirst({
    where: { clinicId: ctx.clinic.id, id },
    select: { authorId: true, signedBy: true },
  });
  requireOwn(ctx, before ? [before] : []);
}

async function refuseMoved(db: Db, clinicId: string, id: string, revision: number): Promise<void> {
  const draft = await db.letterDraft.findFirstOrThrow({
    where: { clinicId, letterId: id },
    select: { revision: true, closedAt: true, savedAt: true },
  });
  if (draft.closedAt) throw conflict("letter.signed", { at: draft.closedAt });
  if (draft.revision !== revision) throw conflict("letter.moved", { revision: draft.revision, at: draft.savedAt });
}

/** `filed` at once: it came from the chart, and waits for nobody. */
async function keepDocument(
  db: Db,
  ctx: ClinicContext,
  letter: PreparedLetter,
  { documentId: id, file, pages }: { documentId: string; file: PutFile; pages: number },
  now: Date,
): Promise<void> {
  const clinicId = ctx.clinic.id;
  const authorId = ctx.user.id;
  const { patientId, kind, today, author } = letter;
  const category = kind === "referral" ? "referral" : "document";
  const { objectKey, sha256, sizeBytes } = file;
  const datedOn = new Date(`${today}T00:00:00Z`);
  const mediaType = "application/pdf";
  const documentType = kind === "referral" ? "referral" : "correspondence";
  await db.storedFile.createMany({
    data: {
      clinicId,
      id: file.id,
      category: "document",
      purpose: "document",
      mediaType,
      sizeBytes,
      objectKey,
      sha256,
      authorId,
    },
  });
  await db.document.createMany({
    data: {
      clinicId,
      id,
      patientId,
      authorId,
      category,
      fileId: file.id,
      fileName: `${kind === "referral" ? "demande" : "lettre"}-${today}.pdf`,
      mediaType,
      sizeBytes,
      status: "filed",
      documentType,
      title: letter.kept.subject,
      datedOn,
      sourceAuthor: author.name.slice(0, 200),
      handledBy: authorId,
      handledAt: now,
      sourceSystem: "letter",
      sourceId: letter.id,
    },
  });
  await db.documentText.createMany({
    data: {
      clinicId,
      id,
      patientId,
      authorId,
      category,
      status: "filed",
      handledBy: authorId,
      documentType,
      datedOn,
      state: "read",
      pages,
      content: [letter.kept.recipient?.name, letter.kept.subject, plainText(letter.kept.body)]
        .filter(Boolean)
        .join("\n"),
    },
  });
  await indexDocument(db, clinicId, id);
}

async function lock(db: Db, ctx: ClinicContext, letter: PreparedLetter, documentId: string, now: Date): Promise<void> {
  const clinicId = ctx.clinic.id;
  const { id, version, kept, correctsId } = letter;
  const { count } = await db.letter.updateMany({
    where: { clinicId, id, version, status: "draft" },
    data: {
      content: kept,
      status: "signed",
      signedAt: now,
      signedBy: ctx.user.id,
      documentId,
      correspondentId: kept.recipient?.kind === "correspondent" ? kept.recipient.correspondentId : null,
      version: version + 1,
    },
  });
  if (count === 0) throw conflict("letter.signed");
  await db.letterDraft.updateMany({
    where: { clinicId, letterId: id },
    // A draft leaves nothing of its text behind.
    data: { content: {}, closedAt: now },
  });
  if (!correctsId) return;
  const before = await db.letter.findFirst({
    where: { clinicId, id: correctsId, status: "signed" },
    select: { version: true, documentId: true },
  });
  if (!before) throw conflict("letter.moved");
  const replaced = await db.letter.updateMany({
    where: { clinicId, id: correctsId, version: before.version },
    data: { status: "replaced", version: before.version + 1 },
  });
  if (replaced.count === 0) throw conflict("letter.moved");
  // The former document, and those that it had replaced, lead to the one that goes now; on whatever version each stands.
  await db.$executeRaw`
    update clinic.document d set replaced_by_id = ${documentId}::uuid, version = d.version + 1
    where d.clinic_id = ${clinicId}::uuid and (d.id = ${before.documentId}::uuid or d.replaced_by_id = ${before.documentId}::uuid)`;
}

/** A first letter signs its request; a corrected one takes the place of the one before, wherever the request stands. */
async function moveRequest(db: Db, clinicId: string, letter: PreparedLetter): Promise<void> {
  const { id, correctsId, kept, today } = letter;
  const request = await db.serviceRequest.findFirst({
    where: { clinicId, letterId: correctsId ?? id },
    select: { id: true, version: true, status: true, expectedOn: true },
  });
  if (!request) throw conflict("letter.moved");
  const { specialty, priority, recipient, expectedOn } = kept;
  await db.serviceRequest.updateMany({
    where: { clinicId, id: request.id, version: request.version },
    data: {
      letterId: id,
      specialty,
      priority,
      correspondentId: recipient?.kind === "correspondent" ? recipient.correspondentId : null,
      recipient: recipient?.name ?? "",
      ...(request.status === "draft" && { status: "signed", statusOn: dayOf(today) }),
      ...((request.status === "draft" || expectedOn) && { expectedOn: dayOf(expectedOn ?? due(today, priority)) }),
      version: request.version + 1,
    },
  });
}

const dayOf = (day: string) => new Date(`${day}T00:00:00Z`);

/** The day by which the priority lets one hope for an answer. */
function due(today: string, priority: string): string {
  const days = priorities[priority as keyof typeof priorities] ?? 91;
  return new Date(Date.parse(`${today}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
