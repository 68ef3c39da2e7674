import { z } from "zod";
import { sayWhen } from "#server/schedule/say-when.ts";
import { defineMail } from "./_components/define-mail.ts";
import { Paragraph, Title } from "./_components/pieces.tsx";
import { at, clinicName, timeZone } from "./_components/values.ts";

const words = {
  fr: {
    subject: (clinic: string) => `${clinic} : la place a été prise`,
    title: "La place a été prise",
    what: (when: string) => `Une autre personne a accepté avant vous l’heure du ${when}.`,
    thanks:
      "Merci d’avoir attendu. Vous gardez votre place sur la liste, et la clinique vous écrira à la prochaine occasion.",
  },
  en: {
    subject: (clinic: string) => `${clinic}: the time was taken`,
    title: "The time was taken",
    what: (when: string) => `Somebody else accepted before you: ${when}`,
    thanks:
      "Thank you for waiting. You keep your place on the list, and the clinic will write to you at the next chance.",
  },
};

export const waitlistThanks = defineMail({
  forVisitor: true,
  values: z.strictObject({ clinicName, at, timeZone }),
  samples: [{ clinicName: "Clinique du Parc", at: new Date("2026-12-01T19:30:00Z"), timeZone: "America/Toronto" }],
  subject: ({ clinicName }, locale) => words[locale].subject(clinicName),
  preview: ({ at, timeZone }, locale) => words[locale].what(sayWhen(at, timeZone, locale)),
  body({ at, timeZone }, { locale }) {
    const say = words[locale];
    return (
      <>
        <Title>{say.title}</Title>
        <Paragraph>{say.what(sayWhen(at, timeZone, locale))}</Paragraph>
        <Paragraph>{say.thanks}</Paragraph>
      </>
    );
  },
});
