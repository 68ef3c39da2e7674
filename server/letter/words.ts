import { type Priority, priorities } from "./schema.ts";

/** What letters say on paper, in the letter's language. */

export type Language = "fr" | "en";

const delays: Readonly<Record<Priority, { readonly fr: string; readonly en: string }>> = {
  a: { fr: "3 jours ou moins", en: "within 3 days" },
  b: { fr: "10 jours ou moins", en: "within 10 days" },
  c: { fr: "28 jours ou moins", en: "within 28 days" },
  d: { fr: "3 mois ou moins", en: "within 3 months" },
  e: { fr: "12 mois ou moins", en: "within 12 months" },
};

/** « B (10 jours ou moins) »; '' for none. */
export const sayPriority = (priority: string, language: Language): string =>
  priority in priorities ? `${priority.toUpperCase()} (${delays[priority as Priority][language]})` : "";

export const letterWords = {
  fr: {
    letter: "Lettre",
    referral: "Demande de consultation",
    date: "Date",
    born: "Date de naissance",
    nam: "NAM",
    noNam: "aucun au dossier",
    /** Problems, medications, past history, vital signs. */
    none: "aucun au dossier",
    /** Allergies of which one was written, and none holds. */
    noneOfThem: "aucune au dossier",
    notAsked: "non demandé",
    file: "Dossier",
    phone: "Téléphone",
    address: "Adresse",
    subject: "Objet",
    specialty: "Spécialité",
    priority: "Priorité",
    copies: "c. c.",
    fax: "Téléc.",
    attachments: "Pièces jointes",
    attachment: "Pièce",
    pages: (count: number) => (count === 1 ? "1 page" : `${count} pages`),
    page: (at: number, of: number) => `Page ${at} de ${of}`,
    corrects: "Remplace celle du",
    licence: "Permis nº",
    signature: "Signature",
    results: "Résultats",
    note: "Note",
    signedBy: "Signée par",
    /** Over what the template of an attached note has no section for. */
    carriedOver: "Repris du modèle précédent",
    /** Before what an attached note carried from another; `]` ends it. */
    carried: (on: string) => `[repris de la note du ${on} : `,
    test: "Analyse",
    value: "Résultat",
    range: "Valeurs de référence",
    preview: "APERÇU, NON SIGNÉ",
    filed: "Signé par",
  },
  en: {
    letter: "Letter",
    referral: "Request for consultation",
    date: "Date",
    born: "Date of birth",
    nam: "RAMQ number",
    noNam: "none on file",
    none: "none on file",
    noneOfThem: "none on file",
    notAsked: "not asked",
    file: "File",
    phone: "Phone",
    address: "Address",
    subject: "Re",
    specialty: "Specialty",
    priority: "Priority",
    copies: "c.c.",
    fax: "Fax",
    attachments: "Attachments",
    attachment: "Attachment",
    pages: (count: number) => (count === 1 ? "1 page" : `${count} pages`),
    page: (at: number, of: number) => `Page ${at} of ${of}`,
    corrects: "Replaces the one of",
    licence: "Licence no.",
    signature: "Signature",
    results: "Results",
    note: "Note",
    signedBy: "Signed by",
    carriedOver: "Carried over from the earlier template",
    carried: (on: string) => `[carried from the note of ${on}: `,
    test: "Test",
    value: "Result",
    range: "Reference range",
    preview: "PREVIEW, NOT SIGNED",
    filed: "Signed by",
  },
} as const;

/** « 3 décembre 2026 », « December 3, 2026 »: as a letter is dated. @param day `YYYY-MM-DD` */
export function longDay(day: string, language: Language): string {
  const at = new Date(`${day}T12:00:00Z`);
  const said = new Intl.DateTimeFormat(`${language}-CA`, { dateStyle: "long", timeZone: "UTC" }).format(at);
  return language === "fr" ? said.replace(/^1 /, "1er ") : said;
}

/** A decimal as the language writes it. */
export const sayDecimal = (value: string, language: Language): string =>
  language === "fr" ? value.replace(".", ",") : value;
