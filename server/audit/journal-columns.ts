import type { Locale } from "#server/context.ts";
import type { AuditEventRecord, Named } from "./record.ts";
import { localTime } from "./to-csv.ts";

type Words = Record<Locale, string>;
interface Column {
  head: Words;
  cell: (event: AuditEventRecord, locale: Locale, timeZone: string) => string;
}

const actions: Record<AuditEventRecord["action"], Words> = {
  C: { fr: "création", en: "create" },
  R: { fr: "consultation", en: "read" },
  U: { fr: "modification", en: "update" },
  D: { fr: "suppression", en: "delete" },
  E: { fr: "exécution", en: "execute" },
};
const outcomes: Record<AuditEventRecord["outcome"], Words> = {
  success: { fr: "réussi", en: "success" },
  refused: { fr: "refusé", en: "refused" },
  failed: { fr: "échoué", en: "failed" },
};

/** The exported journal's columns, in order. Ids stand beside names: names may have been erased, ids stay. */
export const journalColumns: readonly Column[] = [
  {
    head: { fr: "Heure de la clinique", en: "Clinic's time" },
    cell: ({ recordedAt }, _, zone) => localTime(recordedAt, zone),
  },
  { head: { fr: "Heure UTC", en: "UTC time" }, cell: ({ recordedAt }) => recordedAt.toISOString() },
  { head: { fr: "Événement", en: "Event" }, cell: ({ event }) => event },
  { head: { fr: "Geste", en: "Action" }, cell: ({ action }, locale) => actions[action][locale] },
  { head: { fr: "Résultat", en: "Outcome" }, cell: ({ outcome }, locale) => outcomes[outcome][locale] },
  { head: { fr: "Personne", en: "Person" }, cell: ({ agent }) => agent?.label ?? "" },
  { head: { fr: "Personne (identifiant)", en: "Person (id)" }, cell: ({ agent }) => agent?.id ?? "" },
  { head: { fr: "Rôle", en: "Role" }, cell: ({ agentRole }) => agentRole ?? "" },
  { head: { fr: "Patient", en: "Patient" }, cell: ({ patient }) => patient?.label ?? "" },
  { head: { fr: "Patient (identifiant)", en: "Patient (id)" }, cell: ({ patient }) => patient?.id ?? "" },
  { head: { fr: "Objet", en: "Entity" }, cell: ({ entity }) => entity },
  { head: { fr: "Objets (identifiants)", en: "Entities (ids)" }, cell: ({ entities }) => idsOf(entities) },
  { head: { fr: "Motif", en: "Ground" }, cell: ({ ground }) => ground },
  { head: { fr: "Adresse", en: "Address" }, cell: ({ address }) => address ?? "" },
  { head: { fr: "Session", en: "Session" }, cell: ({ sessionId }) => sessionId ?? "" },
  { head: { fr: "Demande", en: "Request" }, cell: ({ requestId }) => requestId ?? "" },
  {
    head: { fr: "Détail", en: "Detail" },
    cell: ({ detail }) => (Object.keys(detail).length > 0 ? JSON.stringify(detail) : ""),
  },
  { head: { fr: "Numéro de sceau", en: "Seal number" }, cell: ({ seq }) => seq?.toString() ?? "" },
  { head: { fr: "Empreinte", en: "Hash" }, cell: ({ hash }) => hash ?? "" },
];

function idsOf(entities: readonly Named[]): string {
  return entities.map(({ id }) => id).join(" ");
}
