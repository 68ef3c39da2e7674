import { z } from "zod";
import { defineMail } from "./_components/define-mail.ts";
import { span } from "./_components/moment.ts";
import { Action, Paragraph, Title } from "./_components/pieces.tsx";
import { minutes, path } from "./_components/values.ts";

const words = {
  fr: {
    subject: "Choisir un nouveau mot de passe",
    title: "Choisissez un nouveau mot de passe",
    why: "Quelqu’un, sans doute vous, a demandé à changer le mot de passe de ce compte.",
    action: "Choisir un mot de passe",
    life: (time: string) => `Ce lien est valable pendant ${time} et ne sert qu’une fois.`,
    caution: "Si ce n’était pas vous, ne faites rien : votre mot de passe ne change pas.",
  },
  en: {
    subject: "Choose a new password",
    title: "Choose a new password",
    why: "Someone, most likely you, asked to change the password of this account.",
    action: "Choose a password",
    life: (time: string) => `This link is good for ${time} and works once.`,
    caution: "If it was not you, do nothing: your password stays as it is.",
  },
};

export const passwordReset = defineMail({
  values: z.strictObject({ path, minutes }),
  samples: [{ path: "/mot-de-passe/nouveau?jeton=exemple", minutes: 60 }],
  subject: (_, locale) => words[locale].subject,
  preview: (_, locale) => words[locale].why,
  body({ path, minutes }, { locale, link }) {
    const say = words[locale];
    return (
      <>
        <Title>{say.title}</Title>
        <Paragraph>{say.why}</Paragraph>
        <Action href={link(path)}>{say.action}</Action>
        <Paragraph>{say.life(span(minutes, locale))}</Paragraph>
        <Paragraph quiet>{say.caution}</Paragraph>
      </>
    );
  },
});
