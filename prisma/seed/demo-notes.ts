import type { ClinicContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { amendNote } from "#server/note/amend-note.ts";
import type { Answers, Block } from "#server/note/rich-text-schema.ts";
import { saveDraft } from "#server/note/save-draft.ts";
import type { Diagnosis } from "#server/note/schema.ts";
import { signNote } from "#server/note/sign-note.ts";
import { startNote } from "#server/note/start-note.ts";
import { addPhrase } from "#server/phrase/add-phrase.ts";

/** One note as it would have been written: by section, a line each; « - » begins an item. */
export interface Written {
  readonly monthsAgo: number;
  readonly reason: string;
  readonly template?: string;
  readonly sections: Readonly<Record<string, string>>;
  /** Of the sections that are no text: a choice, a number. */
  readonly values?: Answers;
  readonly diagnoses?: readonly (readonly [text: string, code: string])[];
}

const followUp: readonly Written[] = [
  {
    monthsAgo: 74,
    reason: "Nouvelle patiente",
    template: "medical-assessment.fr",
    sections: {
      reason: "Prise en charge. Son ancien médecin a pris sa retraite.",
      illness: "Se sent bien. Céphalées occasionnelles en fin de journée, sans signe d’alarme.",
      history:
        "- Cholécystectomie 1999\n- Père : infarctus à 58 ans ; mère : diabète de type 2\n- Ex-fumeuse, 20 paquets-année, arrêt 2010",
      objective: "TA 146/90 assise, bras gauche. Pouls 76. IMC 29,4. Cœur et poumons sans particularité.",
      analysis: "1. TA élevée, à confirmer à domicile\n2. Risque cardiovasculaire à calculer",
      plan: "MAPA ou mesures à domicile pendant 2 semaines. Bilan lipidique, glycémie à jeun, créatinine. Revoir avec les résultats.",
    },
    diagnoses: [["TA élevée sans diagnostic d’hypertension", "796.2"]],
  },
  {
    monthsAgo: 72,
    reason: "Résultats et TA",
    sections: {
      subjective: "Mesures à domicile : moyenne 148/88 sur 14 jours. Aucun symptôme.",
      objective: "TA 150/90. Glycémie à jeun 6,4 ; LDL 3,6 ; créatinine 78.",
      analysis: "1. HTA essentielle, nouvelle\n2. Prédiabète\n3. Dyslipidémie",
      plan: "Amlodipine 5 mg 1 fois par jour. Conseils alimentaires, marche 30 minutes. Revoir dans 2 mois.",
    },
    diagnoses: [
      ["HTA essentielle", "401.9"],
      ["Dyslipidémie", "272.4"],
    ],
  },
  {
    monthsAgo: 50,
    reason: "HTA, suivi",
    sections: {
      subjective: "Prend ses médicaments tous les jours. Chevilles un peu enflées le soir.",
      objective: "TA 134/82. Œdème léger aux chevilles, bilatéral. HbA1c 6,6 %.",
      analysis: "1. HTA, presque à la cible\n2. Diabète de type 2, nouveau",
      plan: "Metformine 500 mg 2 fois par jour aux repas. Infirmière clinicienne pour l’enseignement. HbA1c dans 3 mois.",
    },
    diagnoses: [
      ["Diabète de type 2", "250.0"],
      ["HTA essentielle", "401.9"],
    ],
  },
  {
    monthsAgo: 31,
    reason: "Gonalgie droite",
    sections: {
      subjective: "Douleur au genou droit depuis 4 mois, pire dans les escaliers, sans blocage.",
      objective: "Pas d’épanchement. Crépitants. Flexion 120°. Ligaments stables.",
      analysis: "Gonarthrose droite",
      plan: "Acétaminophène au besoin, physiothérapie, radiographie debout. Éviter les AINS (rein).",
    },
    diagnoses: [["Gonarthrose droite", "715.1"]],
  },
  {
    monthsAgo: 14,
    reason: "Renouvellement",
    template: "telephone.fr",
    sections: {
      caller: "La patiente elle-même, identité vérifiée par la date de naissance et l’adresse.",
      reason: "Renouvellement de ses médicaments ; aucun problème.",
      obtained: "TA à domicile autour de 132/80. Pas d’hypoglycémie.",
      plan: "Renouvelé 12 mois. Visite en personne avec bilan dans 3 mois. Rappeler si étourdissements.",
    },
  },
  {
    monthsAgo: 4,
    reason: "HTA, diabète, suivi",
    sections: {
      subjective: "Se sent bien. Pas de douleur thoracique ni de dyspnée. Marche 3 fois par semaine.",
      objective: "TA 152/88 assise, 2e mesure 148/86. Pouls 76. Poids 78,4 kg. Monofilament 10/10 aux deux pieds.",
      analysis: "1. HTA non maîtrisée, cible < 130/80\n2. Diabète de type 2, HbA1c 7,6 %\n3. MRC G3a A2, stable",
      plan: "Candésartan 16 mg 1 fois par jour. Créatinine et potassium dans 2 semaines. Revoir dans 4 mois.",
    },
    diagnoses: [
      ["HTA essentielle", "401.9"],
      ["Diabète de type 2", "250.0"],
      ["Insuffisance rénale chronique", "585.3"],
    ],
  },
];

const shorter: readonly Written[] = [
  {
    monthsAgo: 26,
    reason: "Examen périodique",
    sections: {
      subjective: "Aucune plainte. Dort bien, travaille à temps plein.",
      objective: "TA 118/74. Examen sans particularité.",
      analysis: "Adulte en bonne santé",
      plan: "Dépistages à jour. Revoir au besoin.",
    },
  },
  {
    monthsAgo: 5,
    reason: "Toux",
    sections: {
      subjective: "Toux depuis 6 jours, fièvre à 38,2 les deux premiers jours, plus maintenant.",
      objective: "Afébrile. SpO2 98 %. Gorge rouge sans exsudat, poumons clairs.",
      analysis: "Infection virale des voies respiratoires supérieures",
      plan: "Repos, hydratation. Revenir si fièvre de retour, dyspnée ou toux de plus de 3 semaines.",
    },
    diagnoses: [["Infection des voies respiratoires supérieures", "465.9"]],
  },
];

const phrases = [
  [
    "examcp",
    "Examen cœur et poumons normal",
    "Cœur : B1 B2 réguliers, sans souffle. Poumons : murmure vésiculaire symétrique, sans bruit surajouté.",
  ],
  [
    "dmsuivi",
    "Suivi du diabète",
    "{nom}, {age}. Diabète de type 2.\n- HbA1c [valeur] %\n- Pieds : monofilament [nombre]/10\n- Hypoglycémies : [fréquence]",
  ],
  [
    "htacible",
    "Cibles de TA",
    "Cible < 130/80 mmHg. Mesures à domicile matin et soir pendant 7 jours avant la prochaine visite ({rdv}).",
  ],
  [
    "consigne",
    "Consignes de retour",
    "Rappeler ou consulter si : fièvre de plus de 48 heures, dyspnée, douleur thoracique, ou si l’état se détériore.",
  ],
] as const;

/**
 * Years of notes of one physician for those whom she follows and those whom she sees today: signed, one with an addendum, one corrected, one that
 * waits for her signature.
 */
export async function plantNotes(
  ctx: ClinicContext,
  practitionerId: string,
  followed: readonly string[],
): Promise<void> {
  for (const [code, title, body] of phrases) await addPhrase(ctx, { id: newId(), code, title, body, own: true });
  const visits = await withStaff(
    ctx,
    (db) =>
      db.$queryRaw<{ id: string; patientId: string; flow: string; startsAt: Date }[]>`
      select a.id, a.patient_id as "patientId", a.flow, s.starts_at as "startsAt" from clinic.appointment a
      join clinic.sitting s on s.clinic_id = a.clinic_id and s.id = a.sitting_id
      where a.clinic_id = ${ctx.clinic.id}::uuid and s.resource_id = ${practitionerId}::uuid and a.patient_id is not null
        and a.status in ('booked', 'arrived', 'checked-in', 'fulfilled')
      order by s.starts_at limit 40`,
  );
  const people = [...new Set([...followed, ...visits.map(({ patientId }) => patientId)])].slice(0, 6);
  for (const [index, patientId] of people.entries())
    for (const [place, note] of (index < 2 ? followUp : shorter).entries()) {
      const id = await plantNote(ctx, patientId, note);
      if (index === 0 && place === followUp.length - 1) await addAddendum(ctx, id);
      if (index === 0 && place === followUp.length - 2) await correct(ctx, id, note);
    }
  const present = visits.find(({ flow }) => flow === "with-professional") ?? visits[0];
  if (present) await beginToday(ctx, present);
}

export async function plantNote(ctx: ClinicContext, patientId: string, note: Written): Promise<string> {
  const occurredAt = workingHour(note.monthsAgo);
  const [id, tab] = [newId(), newTab()];
  await startNote(ctx, {
    id,
    encounterId: newId(),
    patientId,
    appointmentId: null,
    class: note.template === "telephone.fr" ? "telephone" : "ambulatory",
    reason: note.reason,
    template: { shipped: note.template ?? "soap.fr" },
    occurredAt,
    tab,
  });
  const content = contentOf(note);
  const diagnoses = await ofProblems(ctx, patientId, content.diagnoses);
  const { revision } = await saveDraft(ctx, { id, tab, revision: 1, saveId: newId(), ...content, diagnoses });
  await signNote(ctx, { id, revision }, new Date(occurredAt.getTime() + 25 * 60_000));
  return id;
}

/** Each diagnosis with the problem of the list that bears its words, when there is one. */
async function ofProblems(ctx: ClinicContext, patientId: string, diagnoses: Diagnosis[]): Promise<Diagnosis[]> {
  const problems = await withStaff(ctx, (db) =>
    db.condition.findMany({ where: { clinicId: ctx.clinic.id, patientId }, select: { id: true, label: true } }),
  );
  const idOf = new Map(problems.map(({ id, label }) => [label, id]));
  return diagnoses.map((one) => {
    const conditionId = idOf.get(one.text);
    return conditionId ? { ...one, conditionId } : one;
  });
}

async function addAddendum(ctx: ClinicContext, noteId: string): Promise<void> {
  const [id, tab] = [newId(), newTab()];
  await amendNote(ctx, { id, noteId, relation: "addendum", tab });
  const answers = {
    text: blocks(
      "Résultats reçus : potassium 4,8, créatinine 98 (95 en août). Poursuivre le candésartan, contrôle dans 3 mois. Patiente avisée par téléphone.",
    ),
  };
  const { revision } = await saveDraft(ctx, {
    id,
    tab,
    revision: 1,
    saveId: newId(),
    title: "",
    answers,
    diagnoses: [],
  });
  await signNote(ctx, { id, revision });
}

/** What was dictated wrong, found when the pharmacist called. */
async function correct(ctx: ClinicContext, noteId: string, note: Written): Promise<void> {
  const [id, tab] = [newId(), newTab()];
  const reason = "Durée dictée par erreur : renouvelé 6 mois, et non 12.";
  await amendNote(ctx, { id, noteId, relation: "correction", reason, tab });
  const plan = (note.sections.plan ?? "").replace("12 mois", "6 mois");
  const content = contentOf({ ...note, sections: { ...note.sections, plan } });
  const { revision } = await saveDraft(ctx, { id, tab, revision: 1, saveId: newId(), ...content, diagnoses: [] });
  await signNote(ctx, { id, revision });
}

/** The note of today's first visit, begun and not signed. */
async function beginToday(ctx: ClinicContext, visit: { id: string; patientId: string }): Promise<void> {
  const tab = newTab();
  const { id } = await startNote(ctx, {
    id: newId(),
    encounterId: newId(),
    patientId: visit.patientId,
    appointmentId: visit.id,
    class: "ambulatory",
    reason: "",
    template: { shipped: "soap.fr" },
    tab,
  });
  await saveDraft(ctx, {
    id,
    tab,
    revision: 1,
    saveId: newId(),
    ...contentOf({
      sections: {
        subjective:
          "Se sent bien. Maux de tête en fin de journée depuis 3 semaines, 2 fois par semaine. TA à domicile : moyenne 148/86 mmHg, 14 mesures le matin. Prend tous ses médicaments.",
        objective:
          "TA 152/88 mmHg assise, bras gauche ; 2e mesure 148/86. Pouls 76/min. Cœur : B1 B2 réguliers, sans souffle. Poumons clairs. Pas d’œdème.",
        analysis: "1. HTA non maîtrisée, cible < 130/80",
      },
      diagnoses: [["HTA essentielle", "401.9"]],
    }),
  });
}

const newTab = () => newId().replaceAll("-", "");

function contentOf({ sections, values, diagnoses = [] }: Pick<Written, "sections" | "values" | "diagnoses">) {
  const texts = Object.fromEntries(Object.entries(sections).map(([name, text]) => [name, blocks(text)]));
  const answers: Answers = { ...texts, ...values };
  const concluded: Diagnosis[] = diagnoses.map(([text, code]) => ({ text, code, system: "icd-9" }));
  return { title: "", answers, diagnoses: concluded };
}

function blocks(text: string): Block[] {
  return text.split("\n").map((line) => {
    const [, bullet, number, words] = /^(?:(- )|(\d+\. ))?(.*)$/.exec(line) ?? [];
    const list = bullet ? { list: "bullet" as const } : number ? { list: "number" as const } : {};
    return { ...list, runs: [words ?? ""] };
  });
}

/** A morning so many months ago, never a weekend. */
function workingHour(monthsAgo: number): Date {
  const at = new Date();
  at.setUTCMonth(at.getUTCMonth() - monthsAgo);
  while (at.getUTCDay() === 0 || at.getUTCDay() === 6) at.setUTCDate(at.getUTCDate() + 1);
  at.setUTCHours(14, 20, 0, 0);
  return at;
}
