import { z } from "zod";
import { sayWhen } from "#server/schedule/say-when.ts";
import { defineMail } from "./_components/define-mail.ts";
import { Action, Paragraph, Title } from "./_components/pieces.tsx";
import { at, clinicName, path, timeZone } from "./_components/values.ts";

const words = {
  fr: {
    subject: (clinic: string) => `${clinic} : un document vous attend`,
    title: "Un document vous attend",
    why: (clinic: string) => `${clinic} vous a envoyé un document. Pour l’ouvrir, il faut un code de six chiffres.`,
    code: "Le code vous est donné autrement : par téléphone ou par texto. Si vous ne l’avez pas, appelez la clinique.",
    action: "Ouvrir la page",
    life: (when: string) => `La page reste ouverte jusqu’à cette date : ${when}.`,
    caution: "Si ce courriel ne vous est pas destiné, n’ouvrez pas la page et avisez la clinique.",
  },
  en: {
    subject: (clinic: string) => `${clinic}: a document is waiting for you`,
    title: "A document is waiting for you",
    why: (clinic: string) => `${clinic} has sent you a document. Opening it takes a six-digit code.`,
    code: "The code reaches you another way: by telephone or by text message. If you do not have it, call the clinic.",
    action: "Open the page",
    life: (when: string) => `The page stays open until ${when}.`,
    caution: "If this e-mail is not meant for you, do not open the page, and tell the clinic.",
  },
};

/** For whoever receives a document: it names the clinic and nobody else, neither whose document it is nor what it says. */
export const documentWaiting = defineMail({
  forVisitor: true,
  values: z.strictObject({ clinicName, path, at, timeZone }),
  samples: [
    {
      clinicName: "Clinique du Parc",
      path: "/c/clinique-du-parc/envoi#exemple",
      at: new Date("2026-12-14T19:30:00Z"),
      timeZone: "America/Toronto",
    },
  ],
  subject: ({ clinicName }, locale) => words[locale].subject(clinicName),
  preview: ({ clinicName }, locale) => words[locale].why(clinicName),
  body({ clinicName, path, at, timeZone }, { locale, link }) {
    const say = words[locale];
    return (
      <>
        <Title>{say.title}</Title>
        <Paragraph>{say.why(clinicName)}</Paragraph>
        <Paragraph>{say.code}</Paragraph>
        <Action href={link(path)}>{say.action}</Action>
        <Paragraph quiet>{say.life(sayWhen(at, timeZone, locale))}</Paragraph>
        <Paragraph quiet>{say.caution}</Paragraph>
      </>
    );
  },
});
