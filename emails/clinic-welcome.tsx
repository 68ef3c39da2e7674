import { z } from "zod";
import { defineMail } from "./_components/define-mail.ts";
import { Action, Paragraph, Title } from "./_components/pieces.tsx";
import { clinicName, path } from "./_components/values.ts";

const words = {
  fr: {
    subject: (clinic: string) => `Votre clinique est ouverte : ${clinic}`,
    title: (clinic: string) => `Votre clinique est ouverte : ${clinic}`,
    ready:
      "Vous pouvez y travailler dès maintenant. Une liste d’étapes vous attend à l’accueil : inviter l’équipe, décrire les lieux, régler la sécurité.",
    waits: "La page publique et les courriels aux patients attendent l’approbation de l’hébergeur; nous vous écrirons.",
    action: "Ouvrir la clinique",
  },
  en: {
    subject: (clinic: string) => `Your clinic is open: ${clinic}`,
    title: (clinic: string) => `Your clinic is open: ${clinic}`,
    ready:
      "You can work in it now. A list of steps is waiting on the home page: invite the team, describe the locations, set up security.",
    waits: "The public page and mail to patients wait for the host’s approval; we will write to you.",
    action: "Open the clinic",
  },
};

export const clinicWelcome = defineMail({
  values: z.strictObject({ clinicName, path, approval: z.enum(["waits", "given"]) }),
  samples: [
    { clinicName: "Clinique du Parc", path: "/clinic/clinique-du-parc", approval: "waits" },
    { clinicName: "Clinique du Parc", path: "/clinic/clinique-du-parc", approval: "given" },
  ],
  subject: ({ clinicName }, locale) => words[locale].subject(clinicName),
  preview: (_, locale) => words[locale].ready,
  body({ clinicName, path, approval }, { locale, link }) {
    const say = words[locale];
    return (
      <>
        <Title>{say.title(clinicName)}</Title>
        <Paragraph>{say.ready}</Paragraph>
        {approval === "waits" && <Paragraph>{say.waits}</Paragraph>}
        <Action href={link(path)}>{say.action}</Action>
      </>
    );
  },
});
