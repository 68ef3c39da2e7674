/**
 * Every place outside this installation that it may ever talk to. What is not here cannot be called: `fetchOutbound` takes
 * an integration's code, and the code must be in this list.
 */
export interface Integration {
  purpose: { fr: string; en: string };
  /**
   * `clinic`: switched on by a clinic, through `fetchOutbound`. `infrastructure`: chosen by the host in the environment,
   * spoken by its own client library, listed here so that the register is whole.
   */
  kind: "clinic" | "infrastructure";
  /** The hosts it may reach, `host` or `host:port`. `settings`: named by the clinic's, or the host's, own settings. */
  hosts: readonly string[] | "settings";
  /**
   * Whether personal information leaves Québec (Ontario counts). `declared`: it depends on the provider, so the clinic says
   * it; unless it says no, the answer is yes.
   */
  outsideQuebec: boolean | "declared";
  /** What goes there, for the clinic's register of technological products (AC-10). */
  data: { fr: string; en: string };
}

export const integrations = {
  oidc: {
    purpose: {
      fr: "Connexion du personnel par le fournisseur d’identité de la clinique (OpenID Connect)",
      en: "Staff sign-in through the clinic's own identity provider (OpenID Connect)",
    },
    kind: "clinic",
    hosts: "settings",
    outsideQuebec: "declared",
    data: {
      fr: "Identifiant, nom et courriel des membres du personnel; rien sur les patients",
      en: "Identifier, name and e-mail of staff members; nothing about patients",
    },
  },
  sms: {
    purpose: { fr: "Textos aux patients", en: "Text messages to patients" },
    kind: "clinic",
    hosts: "settings",
    outsideQuebec: "declared",
    data: {
      fr: "Numéro de téléphone, nom de la clinique, date, heure et lien; rien sur la raison de la visite. Un texto n’est pas chiffré.",
      en: "Phone number, the clinic's name, date, time and link; nothing about the reason for the visit. A text message is not encrypted.",
    },
  },
  fax: {
    purpose: { fr: "Envoi des télécopies", en: "Sending faxes" },
    kind: "clinic",
    hosts: "settings",
    outsideQuebec: "declared",
    data: {
      fr: "Numéro du destinataire, page couverture et documents envoyés : des renseignements de santé",
      en: "The recipient's number, the cover sheet and the documents sent: health information",
    },
  },
  calendar: {
    purpose: {
      fr: "Agenda d’un soignant dans son calendrier personnel (Google, Outlook, Apple), avec des initiales ou des noms",
      en: "A practitioner's agenda in their own calendar (Google, Outlook, Apple), with initials or names",
    },
    kind: "clinic",
    // They come to us: nothing is ever called.
    hosts: [],
    outsideQuebec: true,
    data: {
      fr: "Heures des rendez-vous et lieu, avec les initiales ou le nom du patient et le service; éteinte, les adresses ne disent que « Occupé »",
      en: "Times and places of visits, with the patient's initials or name and the service; switched off, addresses only say “Busy”",
    },
  },
  smtp: {
    purpose: { fr: "Envoi des courriels", en: "Sending mail" },
    kind: "infrastructure",
    hosts: "settings",
    outsideQuebec: false,
    data: {
      fr: "Adresse du destinataire et texte sans renseignement clinique",
      en: "Recipient's address and a text without clinical information",
    },
  },
  s3: {
    purpose: {
      fr: "Fichiers et clés emballées, chiffrés avant l’envoi",
      en: "Files and wrapped keys, encrypted before they leave",
    },
    kind: "infrastructure",
    hosts: "settings",
    outsideQuebec: false,
    data: { fr: "Contenu chiffré seulement", en: "Encrypted content only" },
  },
  otlp: {
    purpose: { fr: "Traces techniques", en: "Technical traces" },
    kind: "infrastructure",
    hosts: "settings",
    outsideQuebec: false,
    data: { fr: "Durées et codes; aucun renseignement personnel", en: "Durations and codes; no personal information" },
  },
} as const satisfies Record<string, Integration>;

export type IntegrationCode = keyof typeof integrations;

/** The integrations that a clinic switches on and off. */
export type ClinicIntegrationCode = {
  [Code in IntegrationCode]: (typeof integrations)[Code]["kind"] extends "clinic" ? Code : never;
}[IntegrationCode];
