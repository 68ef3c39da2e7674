import { z } from "zod";
import { defineMail } from "./_components/define-mail.ts";
import { Paragraph, Title } from "./_components/pieces.tsx";
import { clinicName } from "./_components/values.ts";

const words = {
  fr: {
    subject: (clinic: string) => `Votre clinique est suspendue : ${clinic}`,
    title: (clinic: string) => `Votre clinique est suspendue : ${clinic}`,
    what: "L’hébergeur a suspendu votre clinique. Depuis ce moment, personne ne peut plus l’ouvrir.",
    kept: "Vos données restent entières; rien n’est effacé.",
    next: "Pour savoir pourquoi et la faire rétablir, écrivez à l’hébergeur ou appelez-le : ses coordonnées sont au bas de ce message.",
  },
  en: {
    subject: (clinic: string) => `Your clinic is suspended: ${clinic}`,
    title: (clinic: string) => `Your clinic is suspended: ${clinic}`,
    what: "The host has suspended your clinic. From now on, nobody can open it.",
    kept: "Your data remain whole; nothing is erased.",
    next: "To learn why and have it reinstated, write to the host or call them: how to reach them is at the foot of this message.",
  },
};

export const clinicSuspended = defineMail({
  values: z.strictObject({ clinicName }),
  samples: [{ clinicName: "Clinique du Parc" }],
  subject: ({ clinicName }, locale) => words[locale].subject(clinicName),
  preview: (_, locale) => words[locale].what,
  body({ clinicName }, { locale }) {
    const say = words[locale];
    return (
      <>
        <Title>{say.title(clinicName)}</Title>
        <Paragraph>{say.what}</Paragraph>
        <Paragraph>{say.kept}</Paragraph>
        <Paragraph>{say.next}</Paragraph>
      </>
    );
  },
});
