import { z } from "zod";
import { defineMail } from "./_components/define-mail.ts";
import { span } from "./_components/moment.ts";
import { Action, Paragraph, Title } from "./_components/pieces.tsx";
import { clinicName, minutes, path } from "./_components/values.ts";

const words = {
  fr: {
    subject: (clinic: string) => `${clinic} vous invite`,
    title: (clinic: string) => `Rejoignez l’équipe de ${clinic}`,
    why: (clinic: string) => `${clinic} vous invite à travailler avec son équipe sur Chevet.`,
    action: "Accepter l’invitation",
    life: (time: string) => `Ce lien vous est personnel, est valable pendant ${time} et ne sert qu’une fois.`,
    caution: "Si vous ne connaissez pas cette clinique, ignorez ce courriel : rien ne se passe sans vous.",
  },
  en: {
    subject: (clinic: string) => `${clinic} invites you`,
    title: (clinic: string) => `Join the team of ${clinic}`,
    why: (clinic: string) => `${clinic} invites you to work with its team on Chevet.`,
    action: "Accept the invitation",
    life: (time: string) => `This link is yours alone, is good for ${time} and works once.`,
    caution: "If you do not know this clinic, ignore this e-mail: nothing happens without you.",
  },
};

export const invitation = defineMail({
  values: z.strictObject({ clinicName, path, minutes }),
  samples: [{ clinicName: "Clinique du Parc", path: "/invitation?jeton=exemple", minutes: 7 * 1440 }],
  subject: ({ clinicName }, locale) => words[locale].subject(clinicName),
  preview: ({ clinicName }, locale) => words[locale].why(clinicName),
  body({ clinicName, path, minutes }, { locale, link }) {
    const say = words[locale];
    return (
      <>
        <Title>{say.title(clinicName)}</Title>
        <Paragraph>{say.why(clinicName)}</Paragraph>
        <Action href={link(path)}>{say.action}</Action>
        <Paragraph>{say.life(span(minutes, locale))}</Paragraph>
        <Paragraph quiet>{say.caution}</Paragraph>
      </>
    );
  },
});
