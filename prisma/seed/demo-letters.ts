import type { ClinicContext } from "#server/context.ts";
import { addCorrespondent } from "#server/correspondent/add-correspondent.ts";
import { addCorrespondentInput } from "#server/correspondent/schema.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { fileDocument } from "#server/document/file-document.ts";
import { refill } from "#server/letter/fields-schema.ts";
import { readLetter } from "#server/letter/read-letter.ts";
import { saveLetter } from "#server/letter/save-letter.ts";
import { type LetterContent, letterContentSchema, type Recipient } from "#server/letter/schema.ts";
import { signLetter } from "#server/letter/sign-letter.ts";
import { startLetter } from "#server/letter/start-letter.ts";
import { addLetterTemplate } from "#server/letter-template/add-letter-template.ts";
import { addLetterTemplateInput } from "#server/letter-template/schema.ts";
import type { RichText } from "#server/note/rich-text-schema.ts";
import { startReferral } from "#server/referral/start-referral.ts";
import { cancelReferral, markBooked, markSeen, markSent, receiveReport } from "#server/referral/step-referral.ts";
import { bring } from "./demo-documents.ts";
import { smallPdf } from "./small-pdf.ts";

/** Templates of letters, a directory, and requests at every step of their way. Nobody of them exists. */

/** « - » begins a list item, « **…** » is bold. */
const rich = (text: string): RichText =>
  text.split("\n").map((line) => {
    const bold = /^\*\*(.+)\*\*$/.exec(line)?.[1];
    if (bold) return { runs: [{ text: bold, bold: true as const }] };
    return line.startsWith("- ") ? { list: "bullet" as const, runs: [line.slice(2)] } : { runs: line ? [line] : [] };
  });

const frenchRequest = `Chère consœur, cher confrère,
Je vous adresse {{Nom du patient}}, {{Âge}}, pour évaluation en {{Spécialité demandée}}.
**Motif de la demande**
[Précisez le motif, depuis quand, et ce que vous attendez de la consultation.]
**Problèmes actifs**
{{Problèmes actifs}}
**Médicaments**
{{Médicaments actifs}}
**Allergies et intolérances**
{{Allergies}}
**Derniers signes vitaux**
{{Derniers signes vitaux}}
Je vous remercie de me faire parvenir votre rapport à la clinique, au {{Téléphone de la clinique}}.`;

const englishRequest = `Dear colleague,
I am referring {{Patient name}}, {{Age}}, for assessment in {{Requested specialty}}.
**Reason for the request**
[State the reason, since when, and what you expect from the consultation.]
**Active problems**
{{Active problems}}
**Current medications**
{{Current medications}}
**Allergies**
{{Allergies}}
Thank you for sending your report to the clinic, {{Clinic phone}}.`;

const templates = [
  {
    kind: "referral",
    title: "Demande de consultation, spécialité médicale",
    fr: ["Demande de consultation en {{Spécialité demandée}}", frenchRequest],
    en: ["Request for consultation, {{Requested specialty}}", englishRequest],
  },
  {
    kind: "referral",
    title: "Ophtalmologie, dépistage du diabète",
    specialty: "Ophtalmologie",
    priority: "d",
    fr: [
      "Dépistage de la rétinopathie diabétique",
      `Chère consœur, cher confrère,
Merci d’examiner le fond d’œil de {{Nom du patient}} ({{Âge}}), qui vit avec un diabète.
**Résultats récents**
{{Résultats choisis}}
**Médicaments**
{{Médicaments actifs}}
Merci de préciser l’intervalle du prochain examen.`,
    ],
    en: [
      "Screening for diabetic retinopathy",
      `Dear colleague,
Please examine the fundus of {{Patient name}} ({{Age}}), who lives with diabetes.
{{Chosen results}}`,
    ],
  },
  {
    kind: "letter",
    title: "Lettre à un confrère",
    fr: [
      "Suivi de {{Nom du patient}}",
      `Bonjour,
Je fais suite à la visite de {{Nom du patient}}, né(e) le {{Date de naissance}}, NAM {{NAM}}.
**Évolution**
[Décrivez l’évolution depuis la dernière correspondance.]
**Médicaments actuels**
{{Médicaments actifs}}
Avec mes remerciements pour votre collaboration,`,
    ],
    en: [
      "Follow-up of {{Patient name}}",
      `Hello,
Following the visit of {{Patient name}}, born {{Birth date}}, RAMQ {{RAMQ number}}.
{{Current medications}}`,
    ],
  },
  {
    kind: "letter",
    title: "Attestation de présence",
    fr: [
      "Attestation de présence",
      `À qui de droit,
J’atteste que {{Nom du patient}} s’est présenté(e) à la {{Nom de la clinique}} le {{Date du jour}}.
Cette attestation est remise à sa demande et ne contient aucun renseignement de santé.`,
    ],
    en: [
      "Certificate of attendance",
      `To whom it may concern,
This certifies that {{Patient name}} attended {{Clinic name}} on {{Today’s date}}.`,
    ],
  },
] as const;

const correspondents = [
  [
    "practitioner",
    "Chantal",
    "Lemay",
    "Clinique de l’œil de Limoilou",
    "Ophtalmologie",
    "1255, 1re Avenue",
    "G1L 3K6",
    "418 555-0121",
    "418 555-0122",
  ],
  [
    "practitioner",
    "Marc-André",
    "Fortin",
    "Cardiologie du Cap",
    "Cardiologie",
    "300, boulevard Charest Est",
    "G1K 3H3",
    "418 555-0131",
    "418 555-0132",
  ],
  [
    "practitioner",
    "Sophie",
    "Desrosiers",
    "Centre de dermatologie Saint-Roch",
    "Dermatologie",
    "520, rue Dorchester",
    "G1K 6A4",
    "418 555-0134",
    "418 555-0135",
  ],
  [
    "practitioner",
    "Étienne",
    "Gagné",
    "Hôpital régional fictif",
    "Pneumologie",
    "11, côte du Palais",
    "G1R 2J6",
    "418 555-0136",
    "418 555-0137",
  ],
  [
    "practitioner",
    "Louise",
    "Bélanger",
    "",
    "Psychiatrie",
    "45, rue Soumande",
    "G1L 4W8",
    "418 555-0138",
    "418 555-0139",
  ],
  [
    "organization",
    "",
    "",
    "Centre de répartition des demandes de services",
    "CRDS",
    "2400, avenue D’Estimauville",
    "G1E 7G9",
    "418 555-0150",
    "418 555-0151",
  ],
  [
    "organization",
    "",
    "",
    "Imagerie médicale de la Capitale",
    "Radiologie",
    "875, boulevard Lebourgneuf",
    "G2J 0B7",
    "418 555-0152",
    "418 555-0153",
  ],
] as const;

const day = (before: number) => new Date(Date.now() - before * 86_400_000).toISOString().slice(0, 10);

interface Asked {
  readonly specialty: string;
  readonly priority: "a" | "b" | "c" | "d" | "e";
  readonly to: number;
  readonly reason: string;
  readonly state: "draft" | "signed" | "sent" | "late" | "booked" | "seen" | "answered" | "cancelled";
}

const asked: readonly (readonly [patient: number, ...Asked[]])[] = [
  [
    0,
    {
      specialty: "Cardiologie",
      priority: "c",
      to: 1,
      reason: "Palpitations à l’effort depuis six semaines, sans syncope. Hypertension et diabète.",
      state: "answered",
    },
    {
      specialty: "Néphrologie",
      priority: "d",
      to: 5,
      reason: "DFG en baisse de 68 à 54 mL/min/1,73 m² en six ans, albuminurie croissante.",
      state: "booked",
    },
    {
      specialty: "Ophtalmologie",
      priority: "d",
      to: 0,
      reason: "Dépistage de la rétinopathie, dernier examen il y a plus de deux ans.",
      state: "late",
    },
  ],
  [
    1,
    {
      specialty: "Pneumologie",
      priority: "c",
      to: 3,
      reason: "MPOC, dyspnée croissante, trois exacerbations dans l’année.",
      state: "sent",
    },
    {
      specialty: "Urologie",
      priority: "e",
      to: 5,
      reason: "Symptômes obstructifs malgré le traitement.",
      state: "signed",
    },
  ],
  [
    2,
    {
      specialty: "Allergologie",
      priority: "d",
      to: 5,
      reason: "Allergie à l’arachide, réévaluation et auto-injecteur.",
      state: "seen",
    },
  ],
  [
    3,
    {
      specialty: "Neurologie",
      priority: "d",
      to: 5,
      reason: "Migraines réfractaires à deux prophylaxies.",
      state: "draft",
    },
    {
      specialty: "Gynécologie",
      priority: "e",
      to: 5,
      reason: "Douleurs pelviennes, endométriose connue.",
      state: "cancelled",
    },
  ],
];

/** @param doctor who signs; @param charted the patients who have a record */
export async function plantLetters(doctor: ClinicContext, charted: readonly string[]): Promise<void> {
  const [referral] = await plantTemplates(doctor);
  const directory = await plantDirectory(doctor);
  for (const [patient, ...requests] of asked) {
    const patientId = charted[patient];
    if (!patientId) continue;
    for (const one of requests)
      await plantReferral(doctor, patientId, referral ?? null, directory[one.to] ?? null, one);
  }
  const [first] = charted;
  if (!first) return;
  const id = newId();
  await startLetter(doctor, { id, patientId: first, templateId: null });
  const content = letterContentSchema.parse({
    language: "fr",
    recipient: directory[0] ?? null,
    copies: [],
    subject: "Suivi du diabète",
    body: rich(
      "Bonjour,\nLa tension est mieux maîtrisée depuis l’ajout du candésartan. Prochain contrôle dans trois mois.\nMerci de votre collaboration,",
    ),
    attachments: [],
  });
  await finish(doctor, id, content);
}

async function plantTemplates(ctx: ClinicContext): Promise<string[]> {
  const ids: string[] = [];
  for (const { kind, title, fr, en, ...more } of templates) {
    const id = newId();
    const content = {
      fr: { subject: fr[0], body: rich(fr[1]) },
      en: { subject: en[0], body: rich(en[1]) },
      ...more,
    };
    await addLetterTemplate(ctx, addLetterTemplateInput.parse({ id, kind, title, content }));
    ids.push(id);
  }
  return ids;
}

async function plantDirectory(ctx: ClinicContext): Promise<Recipient[]> {
  const made: Recipient[] = [];
  for (const [kind, givenName, familyName, name, specialty, addressLine, postalCode, phone, fax] of correspondents) {
    const id = newId();
    const line = {
      kind,
      givenName,
      familyName,
      name,
      specialty,
      addressLine,
      city: "Québec",
      province: "Québec",
      postalCode,
      phone,
      fax,
    };
    await addCorrespondent(ctx, addCorrespondentInput.parse({ id, ...line }));
    made.push({
      kind: "correspondent",
      correspondentId: id,
      name: kind === "practitioner" ? `${givenName} ${familyName}` : name,
      specialty,
      address: [kind === "practitioner" ? name : "", addressLine, `Québec (Québec) ${postalCode}`]
        .filter(Boolean)
        .join("\n"),
      fax,
    });
  }
  return made;
}

async function plantReferral(
  ctx: ClinicContext,
  patientId: string,
  templateId: string | null,
  recipient: Recipient | null,
  { specialty, priority, reason, state }: Asked,
): Promise<void> {
  const [letterId, id] = [newId(), newId()];
  await startReferral(ctx, { id: letterId, requestId: id, patientId, templateId });
  const begun = await readLetter(ctx, { id: letterId, refresh: true });
  const body = refill(begun.content.body, { specialty: specialty.toLowerCase() }, ["specialty"], "fr").flatMap(
    (block) => (JSON.stringify(block.runs).includes("Précisez le motif") ? rich(reason) : [block]),
  );
  const content: LetterContent = {
    ...begun.content,
    recipient,
    specialty,
    priority,
    subject: `Demande de consultation en ${specialty.toLowerCase()}`,
    body: body.filter((block) => !JSON.stringify(block.runs).includes("{{")),
    expectedOn: state === "late" ? day(12) : null,
  };
  if (state === "draft") {
    await saveLetter(ctx, { id: letterId, revision: 1, saveId: newId(), content });
    return;
  }
  await finish(ctx, letterId, content);
  let version = 2;
  if (state === "signed") return;
  if (state === "cancelled") {
    await cancelReferral(ctx, { id, version, reason: "La patiente préfère attendre" });
    return;
  }
  ({ version } = await markSent(ctx, {
    id,
    version,
    on: day(40),
    how: recipient?.specialty === "CRDS" ? "desk" : "fax",
  }));
  if (state === "sent" || state === "late") return;
  ({ version } = await markBooked(ctx, { id, version, on: state === "booked" ? day(-9) : day(12), note: "9 h 30" }));
  if (state === "booked") return;
  ({ version } = await markSeen(ctx, { id, version, on: day(12), note: "" }));
  if (state === "seen") return;
  await receiveReport(ctx, { id, version, documentId: await plantReport(ctx, patientId, specialty) });
}

async function finish(ctx: ClinicContext, id: string, content: LetterContent): Promise<void> {
  const { revision } = await saveLetter(ctx, { id, revision: 1, saveId: newId(), content });
  await signLetter(ctx, { id, revision });
}

async function plantReport(ctx: ClinicContext, patientId: string, specialty: string): Promise<string> {
  const { givenName, familyName } = await withStaff(ctx, (db) =>
    db.patient.findFirstOrThrow({
      where: { clinicId: ctx.clinic.id, id: patientId },
      select: { givenName: true, familyName: true },
    }),
  );
  const lines = [
    `RAPPORT DE CONSULTATION EN ${specialty.toLocaleUpperCase("fr-CA")}`,
    "",
    `Patient : ${givenName} ${familyName}`,
    "Merci de m'avoir adressé cette personne.",
    "Holter de 48 heures : rares extrasystoles. Échocardiographie normale.",
    "Conduite : rassurer, poursuivre le même traitement, revoir au besoin.",
  ];
  const id = await bring(ctx, "rapport-consultation.pdf", smallPdf([{ lines }]));
  await fileDocument(ctx, {
    id,
    version: 1,
    patientId,
    documentType: "consultation",
    title: `Rapport de consultation en ${specialty.toLowerCase()}`,
    datedOn: day(6),
    sourceAuthor: "Dr Marc-André Fortin",
    reviewerId: null,
    urgent: false,
  });
  return id;
}
