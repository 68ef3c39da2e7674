import type { ChosenFile } from "./find-files.ts";

type Words = Readonly<Record<"fr" | "en", string>>;

/** As the register names a kind of information, to whoever reads it years later. */
const kinds: Readonly<Record<ChosenFile["documentType"], Words>> = {
  laboratory: { fr: "Laboratoire", en: "Laboratory" },
  imaging: { fr: "Imagerie", en: "Imaging" },
  pathology: { fr: "Pathologie", en: "Pathology" },
  functional: { fr: "Examen fonctionnel", en: "Functional test" },
  consultation: { fr: "Rapport de consultation", en: "Consultation report" },
  hospital: { fr: "Document d’hôpital", en: "Hospital document" },
  operative: { fr: "Protocole opératoire", en: "Operative report" },
  referral: { fr: "Demande de consultation", en: "Referral" },
  prescription: { fr: "Ordonnance", en: "Prescription" },
  form: { fr: "Formulaire", en: "Form" },
  consent: { fr: "Consentement", en: "Consent" },
  correspondence: { fr: "Lettre", en: "Letter" },
  identification: { fr: "Pièce d’identité", en: "Identification" },
  photo: { fr: "Photo", en: "Photo" },
  other: { fr: "Autre document", en: "Other document" },
  "whole-chart": { fr: "Dossier complet", en: "Whole chart" },
};

/** « Imagerie (2), Ordonnance »: what kind of information went, without a word of what it says. */
export function natureOf(files: readonly Pick<ChosenFile, "documentType">[], locale: "fr" | "en"): string {
  const counts = new Map<ChosenFile["documentType"], number>();
  for (const { documentType } of files) counts.set(documentType, (counts.get(documentType) ?? 0) + 1);
  return [...counts]
    .map(([type, count]) => (count > 1 ? `${kinds[type][locale]} (${count})` : kinds[type][locale]))
    .join(", ")
    .slice(0, 500);
}
