import { z } from "zod";
import { sayWhen } from "#server/schedule/say-when.ts";
import { defineMail } from "./_components/define-mail.ts";
import { span } from "./_components/moment.ts";
import { Action, Paragraph, Title } from "./_components/pieces.tsx";
import { at, clinicName, minutes, path, timeZone } from "./_components/values.ts";

const words = {
  fr: {
    subject: (clinic: string) => `${clinic} vous propose une heure`,
    title: "Une place s’est libérée",
    when: (when: string) => `Vous pouvez la prendre : ${when}.`,
    action: "Voir et répondre",
    life: (time: string) =>
      `La place vous est gardée pendant environ ${time}, à vous et peut-être à d’autres personnes qui attendent : la première qui accepte l’obtient.`,
    otherwise: "Si elle ne vous convient pas, vous n’avez rien à faire : vous gardez votre place sur la liste.",
  },
  en: {
    subject: (clinic: string) => `${clinic} offers you a time`,
    title: "A time has opened up",
    when: (when: string) => `You can take it: ${when}`,
    action: "See it and answer",
    life: (time: string) =>
      `It is kept for about ${time}, for you and perhaps for others who are waiting: the first to accept has it.`,
    otherwise: "If it does not suit you, there is nothing to do: you keep your place on the list.",
  },
};

export const waitlistOffer = defineMail({
  forVisitor: true,
  values: z.strictObject({ clinicName, at, timeZone, minutes, path }),
  samples: [
    {
      clinicName: "Clinique du Parc",
      at: new Date("2026-12-01T19:30:00Z"),
      timeZone: "America/Toronto",
      minutes: 120,
      path: "/c/clinique-du-parc/offre#exemple",
    },
  ],
  subject: ({ clinicName }, locale) => words[locale].subject(clinicName),
  preview: ({ at, timeZone }, locale) => words[locale].when(sayWhen(at, timeZone, locale)),
  body({ at, timeZone, minutes, path }, { locale, link }) {
    const say = words[locale];
    return (
      <>
        <Title>{say.title}</Title>
        <Paragraph>{say.when(sayWhen(at, timeZone, locale))}</Paragraph>
        <Action href={link(path)}>{say.action}</Action>
        <Paragraph>{say.life(span(minutes, locale))}</Paragraph>
        <Paragraph quiet>{say.otherwise}</Paragraph>
      </>
    );
  },
});
