import { z } from "zod";
import { defineMail } from "./_components/define-mail.ts";
import { Action, Paragraph, Title } from "./_components/pieces.tsx";
import { clinicName, path } from "./_components/values.ts";

const words = {
  fr: {
    subject: (clinic: string) => `Votre clinique est rétablie : ${clinic}`,
    title: (clinic: string) => `Votre clinique est rétablie : ${clinic}`,
    what: "L’hébergeur a mis fin à la suspension. Votre équipe peut de nouveau ouvrir la clinique, telle qu’elle était.",
    action: "Ouvrir la clinique",
  },
  en: {
    subject: (clinic: string) => `Your clinic is reinstated: ${clinic}`,
    title: (clinic: string) => `Your clinic is reinstated: ${clinic}`,
    what: "The host has ended the suspension. Your team can open the clinic again, as it was.",
    action: "Open the clinic",
  },
};

export const clinicReinstated = defineMail({
  values: z.strictObject({ clinicName, path }),
  samples: [{ clinicName: "Clinique du Parc", path: "/clinic/clinique-du-parc" }],
  subject: ({ clinicName }, locale) => words[locale].subject(clinicName),
  preview: (_, locale) => words[locale].what,
  body({ clinicName, path }, { locale, link }) {
    const say = words[locale];
    return (
      <>
        <Title>{say.title(clinicName)}</Title>
        <Paragraph>{say.what}</Paragraph>
        <Action href={link(path)}>{say.action}</Action>
      </>
    );
  },
});
