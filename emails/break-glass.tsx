import { z } from "zod";
import { defineMail } from "./_components/define-mail.ts";
import { moment } from "./_components/moment.ts";
import { Action, Paragraph, Title } from "./_components/pieces.tsx";
import { at, clinicName, path } from "./_components/values.ts";

const words = {
  fr: {
    subject: (clinic: string) => `Une restriction d’accès a été levée en urgence : ${clinic}`,
    title: "Une restriction d’accès a été levée en urgence",
    preview: "À examiner par la personne responsable de la protection des renseignements personnels.",
    what: (clinic: string, when: string) =>
      `${clinic}, le ${when}. Qui, pour qui et pourquoi sont inscrits au journal.`,
    duty: "Vous recevez ce message à titre de personne responsable de la protection des renseignements personnels.",
    action: "Examiner au journal",
  },
  en: {
    subject: (clinic: string) => `An access restriction was lifted in an emergency: ${clinic}`,
    title: "An access restriction was lifted in an emergency",
    preview: "To be examined by the person in charge of the protection of personal information.",
    what: (clinic: string, when: string) => `${clinic}, ${when}. Who, for whom and why are in the audit log.`,
    duty: "You receive this message as the person in charge of the protection of personal information.",
    action: "Examine in the audit log",
  },
};

export const breakGlass = defineMail({
  values: z.strictObject({ clinicName, at, path }),
  samples: [
    {
      clinicName: "Clinique du Parc",
      at: new Date("2026-11-23T19:32:00Z"),
      path: "/clinic/clinique-du-parc/journal?event=patient.glass-broken",
    },
  ],
  subject: ({ clinicName }, locale) => words[locale].subject(clinicName),
  preview: (_, locale) => words[locale].preview,
  body({ clinicName, at, path }, { locale, link }) {
    const say = words[locale];
    return (
      <>
        <Title>{say.title}</Title>
        <Paragraph>{say.what(clinicName, moment(at, locale))}</Paragraph>
        <Paragraph>{say.duty}</Paragraph>
        <Action href={link(path)}>{say.action}</Action>
      </>
    );
  },
});
