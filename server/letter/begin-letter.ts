import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { notFound, precondition } from "#server/errors.ts";
import type { TemplateContent } from "#server/letter-template/schema.ts";
import { groundOf } from "#server/patient/ground.ts";
import { requireLivePatient } from "#server/patient/require-live-patient.ts";
import { type FieldValues, fillFields, fillLine } from "./fields-schema.ts";
import { readFields } from "./read-fields.ts";
import type { LetterContent, LetterKind } from "./schema.ts";
import { type Language, sayPriority } from "./words.ts";

interface Beginning {
  readonly id: string;
  readonly patientId: string;
  readonly kind: LetterKind;
  readonly templateId: string | null;
  readonly language?: Language | undefined;
}

/**
 * A letter and its draft, in the caller's transaction: the template's text of today, with what the chart knows in place of its fields.
 * @throws NotFound; Precondition for a record opened by mistake, or a template that is no longer used
 */
export async function beginLetter(db: Db, ctx: ClinicContext, beginning: Beginning): Promise<void> {
  const { id, patientId, kind, templateId } = beginning;
  const clinicId = ctx.clinic.id;
  await requireLivePatient(db, ctx, patientId);
  const patient = await db.patient.findFirstOrThrow({
    where: { clinicId, id: patientId },
    select: { language: true },
  });
  const language = beginning.language ?? (patient.language === "en" ? "en" : "fr");
  const template = templateId ? await readTemplate(db, clinicId, templateId, kind) : null;
  const { values } = await readFields(db, ctx, patientId, language);
  const content = template ? fromTemplate(template.content, values, language) : blank(language);
  await insertLetter(db, ctx, {
    id,
    patientId,
    kind,
    content,
    template: template && { id: template.id, number: template.number },
  });
}

interface NewLetter {
  readonly id: string;
  readonly patientId: string;
  readonly kind: LetterKind;
  readonly content: LetterContent;
  readonly template: { readonly id: string; readonly number: number } | null;
  readonly correctsId?: string;
}

export async function insertLetter(db: Db, ctx: ClinicContext, letter: NewLetter): Promise<void> {
  const { id, patientId, kind, content, template, correctsId } = letter;
  const clinicId = ctx.clinic.id;
  const authorId = ctx.user.id;
  const category = kind === "referral" ? "referral" : "document";
  await db.letter.createMany({
    data: {
      clinicId,
      id,
      patientId,
      authorId,
      kind,
      category,
      templateId: template?.id ?? null,
      templateNumber: template?.number ?? null,
      correctsId: correctsId ?? null,
    },
  });
  await db.letterDraft.createMany({
    data: { clinicId, letterId: id, patientId, authorId, category, content, savedBy: authorId },
  });
  await recordAudit(db, ctx, {
    event: "letter.begun",
    action: "C",
    entity: "Letter",
    entityIds: correctsId ? [id, correctsId] : [id],
    patientId,
    ground: groundOf(ctx),
    detail: { kind },
  });
}

async function readTemplate(db: Db, clinicId: string, id: string, kind: LetterKind) {
  const template = await db.letterTemplate.findFirst({
    where: { clinicId, id, kind },
    select: { id: true, number: true, status: true },
  });
  if (!template) throw notFound();
  if (template.status !== "active") throw precondition("letterTemplate.retired");
  const { content } = await db.letterTemplateVersion.findFirstOrThrow({
    where: { clinicId, templateId: id, number: template.number },
    select: { content: true },
  });
  return { ...template, content: content as unknown as TemplateContent };
}

const blank = (language: Language): LetterContent => ({
  language,
  recipient: null,
  copies: [],
  subject: "",
  body: [],
  attachments: [],
  specialty: "",
  priority: "",
  expectedOn: null,
});

/** In the asked language, or in the other when the clinic wrote none in it. */
function fromTemplate(template: TemplateContent, values: FieldValues, language: Language): LetterContent {
  const { specialty, priority } = template;
  const other = language === "fr" ? "en" : "fr";
  const said = template[language].body.length > 0 ? template[language] : template[other];
  const asked: FieldValues = {
    ...values,
    ...(specialty && { specialty }),
    ...(priority && { priority: sayPriority(priority, language) }),
  };
  return {
    ...blank(language),
    subject: fillLine(said.subject, asked).slice(0, 200),
    body: fillFields(said.body, asked),
    specialty,
    priority,
  };
}
