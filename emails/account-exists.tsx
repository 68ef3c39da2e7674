import { z } from "zod";
import { defineMail } from "./_components/define-mail.ts";
import { Action, Paragraph, Title } from "./_components/pieces.tsx";
import { path } from "./_components/values.ts";

const words = {
  fr: {
    subject: "Vous avez déjà un compte",
    title: "Vous avez déjà un compte",
    why: "Quelqu’un, sans doute vous, a voulu ouvrir un compte avec votre adresse courriel. Vous en avez déjà un : entrez avec lui, ou choisissez un nouveau mot de passe depuis la page d’entrée.",
    action: "Entrer",
    caution: "Si ce n’était pas vous, ignorez ce courriel : rien n’a changé, et la page n’a rien révélé.",
  },
  en: {
    subject: "You already have an account",
    title: "You already have an account",
    why: "Someone, most likely you, tried to open an account with your e-mail address. You already have one: sign in with it, or choose a new password from the sign-in page.",
    action: "Sign in",
    caution: "If it was not you, ignore this e-mail: nothing changed, and the page revealed nothing.",
  },
};

export const accountExists = defineMail({
  values: z.strictObject({ path }),
  samples: [{ path: "/entrer" }],
  subject: (_, locale) => words[locale].subject,
  preview: (_, locale) => words[locale].why,
  body({ path }, { locale, link }) {
    const say = words[locale];
    return (
      <>
        <Title>{say.title}</Title>
        <Paragraph>{say.why}</Paragraph>
        <Action href={link(path)}>{say.action}</Action>
        <Paragraph quiet>{say.caution}</Paragraph>
      </>
    );
  },
});
