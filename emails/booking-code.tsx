import { z } from "zod";
import { defineMail } from "./_components/define-mail.ts";
import { span } from "./_components/moment.ts";
import { Code, Paragraph, Title } from "./_components/pieces.tsx";
import { clinicName, code, minutes } from "./_components/values.ts";

const words = {
  fr: {
    subject: (code: string) => `Votre code : ${code}`,
    title: "Confirmez votre adresse courriel",
    why: (clinic: string) => `Voici le code à écrire sur la page de ${clinic}.`,
    life: (time: string) => `Il est valable pendant ${time} et ne sert qu’une fois.`,
    caution: "Ne le donnez à personne : nous ne le demandons jamais. Si vous n’avez rien demandé, ignorez ce courriel.",
  },
  en: {
    subject: (code: string) => `Your code: ${code}`,
    title: "Confirm your e-mail address",
    why: (clinic: string) => `Here is the code to type on the page of ${clinic}.`,
    life: (time: string) => `It is good for ${time} and works once.`,
    caution: "Give it to nobody: we never ask for it. If you asked for nothing, ignore this e-mail.",
  },
};

/** For a stranger on a clinic's page: neither why nor for what they come (AC-63), and nothing that says whether the clinic knows them. */
export const bookingCode = defineMail({
  forVisitor: true,
  values: z.strictObject({ clinicName, code, minutes }),
  samples: [{ clinicName: "Clinique du Parc", code: "482913", minutes: 14 }],
  // As for any code: read in a notification without opening the mail, and worth nothing without the page it was asked on.
  subject: ({ code }, locale) => words[locale].subject(code),
  preview: ({ clinicName }, locale) => words[locale].why(clinicName),
  body({ clinicName, code, minutes }, { locale }) {
    const say = words[locale];
    return (
      <>
        <Title>{say.title}</Title>
        <Paragraph>{say.why(clinicName)}</Paragraph>
        <Code>{code}</Code>
        <Paragraph>{say.life(span(minutes, locale))}</Paragraph>
        <Paragraph quiet>{say.caution}</Paragraph>
      </>
    );
  },
});
