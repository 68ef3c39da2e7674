import { AlignmentType, Document, Footer, LevelFormat, Packer, PageNumber, Paragraph, TextRun } from "docx";
import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound, precondition } from "#server/errors.ts";
import type { Block, RichText, Run } from "#server/note/rich-text-schema.ts";
import { groundOf } from "#server/patient/ground.ts";
import { readSignedPaper } from "./prepare-letter.ts";
import type { LetterFile } from "./preview-letter.ts";
import type { LetterInput } from "./schema.ts";
import { letterWords, longDay, sayPriority } from "./words.ts";

/**
 * A signed letter as a file for a word processor, for whoever must go on writing in one: its text as it was signed, without what was attached. The
 * PDF is the letter; this is a copy of its words.
 * @throws Precondition `letter.notSigned`; NotFound
 */
export async function exportWord(ctx: ClinicContext, { id }: LetterInput): Promise<LetterFile> {
  requirePermission(ctx, "chart:read");
  const paper = await withStaff(ctx, async (db) => {
    const letter = await db.letter.findFirst({ where: { clinicId: ctx.clinic.id, id } });
    if (!letter) throw notFound();
    if (!letter.signedAt || !letter.signedBy) throw precondition("letter.notSigned");
    await recordAudit(db, ctx, {
      event: "letter.exported",
      action: "R",
      entity: "Letter",
      entityIds: [id],
      patientId: letter.patientId,
      ground: groundOf(ctx),
    });
    return readSignedPaper(db, ctx, { ...letter, signedAt: letter.signedAt, signedBy: letter.signedBy });
  });
  const { content, clinic, author, patient, today, kind } = paper;
  const { language, recipient, subject, copies, specialty, priority } = content;
  const words = letterWords[language];
  const born = patient.birthDate && `${words.born} ${patient.birthDate}`;
  const lines = [
    bold(clinic.name),
    ...clinic.lines.map(plain),
    plain(clinic.phone),
    plain(""),
    plain(longDay(today, language)),
    plain(""),
    ...(recipient
      ? [bold(recipient.name), ...[recipient.specialty, ...recipient.address.split("\n")].filter(Boolean).map(plain)]
      : []),
    plain(""),
    bold(`${words[kind]} · ${patient.name}`),
    plain([born, `${words.nam} ${patient.nam ?? words.noNam}`].filter(Boolean).join(" · ")),
    ...(kind === "referral" ? [plain([specialty, sayPriority(priority, language)].filter(Boolean).join(" · "))] : []),
    bold(`${words.subject} : ${subject}`),
    plain(""),
    ...paragraphs(content.body),
    plain(""),
    bold(author.name),
    plain([author.title, author.permitNumber && `${words.licence} ${author.permitNumber}`].filter(Boolean).join(" · ")),
    ...(copies.length > 0 ? [plain(`${words.copies} ${copies.map(({ name }) => name).join(", ")}`)] : []),
  ];
  const foot = new Paragraph({
    alignment: AlignmentType.RIGHT,
    children: [
      new TextRun({
        size: 16,
        children: [`${clinic.name} · ${patient.name} · `, PageNumber.CURRENT, " / ", PageNumber.TOTAL_PAGES],
      }),
    ],
  });
  const document = new Document({
    creator: "Chevet",
    title: words[kind],
    styles: { default: { document: { run: { font: "Calibri", size: 22, language: { value: `${language}-CA` } } } } },
    numbering: { config: [{ reference: "numbers", levels: levels }] },
    sections: [{ footers: { default: new Footer({ children: [foot] }) }, children: lines }],
  });
  const file = await Packer.toBase64String(document);
  return { name: `${kind === "referral" ? "demande" : "lettre"}-${today}.docx`, file };
}

const plain = (text: string) => new Paragraph({ children: [new TextRun(text)] });
const bold = (text: string) => new Paragraph({ children: [new TextRun({ text, bold: true })] });

const levels = Array.from({ length: 6 }, (_, level) => ({
  level,
  format: LevelFormat.DECIMAL,
  text: `%${level + 1}.`,
  alignment: AlignmentType.LEFT,
  style: { paragraph: { indent: { left: 360 * (level + 1), hanging: 360 } } },
}));

/** Each run of numbered items counts from one: an instance of the list for each. */
function paragraphs(text: RichText): Paragraph[] {
  let instance = 0;
  return text.map((block, at) => {
    if (block.list === "number" && text[at - 1]?.list !== "number") instance += 1;
    return paragraph(block, instance);
  });
}

function paragraph({ list, depth = 1, runs }: Block, instance: number): Paragraph {
  return new Paragraph({
    children: runs.map(run),
    spacing: { after: list ? 40 : 120 },
    ...(list === "bullet" && { bullet: { level: depth - 1 } }),
    ...(list === "number" && { numbering: { reference: "numbers", level: depth - 1, instance } }),
  });
}

function run(one: Run): TextRun {
  if (typeof one === "string") return new TextRun(one);
  return new TextRun({ text: one.text, bold: one.bold ?? false, italics: one.italic ?? false });
}
