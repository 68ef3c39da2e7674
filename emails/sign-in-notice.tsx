import { z } from "zod";
import { defineMail } from "./_components/define-mail.ts";
import { moment } from "./_components/moment.ts";
import { Action, Paragraph, Title } from "./_components/pieces.tsx";
import { at, device, path } from "./_components/values.ts";

const words = {
  fr: {
    subject: "Nouvel appareil dans votre compte",
    title: "Votre compte vient de s’ouvrir sur un nouvel appareil",
    what: (when: string, device: string) => `Le ${when}, sur ${device}.`,
    fine: "Si c’était vous, il n’y a rien à faire.",
    caution: "Si ce n’était pas vous, fermez cette session tout de suite, puis changez votre mot de passe.",
    action: "Voir mes sessions",
  },
  en: {
    subject: "New device in your account",
    title: "Your account was just opened on a new device",
    what: (when: string, device: string) => `On ${when}, on ${device}.`,
    fine: "If it was you, there is nothing to do.",
    caution: "If it was not you, close that session at once, then change your password.",
    action: "See my sessions",
  },
};

export const signInNotice = defineMail({
  values: z.strictObject({ at, device, path }),
  samples: [{ at: new Date("2026-11-23T19:32:00Z"), device: "Firefox, Windows", path: "/compte/sessions" }],
  subject: (_, locale) => words[locale].subject,
  preview: ({ at, device }, locale) => words[locale].what(moment(at, locale), device),
  body({ at, device, path }, { locale, link }) {
    const say = words[locale];
    return (
      <>
        <Title>{say.title}</Title>
        <Paragraph>{say.what(moment(at, locale), device)}</Paragraph>
        <Paragraph>{say.fine}</Paragraph>
        <Paragraph>{say.caution}</Paragraph>
        <Action href={link(path)}>{say.action}</Action>
      </>
    );
  },
});
