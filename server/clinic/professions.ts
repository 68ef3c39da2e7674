/**
 * The professions that a clinic may practise: a closed list, since it decides which law applies (AC-01), how long records
 * are kept (AC-47) and which order a permit belongs to. Words a person reads are in the messages (`vocabulary.professions`).
 */

/** AC-01: the law on health information, or the one on personal information in the private sector (P-39.1). */
export const legalRegimes = ["LRSSS", "P39_1"] as const;
export type LegalRegime = (typeof legalRegimes)[number];

interface Profession {
  /** The professional order (Code des professions, C-26), a proper noun in both languages; null where there is none. */
  readonly order: string | null;
  /** Years after the last entry. */
  readonly retentionYears: number;
  /**
   * The article that says that number, read in the regulation itself; null when it is the usual one: the clinic is then told
   * that it must be confirmed with the order, and its person in charge of privacy can change it.
   */
  readonly source: string | null;
}

const entries = {
  physician: { order: "Collège des médecins du Québec", retentionYears: 10, source: "M-9, r. 20.3.1, art. 14" },
  nurse: { order: "Ordre des infirmières et infirmiers du Québec", retentionYears: 5, source: null },
  dentist: { order: "Ordre des dentistes du Québec", retentionYears: 10, source: null },
  "dental-hygienist": { order: "Ordre des hygiénistes dentaires du Québec", retentionYears: 5, source: null },
  physiotherapist: {
    order: "Ordre professionnel de la physiothérapie du Québec",
    retentionYears: 5,
    source: null,
  },
  psychologist: { order: "Ordre des psychologues du Québec", retentionYears: 5, source: null },
  dietitian: { order: "Ordre des diététistes-nutritionnistes du Québec", retentionYears: 5, source: null },
  "occupational-therapist": {
    order: "Ordre des ergothérapeutes du Québec",
    retentionYears: 5,
    source: "C-26, r. 121, art. 4",
  },
  optometrist: { order: "Ordre des optométristes du Québec", retentionYears: 5, source: "O-7, r. 20, art. 2.04" },
  "licensed-practical-nurse": {
    order: "Ordre des infirmières et infirmiers auxiliaires du Québec",
    retentionYears: 5,
    source: null,
  },
  psychotherapist: { order: "Ordre des psychologues du Québec", retentionYears: 5, source: null },
  "social-worker": {
    order: "Ordre des travailleurs sociaux et des thérapeutes conjugaux et familiaux du Québec",
    retentionYears: 5,
    source: null,
  },
  "couple-and-family-therapist": {
    order: "Ordre des travailleurs sociaux et des thérapeutes conjugaux et familiaux du Québec",
    retentionYears: 5,
    source: null,
  },
  psychoeducator: {
    order: "Ordre des psychoéducateurs et psychoéducatrices du Québec",
    retentionYears: 5,
    source: null,
  },
  sexologist: { order: "Ordre professionnel des sexologues du Québec", retentionYears: 5, source: null },
  "guidance-counsellor": {
    order: "Ordre des conseillers et conseillères d’orientation du Québec",
    retentionYears: 5,
    source: null,
  },
  "speech-therapist": {
    order: "Ordre des orthophonistes et audiologistes du Québec",
    retentionYears: 5,
    source: null,
  },
  audiologist: { order: "Ordre des orthophonistes et audiologistes du Québec", retentionYears: 5, source: null },
  chiropractor: { order: "Ordre des chiropraticiens du Québec", retentionYears: 5, source: null },
  podiatrist: { order: "Ordre des podiatres du Québec", retentionYears: 5, source: null },
  acupuncturist: { order: "Ordre des acupuncteurs du Québec", retentionYears: 5, source: null },
  midwife: { order: "Ordre des sages-femmes du Québec", retentionYears: 10, source: null },
  denturist: { order: "Ordre des denturologistes du Québec", retentionYears: 5, source: null },
  "respiratory-therapist": {
    order: "Ordre professionnel des inhalothérapeutes du Québec",
    retentionYears: 5,
    source: null,
  },
  pharmacist: { order: "Ordre des pharmaciens du Québec", retentionYears: 5, source: null },
  kinesiologist: { order: null, retentionYears: 5, source: null },
  "massage-therapist": { order: null, retentionYears: 5, source: null },
  osteopath: { order: null, retentionYears: 5, source: null },
  other: { order: null, retentionYears: 5, source: null },
} as const satisfies Record<string, Profession>;

export type ProfessionCode = keyof typeof entries;
export const professions: Readonly<Record<ProfessionCode, Profession>> = entries;
export const professionCodes = Object.keys(entries) as [ProfessionCode, ...ProfessionCode[]];

/** The order that gives a profession its permits, '' where there is none. */
export function orderOf(profession: ProfessionCode): string {
  return professions[profession].order ?? "";
}

/**
 * Which law a clinic's health information falls under. A private office of members of an order is a body of the LRSSS
 * (R-22.1, schedule II); a clinic with one such profession is held to it whole, the stricter of the two.
 */
export function regimeOf(codes: readonly ProfessionCode[]): LegalRegime {
  return codes.some((code) => professions[code].order !== null) ? "LRSSS" : "P39_1";
}

/** The longest term among the professions wins, for a record that several of them write in (AC-47). */
export function retentionOf(codes: readonly ProfessionCode[]): { years: number; source: string | null } {
  const longest = codes.map((code) => professions[code]).sort((a, b) => b.retentionYears - a.retentionYears);
  const years = longest[0]?.retentionYears ?? 5;
  const sourced = longest.find((one) => one.retentionYears === years && one.source !== null);
  return { years, source: sourced?.source ?? null };
}

/** The longest term that a regulation sets for one of these professions, 5 where none does: nobody keeps records for less. */
export function leastRetention(codes: readonly ProfessionCode[]): number {
  return Math.max(5, ...codes.map((code) => (professions[code].source ? professions[code].retentionYears : 0)));
}

/** Each profession's own term, beside the longest that wins. */
export function retentionRules(codes: readonly ProfessionCode[]) {
  return codes.map((profession) => {
    const { retentionYears: years, source } = professions[profession];
    return { profession, years, source };
  });
}
