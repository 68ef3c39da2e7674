import { z } from "zod";
import { defineMail } from "./_components/define-mail.ts";
import { moment } from "./_components/moment.ts";
import { Action, Paragraph, Title } from "./_components/pieces.tsx";
import { at, path } from "./_components/values.ts";

/** What changed, as the sentence that says it: each is mailed to the person, whoever did it. */
const changes = {
  "password-changed": { fr: "Le mot de passe a été changé.", en: "The password was changed." },
  "password-reset": {
    fr: "Le mot de passe a été remplacé au moyen d’un lien reçu par courriel.",
    en: "The password was replaced by means of a link sent by e-mail.",
  },
  "email-changed": {
    fr: "L’adresse courriel du compte a été changée.",
    en: "The account’s e-mail address was changed.",
  },
  "second-factor-on": {
    fr: "La vérification en deux étapes a été activée.",
    en: "Two-step verification was turned on.",
  },
  "second-factor-off": {
    fr: "La vérification en deux étapes a été désactivée.",
    en: "Two-step verification was turned off.",
  },
  "passkey-added": { fr: "Une clé d’accès a été ajoutée.", en: "A passkey was added." },
  "passkey-removed": { fr: "Une clé d’accès a été retirée.", en: "A passkey was removed." },
  "recovery-codes-made": { fr: "De nouveaux codes de secours ont été créés.", en: "New recovery codes were made." },
  "recovery-code-used": { fr: "Un code de secours a servi à entrer.", en: "A recovery code was used to sign in." },
  "role-changed": { fr: "Votre rôle dans une clinique a changé.", en: "Your role in a clinic changed." },
  "access-changed": { fr: "Vos accès dans une clinique ont changé.", en: "Your access in a clinic changed." },
  "access-restored": {
    fr: "Votre accès à une clinique vous est rendu.",
    en: "Your access to a clinic was given back.",
  },
  "access-ended": { fr: "Votre accès à une clinique a pris fin.", en: "Your access to a clinic ended." },
  "sign-ins-refused": {
    fr: "Plusieurs essais d’entrer dans votre compte ont échoué.",
    en: "Several tries to sign in to your account failed.",
  },
  "organization-linked": {
    fr: "Votre compte a été lié à la connexion de votre organisation.",
    en: "Your account was linked to your organization’s sign-in.",
  },
  "organization-unlinked": {
    fr: "Le lien entre votre compte et la connexion de votre organisation a été retiré.",
    en: "The link between your account and your organization’s sign-in was removed.",
  },
  "sessions-closed": { fr: "Vos autres sessions ont été fermées.", en: "Your other sessions were closed." },
} as const;

const words = {
  fr: {
    subject: "Un réglage de sécurité de votre compte a changé",
    title: "Un réglage de votre compte a changé",
    when: (when: string) => `Le ${when}.`,
    fine: "Si vous l’attendiez, il n’y a rien à faire. Sinon, vérifiez votre compte maintenant.",
    action: "Vérifier mon compte",
  },
  en: {
    subject: "A security setting of your account changed",
    title: "A setting of your account changed",
    when: (when: string) => `On ${when}.`,
    fine: "If you expected it, there is nothing to do. If not, check your account now.",
    action: "Check my account",
  },
};

const changeNames = Object.keys(changes) as (keyof typeof changes)[];

export const securityChange = defineMail({
  values: z.strictObject({ change: z.enum(changeNames), at, path }),
  samples: changeNames.map((change) => ({ change, at: new Date("2026-11-23T19:32:00Z"), path: "/compte" })),
  subject: (_, locale) => words[locale].subject,
  preview: ({ change }, locale) => changes[change][locale],
  body({ change, at, path }, { locale, link }) {
    const say = words[locale];
    return (
      <>
        <Title>{say.title}</Title>
        <Paragraph>
          <strong>{changes[change][locale]}</strong> {say.when(moment(at, locale))}
        </Paragraph>
        <Paragraph>{say.fine}</Paragraph>
        <Action href={link(path)}>{say.action}</Action>
      </>
    );
  },
});
