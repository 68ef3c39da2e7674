import type { DocumentType } from "./schema.ts";

/** Whole words: `\b` knows no accented letter. */
const sign = (words: string) => new RegExp(`(?<![\\p{L}\\p{N}])(${words})(?![\\p{L}\\p{N}])`, "giu");

/** Words by which each type is found, in both languages; and, as they appear in a text, signs of what a document is. */
export const typeWords: Readonly<Record<DocumentType, { readonly found: string; readonly signs: readonly RegExp[] }>> =
  {
    laboratory: {
      found: "laboratoire analyse résultat laboratory lab result",
      signs: [
        sign(
          "laboratoire|hématologie|biochimie|microbiologie|formule sanguine|culture d.urine|laboratory|hematology|biochemistry",
        ),
        sign("mmol/l|g/l|hba1c|créatinine|creatinine|tsh|ferritine"),
      ],
    },
    imaging: {
      found: "imagerie radiologie radiographie échographie scan irm imaging radiology ultrasound mri",
      signs: [
        sign(
          "radiographie|échographie|tomodensitométrie|résonance magnétique|irm|mammographie|radiologie|imagerie|x-ray|ultrasound|mri|ct scan|tdm|scan (?:cérébral|thoracique|abdomin\\p{L}+|pelvien|lombaire|cervical|sinus)|ostéodensitométrie",
        ),
      ],
    },
    pathology: {
      found: "pathologie biopsie cytologie pathology biopsy",
      signs: [
        sign(String.raw`pathologie|anatomopathologi\w+|biopsie|cytologie|histologi\w+|pathology|biopsy|spécimen`),
      ],
    },
    functional: {
      found: "examen fonctionnel ecg électrocardiogramme spirométrie holter audiogramme test",
      signs: [
        sign(
          "ecg|électrocardiogramme|spirométrie|holter|épreuve d.effort|audiogramme|polysomnographie|mapa|emg|eeg|electrocardiogram|spirometry",
        ),
      ],
    },
    consultation: {
      found: "consultation réponse rapport spécialiste consult specialist",
      signs: [
        sign(
          "rapport de consultation|réponse de consultation|consultation en|consultation report|j.ai vu (en consultation|votre)|merci de m.avoir référé|thank you for referring|impression et plan",
        ),
      ],
    },
    hospital: {
      found: "hôpital congé hospitalisation urgence sommaire hospital discharge emergency summary",
      signs: [
        sign(
          "congé|sommaire d.hospitalisation|feuille sommaire|résumé de dossier|hospitalisation|salle d.urgence|discharge summary|admission|date de sortie",
        ),
      ],
    },
    operative: {
      found: "protocole opératoire chirurgie opération operative surgery",
      signs: [
        sign(
          "protocole opératoire|compte rendu opératoire|diagnostic préopératoire|operative report|preoperative diagnosis",
        ),
      ],
    },
    referral: {
      found: "demande référence requête referral request",
      signs: [
        sign("demande de (service|consultation)|référence|requête|referral|motif de (la )?(référence|consultation)"),
      ],
    },
    prescription: {
      found: "ordonnance prescription pharmacie pharmacy",
      signs: [sign("ordonnance|prescription|pharmacie|renouvellement|renouvelable|posologie|pharmacy|refill")],
    },
    form: {
      found: "formulaire cnesst saaq assurance invalidité form insurance",
      signs: [sign("formulaire|cnesst|saaq|retraite québec|invalidité|assurance|réclamation|form|claim|disability")],
    },
    consent: {
      found: "consentement autorisation consent",
      signs: [sign("consentement|autorisation de communiquer|consent|authorization to release")],
    },
    correspondence: {
      found: "lettre correspondance letter correspondence",
      // A colon ends them, and is no letter.
      signs: [sign("madame, monsieur|cher collègue|chère collègue|objet|dear (dr|doctor|colleague)")],
    },
    identification: {
      found: "identité carte identification card",
      signs: [sign("carte d.assurance maladie|permis de conduire|passeport|health insurance card|driver.s licen[cs]e")],
    },
    photo: { found: "photo photographie image photograph", signs: [] },
    other: { found: "autre other", signs: [] },
  };
