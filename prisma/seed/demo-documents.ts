import sharp from "sharp";
import type { ClinicContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { fileDocument } from "#server/document/file-document.ts";
import type { DocumentType } from "#server/document/schema.ts";
import { PART_BYTES } from "#server/document/schema.ts";
import { beginUpload } from "#server/document/upload/begin-upload.ts";
import { completeUpload } from "#server/document/upload/complete-upload.ts";
import { receivePart } from "#server/document/upload/receive-part.ts";
import { smallPdf } from "./small-pdf.ts";

interface Person {
  readonly id: string;
  readonly name: string;
  readonly birthDate: string;
}

interface Letter {
  readonly type: DocumentType;
  readonly title: string;
  readonly author: string;
  readonly fileName: string;
  readonly daysAgo: number;
  readonly lines: readonly string[];
}

/** What arrives in a family practice: everybody in it is made up. */
const letters: readonly Letter[] = [
  {
    type: "imaging",
    title: "Échographie abdominale",
    author: "Dr Luc Morin",
    fileName: "numerisation_0412.pdf",
    daysAgo: 3,
    lines: [
      "Indication : douleur à l’hypocondre droit.",
      "Foie de dimension normale, d’échogénicité homogène. Lithiase vésiculaire de 8 mm, sans épaississement de la paroi.",
      "Voies biliaires non dilatées. Reins sans particularité.",
      "Impression : lithiase vésiculaire simple.",
    ],
  },
  {
    type: "consultation",
    title: "Rapport de consultation en cardiologie",
    author: "Dre Catherine Lemay",
    fileName: "Lettre cardiologie.pdf",
    daysAgo: 9,
    lines: [
      "Merci de m’avoir référé cette personne pour palpitations.",
      "Le Holter de 48 heures montre de rares extrasystoles auriculaires. Échocardiographie normale.",
      "Impression et plan : rassurer, réduire la caféine, revoir au besoin.",
    ],
  },
  {
    type: "laboratory",
    title: "Laboratoire : biochimie",
    author: "Laboratoire de Limoilou",
    fileName: "labo-20261118.pdf",
    daysAgo: 5,
    lines: [
      "Créatinine 98 µmol/L (45 - 84)   HbA1c 7,9 %   TSH 3,1 mUI/L",
      "Ferritine 22 µg/L   Potassium 4,8 mmol/L",
      "Commentaire : DFG estimé 54 mL/min/1,73 m².",
    ],
  },
  {
    type: "hospital",
    title: "Sommaire d’hospitalisation",
    author: "Dr Philippe Nadeau",
    fileName: "FAX-2026-11-02.pdf",
    daysAgo: 14,
    lines: [
      "Date de sortie : 2026-11-01. Motif : pneumonie du lobe inférieur droit.",
      "Antibiothérapie intraveineuse, puis par la bouche pour sept jours. Congé au domicile avec suivi au CLSC.",
      "Radiographie de contrôle dans six semaines.",
    ],
  },
  {
    type: "functional",
    title: "Électrocardiogramme au repos",
    author: "Geneviève Roy, inhalothérapeute",
    fileName: "ECG.pdf",
    daysAgo: 31,
    lines: ["Rythme sinusal, 72 par minute. Axe normal. Pas de trouble de la repolarisation."],
  },
  {
    type: "form",
    title: "Formulaire d’assurance invalidité",
    author: "Assurance Boréale",
    fileName: "formulaire-invalidite.pdf",
    daysAgo: 2,
    lines: ["Formulaire : déclaration du médecin traitant, réclamation pour invalidité de courte durée."],
  },
  {
    type: "pathology",
    title: "Pathologie : biopsie cutanée",
    author: "Dre Annie Fortin",
    fileName: "scan 7.pdf",
    daysAgo: 20,
    lines: ["Spécimen : biopsie à l’emporte-pièce, avant-bras gauche.", "Diagnostic : kératose séborrhéique. Bénin."],
  },
];

/** An inbox as it looks on a morning, and charts with their latest documents. The worker reads them once it runs. */
export async function plantDocuments(
  ctx: ClinicContext,
  patients: readonly string[],
  reviewerName: string,
): Promise<void> {
  const people = await peopleOf(ctx, patients.slice(0, 14));
  const reviewerId = await withStaff(ctx, async (db) => {
    const where = { clinicId: ctx.clinic.id, displayName: reviewerName };
    return (await db.membership.findFirst({ where, select: { userId: true } }))?.userId ?? null;
  });
  for (const [index, person] of people.entries()) {
    const letter = letters[index % letters.length];
    if (!letter) continue;
    const id = await bring(ctx, letter.fileName, letterTo(person, letter, reviewerName));
    // The first half waits in the inbox.
    if (index < 7) continue;
    await fileDocument(ctx, {
      id,
      version: 1,
      patientId: person.id,
      documentType: letter.type,
      title: letter.title,
      datedOn: dayBefore(letter.daysAgo),
      sourceAuthor: letter.author,
      reviewerId: index % 2 === 1 ? reviewerId : null,
      urgent: index === 9,
    });
  }
  const [first] = people;
  if (first) await bring(ctx, `${first.name.replaceAll(" ", "_")}_plaie.jpg`, await aPicture());
}

async function peopleOf(ctx: ClinicContext, ids: readonly string[]): Promise<Person[]> {
  const rows = await withStaff(ctx, (db) =>
    db.patient.findMany({
      where: { clinicId: ctx.clinic.id, id: { in: [...ids] }, birthDate: { not: null } },
      orderBy: { id: "asc" },
      select: { id: true, givenName: true, familyName: true, birthDate: true },
    }),
  );
  return rows.map(({ id, givenName, familyName, birthDate }) => ({
    id,
    name: `${givenName} ${familyName}`,
    birthDate: birthDate?.toISOString().slice(0, 10) ?? "",
  }));
}

const dayBefore = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

function letterTo({ name, birthDate }: Person, { title, author, daysAgo, lines }: Letter, to: string): Buffer {
  return smallPdf([
    {
      lines: [
        title.toLocaleUpperCase("fr-CA"),
        "",
        `Patient : ${name}, né(e) le ${birthDate}`,
        `Date du rapport : ${dayBefore(daysAgo)}`,
        `À l’attention de ${to}`,
        "",
        ...lines.flatMap((line) => [...wrap(line), ""]),
        `Signé par ${author}`,
      ],
    },
  ]);
}

/** A letter's width holds so many characters of this size. */
const widest = 86;

function wrap(text: string): string[] {
  const rows = [""];
  for (const word of text.split(" ")) {
    const last = rows.at(-1) ?? "";
    if (last.length + word.length > widest) rows.push(word);
    else rows[rows.length - 1] = last ? `${last} ${word}` : word;
  }
  return rows;
}

const aPicture = () =>
  sharp({ create: { width: 900, height: 640, channels: 3, background: "#d9b6a3" } })
    .composite([
      {
        input: Buffer.from(
          '<svg width="900" height="640"><ellipse cx="450" cy="320" rx="120" ry="70" fill="#a3452f" opacity="0.7"/><rect x="80" y="560" width="300" height="14" fill="#333"/></svg>',
        ),
      },
    ])
    .jpeg({ quality: 70 })
    .toBuffer();

export async function bring(ctx: ClinicContext, name: string, content: Uint8Array): Promise<string> {
  const id = newId();
  await beginUpload(ctx, { files: [{ id, name, sizeBytes: content.byteLength, modifiedAt: new Date() }] });
  for (let offset = 0; offset < content.byteLength; offset += PART_BYTES)
    await receivePart(ctx, { id, offset }, async () => content.subarray(offset, offset + PART_BYTES));
  await completeUpload(ctx, { id, patientId: null });
  return id;
}
