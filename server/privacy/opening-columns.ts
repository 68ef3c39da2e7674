import type { Role } from "#server/access/permissions.ts";
import { localTime } from "#server/audit/to-csv.ts";
import type { OpeningReason } from "#server/chart/schema.ts";
import type { Locale } from "#server/context.ts";
import type { OpeningArea } from "./opening-areas.ts";
import type { OpeningView } from "./read-openings.ts";
import type { InformationCategory } from "./schema.ts";

type Words = Readonly<Record<Locale, string>>;

interface Column {
  readonly head: Words;
  readonly cell: (opening: OpeningView, locale: Locale, timeZone: string) => string;
}

/** A file is read outside of the screen, by people who know none of its codes: everything is said in words. */
const roleWords: Readonly<Record<Role, Words>> = {
  owner: { fr: "propriétaire", en: "owner" },
  administrator: { fr: "administration", en: "administrator" },
  professional: { fr: "professionnel", en: "professional" },
  assistant: { fr: "accueil", en: "front desk" },
  billing: { fr: "facturation", en: "billing" },
  trainee: { fr: "stagiaire", en: "trainee" },
  privacy_officer: { fr: "vie privée", en: "privacy officer" },
};
const groundWords: Readonly<Record<OpeningView["ground"], Words>> = {
  visit: { fr: "visite du jour", en: "visit that day" },
  "care-team": { fr: "équipe de soins", en: "care team" },
  declared: { fr: "motif donné", en: "stated reason" },
  assigned: { fr: "à sa charge", en: "in their hands" },
  "break-glass": { fr: "urgence", en: "emergency" },
  administration: { fr: "administration", en: "administration" },
  preview: { fr: "fiche d’identité seule", en: "identity page only" },
};
const reasonWords: Readonly<Record<OpeningReason, Words>> = {
  covering: { fr: "remplacement", en: "covering for a colleague" },
  "patient-asked": { fr: "à la demande du patient", en: "the patient asked" },
  result: { fr: "résultat ou document reçu", en: "a result or document arrived" },
  referral: { fr: "demande de consultation", en: "referral" },
  "third-party": { fr: "demande d’un tiers autorisé", en: "request from an authorised third party" },
  quality: { fr: "vérification de la tenue des dossiers", en: "record-keeping review" },
  other: { fr: "autre motif", en: "another reason" },
};
const areaWords: Readonly<Record<OpeningArea | InformationCategory, Words>> = {
  "*": { fr: "tout le dossier", en: "the whole chart" },
  identity: { fr: "identité", en: "identity" },
  summary: { fr: "sommaire", en: "summary" },
  note: { fr: "notes", en: "notes" },
  condition: { fr: "problèmes", en: "problems" },
  history: { fr: "antécédents", en: "history" },
  allergy: { fr: "allergies", en: "allergies" },
  medication: { fr: "médicaments", en: "medications" },
  observation: { fr: "mesures et résultats", en: "measures and results" },
  immunization: { fr: "vaccins", en: "immunizations" },
  document: { fr: "documents", en: "documents" },
  task: { fr: "tâches", en: "tasks" },
  message: { fr: "messages", en: "messages" },
  referral: { fr: "demandes de consultation", en: "referrals" },
  appointment: { fr: "rendez-vous", en: "appointments" },
  consent: { fr: "consentements", en: "consents" },
  journal: { fr: "journal", en: "journal" },
};

export const sayAreas = (areas: readonly (OpeningArea | InformationCategory)[], locale: Locale): string =>
  areas.map((area) => areaWords[area]?.[locale] ?? area).join(", ");
export const sayRole = (role: string | null, locale: Locale): string => roleWords[role as Role]?.[locale] ?? role ?? "";
export const sayGround = (ground: OpeningView["ground"], locale: Locale): string =>
  groundWords[ground]?.[locale] ?? ground;
export const sayReason = (reason: OpeningReason | null, locale: Locale): string =>
  reason ? reasonWords[reason][locale] : "";

/** The columns of exported openings, in order. */
export const openingColumns: readonly Column[] = [
  { head: { fr: "Heure de la clinique", en: "Clinic's time" }, cell: ({ at }, _, zone) => localTime(at, zone) },
  { head: { fr: "Patient", en: "Patient" }, cell: ({ patientName }) => patientName ?? "" },
  { head: { fr: "Patient (identifiant)", en: "Patient (id)" }, cell: ({ patientId }) => patientId },
  { head: { fr: "Personne", en: "Person" }, cell: ({ userName }) => userName ?? "" },
  { head: { fr: "Personne (identifiant)", en: "Person (id)" }, cell: ({ userId }) => userId },
  {
    head: { fr: "Rôle", en: "Role" },
    cell: ({ role }, locale) => sayRole(role, locale),
  },
  { head: { fr: "À quel titre", en: "Ground" }, cell: ({ ground }, locale) => sayGround(ground, locale) },
  { head: { fr: "Motif", en: "Reason" }, cell: ({ reason }, locale) => sayReason(reason, locale) },
  { head: { fr: "Dans ses mots", en: "In their words" }, cell: ({ words }) => words },
  { head: { fr: "Lu", en: "Read" }, cell: ({ read }, locale) => sayAreas(read, locale) },
  { head: { fr: "Écrit", en: "Written" }, cell: ({ wrote }, locale) => sayAreas(wrote, locale) },
  {
    head: { fr: "Fermé à cette personne par le patient", en: "Closed to this person by the patient" },
    cell: ({ restricted }, locale) => sayAreas(restricted, locale),
  },
];
