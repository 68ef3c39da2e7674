import type { ProfessionCode } from "#server/clinic/professions.ts";
import { type ServiceColor, serviceColors } from "./schema.ts";

/**
 * What a clinic of each profession usually begins with: proposed, taken in one gesture, changed like any other. Names are what the
 * public reads, so they are here in both languages and are data once taken. `insured`: paid by the RAMQ for whoever is covered.
 */
export interface StartingService {
  readonly key: string;
  readonly profession: ProfessionCode;
  readonly name: string;
  readonly nameEn: string;
  readonly minutes: number;
  readonly color: ServiceColor;
  readonly insured: boolean;
}

type Line = [key: string, name: string, nameEn: string, minutes: number, color: ServiceColor];

const care = (name: string, nameEn: string, first = 60, next = 45): Line[] => [
  ["first", name, nameEn, first, "sapin"],
  ["next", "Suivi", "Follow-up", next, "ciel"],
];

const lines: Partial<Record<ProfessionCode, Line[]>> = {
  physician: [
    ["visit", "Consultation médicale", "Medical visit", 20, "sapin"],
    ["next", "Suivi médical", "Medical follow-up", 15, "ciel"],
    ["periodic", "Examen médical périodique", "Periodic health exam", 45, "encre"],
  ],
  nurse: [
    ["visit", "Consultation infirmière", "Nursing visit", 30, "mousse"],
    ["samples", "Prélèvements", "Blood draw and samples", 15, "brique"],
    ["vaccine", "Vaccination", "Vaccination", 15, "lampe"],
  ],
  "licensed-practical-nurse": [
    ["samples", "Prélèvements", "Blood draw and samples", 15, "brique"],
    ["dressing", "Changement de pansement", "Dressing change", 30, "mousse"],
  ],
  dentist: [
    ["exam", "Examen dentaire", "Dental exam", 30, "sapin"],
    ["filling", "Obturation", "Filling", 60, "encre"],
    ["urgent", "Urgence dentaire", "Dental emergency", 30, "brique"],
  ],
  "dental-hygienist": [
    ["cleaning", "Nettoyage", "Cleaning", 60, "ciel"],
    ["child", "Nettoyage, enfant", "Child cleaning", 30, "lampe"],
  ],
  denturist: [
    ["first", "Première consultation", "First visit", 45, "sapin"],
    ["adjust", "Ajustement de prothèse", "Denture adjustment", 30, "ciel"],
  ],
  physiotherapist: [
    ["first", "Évaluation en physiothérapie", "Physiotherapy assessment", 60, "sapin"],
    ["next", "Traitement de physiothérapie", "Physiotherapy treatment", 30, "ciel"],
  ],
  "occupational-therapist": [
    ["first", "Évaluation en ergothérapie", "Occupational therapy assessment", 90, "sapin"],
    ["next", "Suivi en ergothérapie", "Occupational therapy follow-up", 60, "ciel"],
  ],
  psychologist: [
    ["first", "Première rencontre", "First meeting", 50, "sapin"],
    ["next", "Psychothérapie individuelle", "Individual psychotherapy", 50, "prune"],
  ],
  psychotherapist: [
    ["first", "Première rencontre", "First meeting", 50, "sapin"],
    ["next", "Psychothérapie individuelle", "Individual psychotherapy", 50, "prune"],
  ],
  "couple-and-family-therapist": [
    ["first", "Première rencontre", "First meeting", 75, "sapin"],
    ["couple", "Thérapie de couple", "Couple therapy", 75, "prune"],
    ["family", "Thérapie familiale", "Family therapy", 75, "mousse"],
  ],
  "social-worker": care("Première rencontre", "First meeting", 60, 50),
  psychoeducator: care("Première rencontre", "First meeting", 60, 50),
  sexologist: care("Première rencontre", "First meeting", 60, 50),
  "guidance-counsellor": care("Première rencontre", "First meeting", 60, 60),
  dietitian: [
    ["first", "Évaluation nutritionnelle", "Nutrition assessment", 60, "mousse"],
    ["next", "Suivi nutritionnel", "Nutrition follow-up", 30, "ciel"],
  ],
  optometrist: [
    ["exam", "Examen de la vue", "Eye exam", 30, "sapin"],
    ["lenses", "Ajustement de lentilles", "Contact lens fitting", 45, "ciel"],
  ],
  "speech-therapist": [
    ["first", "Évaluation en orthophonie", "Speech therapy assessment", 90, "sapin"],
    ["next", "Séance d’orthophonie", "Speech therapy session", 45, "ciel"],
  ],
  audiologist: [
    ["exam", "Évaluation de l’audition", "Hearing assessment", 60, "sapin"],
    ["aid", "Ajustement d’appareil auditif", "Hearing aid adjustment", 30, "ciel"],
  ],
  chiropractor: [
    ["first", "Première consultation", "First visit", 45, "sapin"],
    ["next", "Traitement chiropratique", "Chiropractic treatment", 15, "ciel"],
  ],
  podiatrist: [
    ["first", "Première consultation", "First visit", 30, "sapin"],
    ["care", "Soins podiatriques", "Podiatric care", 30, "ciel"],
  ],
  acupuncturist: [
    ["first", "Première séance d’acupuncture", "First acupuncture session", 75, "sapin"],
    ["next", "Séance d’acupuncture", "Acupuncture session", 60, "ciel"],
  ],
  midwife: [
    ["first", "Première rencontre", "First meeting", 60, "sapin"],
    ["prenatal", "Suivi de grossesse", "Prenatal visit", 45, "ciel"],
  ],
  "respiratory-therapist": [["spirometry", "Spirométrie", "Spirometry", 45, "sapin"]],
  pharmacist: [["visit", "Consultation pharmaceutique", "Pharmacist consultation", 30, "sapin"]],
  kinesiologist: [
    ["first", "Évaluation de la condition physique", "Fitness assessment", 60, "sapin"],
    ["next", "Séance d’entraînement", "Training session", 60, "mousse"],
  ],
  "massage-therapist": [
    ["hour", "Massage, 60 minutes", "Massage, 60 minutes", 60, "sapin"],
    ["long", "Massage, 90 minutes", "Massage, 90 minutes", 90, "prune"],
  ],
  osteopath: [
    ["first", "Première séance d’ostéopathie", "First osteopathy session", 60, "sapin"],
    ["next", "Séance d’ostéopathie", "Osteopathy session", 60, "ciel"],
  ],
  other: care("Première rencontre", "First meeting"),
};

export const isStartingKey = (key: string): boolean =>
  (Object.entries(lines) as [ProfessionCode, Line[]][]).some(([profession, list]) =>
    list.some(([one]) => key === `${profession}-${one}`),
  );

/** Of these, the RAMQ pays for what is medically required. */
const insured: readonly ProfessionCode[] = ["physician", "midwife"];

interface Known {
  readonly name: string;
  readonly color: string;
}

/**
 * The services that these professions usually begin with; of two that would bear one name, the first.
 * @param there the clinic's own: what bears the name of one is left out, and their colours are taken
 */
export function startingServices(professions: readonly string[], there: readonly Known[] = []): StartingService[] {
  const all = (Object.entries(lines) as [ProfessionCode, Line[]][])
    .filter(([profession]) => professions.includes(profession))
    .flatMap(([profession, list]) =>
      list.map(([key, name, nameEn, minutes, color]) => ({
        key: `${profession}-${key}`,
        profession,
        name,
        nameEn,
        minutes,
        color,
        insured: insured.includes(profession),
      })),
    );
  const taken = new Set(there.map(({ name }) => name));
  const first = all.filter(({ name }, index) => all.findIndex((one) => one.name === name) === index);
  return colored(
    first.filter(({ name }) => !taken.has(name)),
    there.map(({ color }) => color),
  );
}

/**
 * Professions begin with the same green each, and an agenda tells services apart by their colour: one keeps its own while it is among the
 * least used, and takes the first of these otherwise.
 */
function colored(services: StartingService[], there: readonly string[]): StartingService[] {
  const uses = new Map(serviceColors.map((color) => [color, there.filter((one) => one === color).length]));
  return services.map((service) => {
    const fewest = Math.min(...uses.values());
    const rare = serviceColors.filter((one) => uses.get(one) === fewest);
    const color = rare.includes(service.color) ? service.color : (rare[0] ?? service.color);
    uses.set(color, fewest + 1);
    return { ...service, color };
  });
}
