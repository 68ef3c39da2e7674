import type { ClinicContext } from "#server/context.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import { openText } from "#server/crypto/open-value.ts";
import type { Db } from "#server/db/database.ts";
import { conflict, invalid, notFound } from "#server/errors.ts";
import { type Letterhead, readLetterhead } from "#server/location/read-letterhead.ts";
import { isEmptyNote, type RichText } from "#server/note/rich-text-schema.ts";
import { formatNam } from "#server/patient/nam.ts";
import { namPlace } from "#server/patient/seal-nam.ts";
import { todayIn } from "#server/patient/today.ts";
import { showPhone } from "#server/phone.ts";
import { type AttachedItem, readAttached } from "./attachments/read-attached.ts";
import { fillFields, fillLine, isLate, openFields } from "./fields-schema.ts";
import { type Author, lateValues, readAuthor } from "./read-fields.ts";
import { type LetterContent, type LetterKind, letterContentSchema } from "./schema.ts";

/** Everything that is printed of a letter. */
export interface PreparedLetter {
  readonly id: string;
  readonly patientId: string;
  readonly kind: LetterKind;
  readonly version: number;
  readonly correctsId: string | null;
  /** As it is kept: the late fields stand open in it. */
  readonly kept: LetterContent;
  /** As it is printed. */
  readonly content: LetterContent;
  readonly clinic: Letterhead;
  readonly author: Author;
  readonly patient: {
    readonly name: string;
    readonly birthDate: string | null;
    readonly fileNumber: string;
    readonly phone: string;
    /** Whole. */
    readonly nam: string | null;
  };
  /** `YYYY-MM-DD`, the clinic's day. */
  readonly today: string;
  /** When the one that it replaces was signed. */
  readonly correctsDay: string | null;
  readonly attached: readonly AttachedItem[];
}

/**
 * Reads what a draft becomes on paper, in the caller's transaction.
 * @throws NotFound; Conflict `letter.signed`, `letter.moved` when the revision is not the one on the screen
 */
export async function prepareLetter(
  db: Db,
  ctx: ClinicContext,
  { id, revision }: { id: string; revision: number },
): Promise<PreparedLetter> {
  const clinicId = ctx.clinic.id;
  const letter = await db.letter.findFirst({ where: { clinicId, id } });
  const draft = await db.letterDraft.findFirst({ where: { clinicId, letterId: id } });
  if (!letter || !draft) throw notFound();
  // First: what the draft lacks, and whether it moved, would say what stands in it.
  await db.$queryRaw`select clinic.grounded(${letter.patientId}::uuid)`;
  if (draft.closedAt) throw conflict("letter.signed", { at: letter.signedAt });
  if (draft.revision !== revision) throw conflict("letter.moved", { revision: draft.revision, at: draft.savedAt });
  const corrects = letter.correctsId
    ? await db.letter.findFirst({ where: { clinicId, id: letter.correctsId }, select: { signedAt: true } })
    : null;
  const kept = letterContentSchema.parse(draft.content);
  await refuseStranger(db, clinicId, kept);
  return {
    ...(await readPaper(db, ctx, letter.patientId, kept)),
    id,
    patientId: letter.patientId,
    kind: letter.kind as LetterKind,
    version: letter.version,
    correctsId: letter.correctsId,
    correctsDay: corrects?.signedAt ? todayIn(ctx.clinic.timeZone, corrects.signedAt) : null,
  };
}

/** @throws Invalid when it is written to a line of the directory that is not there */
async function refuseStranger(db: Db, clinicId: string, { recipient }: LetterContent): Promise<void> {
  if (recipient?.kind !== "correspondent") return;
  const id = recipient.correspondentId ?? "";
  const known = id && (await db.correspondent.findFirst({ where: { clinicId, id }, select: { id: true } }));
  if (!known) throw invalid("letter.recipientNeeded", { recipient: "letter.recipientNeeded" });
}

interface SignedRow {
  readonly kind: string;
  readonly patientId: string;
  readonly content: unknown;
  readonly signedAt: Date;
  readonly signedBy: string;
}

/** What a signed letter says, with its own day and whoever signed it; clinic and patient as they are named today. */
export async function readSignedPaper(db: Db, ctx: ClinicContext, letter: SignedRow) {
  const kept = { ...letterContentSchema.parse(letter.content), attachments: [] };
  const day = todayIn(ctx.clinic.timeZone, letter.signedAt);
  const paper = await readPaper(db, ctx, letter.patientId, kept, day, letter.signedBy);
  return { ...paper, kind: letter.kind as LetterKind };
}

async function readPaper(
  db: Db,
  ctx: ClinicContext,
  patientId: string,
  kept: LetterContent,
  today = todayIn(ctx.clinic.timeZone),
  authorId = ctx.user.id,
) {
  const clinicId = ctx.clinic.id;
  const { language } = kept;
  const patient = await db.patient.findFirst({
    where: { clinicId, id: patientId },
    select: { givenName: true, familyName: true, birthDate: true, fileNumber: true, namSealed: true },
  });
  if (!patient) throw notFound();
  const contact = await db.patientContact.findFirst({
    where: { clinicId, patientId, system: "phone", endedAt: null },
    orderBy: [{ rank: "asc" }, { id: "asc" }],
    select: { value: true },
  });
  const key = await openClinicKey(clinicId);
  const nam = patient.namSealed && formatNam(openText(key, namPlace(clinicId, patientId), patient.namSealed));
  const late = lateValues(today, nam, language);
  return {
    kept,
    content: { ...kept, subject: fillLine(kept.subject, late), body: fillFields(kept.body, late) },
    clinic: await readLetterhead(db, ctx),
    author: await readAuthor(db, ctx, language, authorId),
    patient: {
      name: `${patient.givenName} ${patient.familyName}`,
      birthDate: patient.birthDate?.toISOString().slice(0, 10) ?? null,
      fileNumber: patient.fileNumber,
      phone: contact ? showPhone(contact.value, language) : "",
      nam,
    },
    today,
    attached: await readAttached(db, ctx, patientId, kept),
  };
}

/** A letter goes to somebody, about something, and no field of it stands open. @throws Invalid, each fault beside its field */
export function refuseUnfinished({ kind, kept, content }: PreparedLetter): void {
  const open = openFields(content.body as RichText, content.subject);
  const faults: Record<string, string> = {
    ...(!kept.recipient?.name && { recipient: "letter.recipientNeeded" }),
    ...(kept.subject === "" && { subject: "required" }),
    ...(isEmptyNote({ body: kept.body }) && { body: "letter.empty" }),
    ...(open.length > 0 && { body: open.every(isLate) ? "letter.noNam" : "letter.unfilled" }),
    ...(kind === "referral" && kept.specialty === "" && { specialty: "required" }),
    ...(kind === "referral" && kept.priority === "" && { priority: "required" }),
  };
  if (Object.keys(faults).length > 0) throw invalid("letter.unfinished", faults);
}
