import { z } from "zod";
import { defineMail } from "./_components/define-mail.ts";
import { Action, Paragraph, Title } from "./_components/pieces.tsx";
import { clinicName, path } from "./_components/values.ts";

const words = {
  fr: {
    subject: (clinic: string) => `${clinic} : vous êtes sur la liste d’attente`,
    title: "Vous êtes sur la liste d’attente",
    noted: (clinic: string) => `Votre inscription est notée : ${clinic}.`,
    how: "Dès qu’une place qui vous convient se libère, vous recevrez un courriel avec un lien pour la prendre. Elle est gardée un certain temps, parfois pour plusieurs personnes à la fois : la première qui l’accepte l’obtient. Rien d’autre à faire d’ici là.",
    leaveLead: "Vous n’attendez plus? Ce lien ouvre une page où vous pouvez vous retirer de la liste.",
    leave: "Me retirer de la liste",
  },
  en: {
    subject: (clinic: string) => `${clinic}: you are on the waiting list`,
    title: "You are on the waiting list",
    noted: (clinic: string) => `Your place on the list is noted: ${clinic}.`,
    how: "As soon as a time that suits you comes free, you will get an e-mail with a link to take it. It is kept for a while, sometimes for several people at once: the first to accept has it. There is nothing else to do until then.",
    leaveLead: "No longer waiting? This link opens a page where you can take yourself off the list.",
    leave: "Take me off the list",
  },
};

/** Nothing of what is waited for: a list of one service would say it all the same (AC-63). */
export const waitlistJoined = defineMail({
  values: z.strictObject({ clinicName, path }),
  samples: [{ clinicName: "Clinique du Parc", path: "/c/clinique-du-parc/attente#exemple" }],
  forVisitor: true,
  subject: ({ clinicName }, locale) => words[locale].subject(clinicName),
  preview: ({ clinicName }, locale) => words[locale].noted(clinicName),
  body({ clinicName, path }, { locale, link }) {
    const say = words[locale];
    return (
      <>
        <Title>{say.title}</Title>
        <Paragraph>{say.noted(clinicName)}</Paragraph>
        <Paragraph>{say.how}</Paragraph>
        <Paragraph quiet>{say.leaveLead}</Paragraph>
        <Action href={link(path)}>{say.leave}</Action>
      </>
    );
  },
});
