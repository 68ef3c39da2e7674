import type { ProfessionCode } from "#server/clinic/professions.ts";
import { itemsSchema, type QuestionnaireItem } from "./schema.ts";

/** A template that comes with Chevet. Changed here, its number rises: a note that was written on the one before keeps that one. */
export interface ShippedQuestionnaire {
  /** « soap.fr »: the name, then the language. */
  readonly key: string;
  readonly number: number;
  readonly title: string;
  readonly profession: ProfessionCode | "";
  readonly items: readonly QuestionnaireItem[];
}

type Words = readonly [fr: string, en: string];
interface Section {
  readonly linkId: string;
  readonly label: Words;
  readonly letter?: string | Words;
  readonly help?: Words;
  readonly number?: { readonly unit: string };
  readonly choice?: readonly Words[];
  readonly required?: true;
}
interface Template {
  readonly name: string;
  readonly number: number;
  readonly title: Words;
  readonly profession: ProfessionCode | "";
  readonly sections: readonly Section[];
}

const plan: Section = {
  linkId: "plan",
  letter: "P",
  label: ["Plan", "Plan"],
  help: ["Traitement, examens, enseignement, revoir quand", "Treatment, tests, teaching, follow-up"],
};
const reason: Section = {
  linkId: "reason",
  label: ["Motif", "Reason"],
  help: ["Dans les mots de la personne", "In the person’s own words"],
};
/** Care waits for it (CCQ s. 11), and the record says it: a dentist's by D-3 r. 16 s. 16. That it was refused is an answer. */
const consent: Section = {
  linkId: "consent",
  required: true,
  label: ["Consentement", "Consent"],
  choice: [
    ["Libre et éclairé, obtenu de vive voix", "Free and informed, given orally"],
    ["Libre et éclairé, obtenu par écrit", "Free and informed, given in writing"],
    ["Donné par le représentant", "Given by the representative"],
    ["Refusé ou non obtenu", "Refused or not obtained"],
  ],
};

/** What a note follows, by profession: structures in common use, and no text of anybody's. */
const templates: readonly Template[] = [
  {
    name: "soap",
    number: 1,
    title: ["Note SOAP", "SOAP note"],
    profession: "",
    sections: [
      {
        linkId: "subjective",
        letter: "S",
        label: ["Subjectif", "Subjective"],
        help: ["Ce que la personne rapporte", "What the person reports"],
      },
      {
        linkId: "objective",
        letter: "O",
        label: ["Objectif", "Objective"],
        help: ["Mesures et examen", "Measures and examination"],
      },
      {
        linkId: "analysis",
        letter: "A",
        label: ["Analyse", "Assessment"],
        help: ["Impression, hypothèses, évolution", "Impression, hypotheses, course"],
      },
      plan,
    ],
  },
  {
    name: "free",
    number: 1,
    title: ["Note libre", "Free note"],
    profession: "",
    sections: [{ linkId: "text", label: ["Note", "Note"] }],
  },
  {
    name: "telephone",
    number: 1,
    title: ["Appel téléphonique", "Telephone call"],
    profession: "",
    sections: [
      {
        linkId: "caller",
        label: ["Personne à l’appareil", "Who is on the line"],
        help: ["Lien, identité vérifiée comment", "Relation, and how identity was checked"],
      },
      reason,
      { linkId: "obtained", label: ["Renseignements obtenus", "Information gathered"] },
      {
        linkId: "plan",
        label: ["Conseils et suite", "Advice and follow-up"],
        help: ["Consignes, signes qui doivent faire rappeler", "Instructions, signs that call for another call"],
      },
    ],
  },
  {
    name: "medical-assessment",
    number: 1,
    title: ["Évaluation initiale, médecine", "Initial assessment, medicine"],
    profession: "physician",
    sections: [
      reason,
      { linkId: "illness", label: ["Histoire de la maladie", "History of present illness"] },
      {
        linkId: "history",
        label: ["Antécédents", "History"],
        help: ["Personnels, familiaux, habitudes de vie", "Personal, family, social"],
      },
      { linkId: "systems", label: ["Revue des systèmes", "Review of systems"] },
      { linkId: "objective", label: ["Examen physique", "Physical examination"] },
      { linkId: "analysis", label: ["Impression", "Impression"] },
      plan,
    ],
  },
  {
    name: "physio-assessment",
    number: 2,
    title: ["Évaluation initiale, physiothérapie", "Initial assessment, physiotherapy"],
    profession: "physiotherapist",
    sections: [
      consent,
      reason,
      {
        linkId: "history",
        label: ["Histoire", "History"],
        help: ["Début, mécanisme, évolution, traitements reçus", "Onset, mechanism, course, care so far"],
      },
      { linkId: "pain", label: ["Douleur", "Pain"], number: { unit: "/10" } },
      {
        linkId: "function",
        label: ["Limites fonctionnelles", "Functional limits"],
        help: ["Travail, domicile, sport, sommeil", "Work, home, sport, sleep"],
      },
      {
        linkId: "objective",
        label: ["Examen", "Examination"],
        help: ["Posture, amplitudes, force, neurologique, tests", "Posture, range, strength, neurological, tests"],
      },
      { linkId: "analysis", label: ["Analyse et impression clinique", "Analysis and clinical impression"] },
      {
        linkId: "goals",
        label: ["Objectifs", "Goals"],
        help: ["Mesurables, avec une échéance", "Measurable, with a date"],
      },
      plan,
    ],
  },
  {
    name: "physio-follow-up",
    number: 1,
    title: ["Séance de physiothérapie", "Physiotherapy session"],
    profession: "physiotherapist",
    sections: [
      { linkId: "subjective", letter: "S", label: ["Subjectif", "Subjective"] },
      { linkId: "pain", label: ["Douleur", "Pain"], number: { unit: "/10" } },
      { linkId: "objective", letter: "O", label: ["Objectif et traitement", "Objective and treatment"] },
      { linkId: "analysis", letter: "A", label: ["Réponse et analyse", "Response and assessment"] },
      plan,
    ],
  },
  {
    name: "dap",
    number: 1,
    title: ["Note DAP", "DAP note"],
    profession: "psychologist",
    sections: [
      {
        linkId: "data",
        letter: "D",
        label: ["Données", "Data"],
        help: ["Propos, observations, interventions", "What was said, seen and done"],
      },
      {
        linkId: "analysis",
        letter: "A",
        label: ["Analyse", "Assessment"],
        help: ["Compréhension, progression vers les objectifs", "Understanding, progress to the goals"],
      },
      plan,
    ],
  },
  {
    name: "psychology-assessment",
    number: 2,
    title: ["Évaluation initiale, psychologie", "Initial assessment, psychology"],
    profession: "psychologist",
    sections: [
      consent,
      reason,
      { linkId: "history", label: ["Histoire et contexte", "History and context"] },
      {
        linkId: "objective",
        label: ["Observations", "Observations"],
        help: ["Présentation, affect, pensée, fonctionnement", "Presentation, affect, thought, functioning"],
      },
      {
        linkId: "risk",
        label: ["Risque suicidaire", "Suicide risk"],
        choice: [
          ["Non évalué aujourd’hui", "Not assessed today"],
          ["Aucun indice", "No sign"],
          ["Faible", "Low"],
          ["Modéré", "Moderate"],
          ["Élevé", "High"],
        ],
      },
      { linkId: "analysis", label: ["Impression clinique", "Clinical impression"] },
      { linkId: "goals", label: ["Objectifs convenus", "Goals agreed on"] },
      plan,
    ],
  },
  {
    name: "dental-examination",
    number: 2,
    title: ["Examen dentaire", "Dental examination"],
    profession: "dentist",
    sections: [
      reason,
      { linkId: "history", label: ["Histoire médicale et dentaire", "Medical and dental history"] },
      { linkId: "extraoral", label: ["Examen exobuccal", "Extraoral examination"] },
      {
        linkId: "intraoral",
        label: ["Examen endobuccal", "Intraoral examination"],
        help: ["Tissus mous, dents, occlusion", "Soft tissues, teeth, occlusion"],
      },
      { linkId: "periodontium", label: ["Parodonte", "Periodontium"] },
      { linkId: "imaging", label: ["Radiographies", "Radiographs"] },
      { linkId: "analysis", label: ["Diagnostic et pronostic", "Diagnosis and prognosis"] },
      consent,
      plan,
    ],
  },
  {
    name: "dental-treatment",
    number: 1,
    title: ["Traitement dentaire", "Dental treatment"],
    profession: "dentist",
    sections: [
      { linkId: "subjective", label: ["Depuis la dernière visite", "Since the last visit"] },
      {
        linkId: "anaesthesia",
        label: ["Anesthésie", "Anaesthesia"],
        help: ["Produit, concentration, quantité, site", "Product, concentration, quantity, site"],
      },
      {
        linkId: "objective",
        label: ["Traitement", "Treatment"],
        help: ["Dent, surfaces, matériaux, déroulement", "Tooth, surfaces, materials, course"],
      },
      plan,
    ],
  },
];

const languages = ["fr", "en"] as const;

function inLanguage({ name, number, title, profession, sections }: Template, at: 0 | 1): ShippedQuestionnaire {
  const items = sections.map(({ linkId, label, letter, help, number: measured, choice, required = false }) => ({
    linkId,
    label: label[at],
    letter: typeof letter === "string" ? letter : (letter?.[at] ?? ""),
    type: measured ? "number" : choice ? "choice" : "text",
    options: choice?.map((words) => words[at]) ?? [],
    unit: measured?.unit ?? "",
    help: help?.[at] ?? "",
    required,
  }));
  return { key: `${name}.${languages[at]}`, number, title: title[at], profession, items: itemsSchema.parse(items) };
}

export const shippedQuestionnaires: readonly ShippedQuestionnaire[] = templates.flatMap((template) => [
  inLanguage(template, 0),
  inLanguage(template, 1),
]);

export function findShipped(key: string): ShippedQuestionnaire | undefined {
  return shippedQuestionnaires.find((one) => one.key === key);
}
