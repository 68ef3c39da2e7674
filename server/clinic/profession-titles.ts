import type { ProfessionCode } from "./professions.ts";

/** What somebody is on paper, in the paper's language: the words of the screens (`vocabulary.professions`) are theirs alone. */
export const professionTitles: Readonly<Record<ProfessionCode, { readonly fr: string; readonly en: string }>> = {
  physician: { fr: "Médecin", en: "Physician" },
  nurse: { fr: "Infirmière ou infirmier", en: "Nurse" },
  dentist: { fr: "Dentiste", en: "Dentist" },
  "dental-hygienist": { fr: "Hygiéniste dentaire", en: "Dental hygienist" },
  physiotherapist: { fr: "Physiothérapeute", en: "Physiotherapist" },
  psychologist: { fr: "Psychologue", en: "Psychologist" },
  dietitian: { fr: "Nutritionniste", en: "Dietitian" },
  "occupational-therapist": { fr: "Ergothérapeute", en: "Occupational therapist" },
  optometrist: { fr: "Optométriste", en: "Optometrist" },
  "licensed-practical-nurse": { fr: "Infirmière ou infirmier auxiliaire", en: "Licensed practical nurse" },
  psychotherapist: { fr: "Psychothérapeute", en: "Psychotherapist" },
  "social-worker": { fr: "Travailleuse ou travailleur social", en: "Social worker" },
  "couple-and-family-therapist": { fr: "Thérapeute conjugal et familial", en: "Couple and family therapist" },
  psychoeducator: { fr: "Psychoéducatrice ou psychoéducateur", en: "Psychoeducator" },
  sexologist: { fr: "Sexologue", en: "Sexologist" },
  "guidance-counsellor": { fr: "Conseillère ou conseiller d’orientation", en: "Guidance counsellor" },
  "speech-therapist": { fr: "Orthophoniste", en: "Speech therapist" },
  audiologist: { fr: "Audiologiste", en: "Audiologist" },
  chiropractor: { fr: "Chiropraticienne ou chiropraticien", en: "Chiropractor" },
  podiatrist: { fr: "Podiatre", en: "Podiatrist" },
  acupuncturist: { fr: "Acupunctrice ou acupuncteur", en: "Acupuncturist" },
  midwife: { fr: "Sage-femme", en: "Midwife" },
  denturist: { fr: "Denturologiste", en: "Denturist" },
  "respiratory-therapist": { fr: "Inhalothérapeute", en: "Respiratory therapist" },
  pharmacist: { fr: "Pharmacienne ou pharmacien", en: "Pharmacist" },
  kinesiologist: { fr: "Kinésiologue", en: "Kinesiologist" },
  "massage-therapist": { fr: "Massothérapeute", en: "Massage therapist" },
  osteopath: { fr: "Ostéopathe", en: "Osteopath" },
  other: { fr: "", en: "" },
};

export const titleOf = (profession: string, language: "fr" | "en"): string =>
  professionTitles[profession as ProfessionCode]?.[language] ?? "";
