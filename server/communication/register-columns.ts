import type { Locale } from "#server/context.ts";
import type { RegisterLine } from "./record.ts";
import type { Channel, DisclosureGround, Purpose, RecipientKind } from "./schema.ts";

type Words = Record<Locale, string>;
interface Column {
  readonly head: Words;
  readonly cell: (line: RegisterLine, locale: Locale, timeZone: string) => string;
}

const channels: Record<Channel, Words> = {
  link: { fr: "lien sécurisé", en: "secure link" },
  fax: { fr: "télécopie", en: "fax" },
  hand: { fr: "en main propre", en: "by hand" },
  mail: { fr: "poste", en: "mail" },
  telephone: { fr: "téléphone", en: "telephone" },
  other: { fr: "autre", en: "other" },
};
const kinds: Record<RecipientKind, Words> = {
  correspondent: { fr: "professionnel ou établissement", en: "professional or institution" },
  patient: { fr: "patient", en: "patient" },
  related: { fr: "représentant ou proche", en: "representative or relative" },
  other: { fr: "autre", en: "other" },
};
const purposes: Record<Purpose, Words> = {
  care: { fr: "soins", en: "care" },
  "patient-request": { fr: "demande du patient", en: "patient’s request" },
  transfer: { fr: "transfert du dossier", en: "transfer of the record" },
  insurer: { fr: "assureur", en: "insurer" },
  employer: { fr: "employeur", en: "employer" },
  "public-body": { fr: "organisme public", en: "public body" },
  court: { fr: "tribunal", en: "court" },
  other: { fr: "autre", en: "other" },
};
const grounds: Record<DisclosureGround, Words> = {
  care: { fr: "soins donnés à la personne", en: "care of the person" },
  consent: { fr: "consentement", en: "consent" },
  law: { fr: "loi", en: "law" },
  emergency: { fr: "urgence", en: "emergency" },
};

/** The exported register's columns, in order. Ids stand beside names: names may have been erased, ids stay. */
export const registerColumns: readonly Column[] = [
  {
    head: { fr: "Date et heure", en: "Date and time" },
    cell: ({ occurredAt }, _, zone) => localTime(occurredAt, zone),
  },
  { head: { fr: "Patient", en: "Patient" }, cell: ({ patientName }) => patientName },
  { head: { fr: "Dossier", en: "File" }, cell: ({ fileNumber }) => fileNumber },
  { head: { fr: "Patient (identifiant)", en: "Patient (id)" }, cell: ({ patientId }) => patientId },
  { head: { fr: "Destinataire", en: "Recipient" }, cell: ({ recipientName }) => recipientName },
  {
    head: { fr: "Type de destinataire", en: "Kind of recipient" },
    cell: (one, locale) => kinds[one.recipientKind][locale],
  },
  { head: { fr: "Nature des renseignements", en: "Nature of the information" }, cell: ({ nature }) => nature },
  { head: { fr: "Fin", en: "Purpose" }, cell: ({ purpose }, locale) => purposes[purpose][locale] },
  { head: { fr: "Fondement", en: "Ground" }, cell: ({ ground }, locale) => grounds[ground][locale] },
  { head: { fr: "Justification", en: "Justification" }, cell: ({ justification }) => justification },
  { head: { fr: "Moyen", en: "Way" }, cell: ({ channel }, locale) => channels[channel][locale] },
  { head: { fr: "Par", en: "By" }, cell: ({ by }) => by },
  {
    head: { fr: "Malgré un refus", en: "Despite a refusal" },
    cell: ({ refused }, locale) => (refused ? { fr: "oui", en: "yes" }[locale] : ""),
  },
  { head: { fr: "Communication (identifiant)", en: "Communication (id)" }, cell: ({ id }) => id },
];

/** `2026-11-23 14:30:05`, which no spreadsheet misreads. */
function localTime(at: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
  return format.format(new Date(at));
}
