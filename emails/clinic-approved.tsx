import { z } from "zod";
import { defineMail } from "./_components/define-mail.ts";
import { Action, Paragraph, Title } from "./_components/pieces.tsx";
import { clinicName, path } from "./_components/values.ts";

const words = {
  fr: {
    subject: (clinic: string) => `Votre clinique est approuvée : ${clinic}`,
    title: (clinic: string) => `Votre clinique est approuvée : ${clinic}`,
    what: "L’hébergeur a approuvé votre clinique. Vous pouvez publier sa page et écrire à vos patients.",
    action: "Ouvrir la clinique",
  },
  en: {
    subject: (clinic: string) => `Your clinic is approved: ${clinic}`,
    title: (clinic: string) => `Your clinic is approved: ${clinic}`,
    what: "The host has approved your clinic. You can publish its page and write to your patients.",
    action: "Open the clinic",
  },
};

export const clinicApproved = defineMail({
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
