import { z } from "zod";
import { defineMail } from "./_components/define-mail.ts";
import { span } from "./_components/moment.ts";
import { Code, Paragraph, Title } from "./_components/pieces.tsx";
import { code, minutes } from "./_components/values.ts";

const words = {
  fr: {
    subject: (code: string) => `Votre code : ${code}`,
    why: {
      "sign-up": "Voici le code pour confirmer votre adresse courriel et poursuivre l’ouverture de votre clinique.",
      "email-change": "Voici le code pour confirmer votre nouvelle adresse courriel.",
    },
    title: "Confirmez votre adresse courriel",
    life: (time: string) => `Il est valable pendant ${time} et ne sert qu’une fois.`,
    caution: "Ne le donnez à personne : nous ne le demandons jamais. Si vous n’avez rien demandé, ignorez ce courriel.",
  },
  en: {
    subject: (code: string) => `Your code: ${code}`,
    why: {
      "sign-up": "Here is the code to confirm your e-mail address and go on opening your clinic.",
      "email-change": "Here is the code to confirm your new e-mail address.",
    },
    title: "Confirm your e-mail address",
    life: (time: string) => `It is good for ${time} and works once.`,
    caution: "Give it to nobody: we never ask for it. If you asked for nothing, ignore this e-mail.",
  },
};

export const verificationCode = defineMail({
  values: z.strictObject({ purpose: z.enum(["sign-up", "email-change"]), code, minutes }),
  samples: [
    { purpose: "sign-up", code: "482913", minutes: 10 },
    { purpose: "email-change", code: "207551", minutes: 10 },
  ],
  // The code stands in the subject: it is read in a notification without opening the mail. It is worth nothing without the page it was asked on.
  subject: ({ code }, locale) => words[locale].subject(code),
  preview: ({ purpose }, locale) => words[locale].why[purpose],
  body({ purpose, code, minutes }, { locale }) {
    const say = words[locale];
    return (
      <>
        <Title>{say.title}</Title>
        <Paragraph>{say.why[purpose]}</Paragraph>
        <Code>{code}</Code>
        <Paragraph>{say.life(span(minutes, locale))}</Paragraph>
        <Paragraph quiet>{say.caution}</Paragraph>
      </>
    );
  },
});
