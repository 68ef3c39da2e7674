import { render } from "@react-email/render";
import { Action, Paragraph, Title } from "#emails/_components/pieces.tsx";
import { type ClinicSender, VisitFrame } from "#emails/_components/visit-frame.tsx";
import { plainText } from "#server/mail/plain-text.ts";
import type { RenderedMail } from "#server/mail/render-mail.ts";
import type { MessageText } from "./default-texts.ts";
import { fillText } from "./fill-text.ts";
import { type MessageKind, mergeFields } from "./schema.ts";
import { type MessageAbout, mergeValues } from "./write-text.ts";

/** What the button of a mail says. It opens a page, where a button of that page decides. */
const buttons: Readonly<Record<MessageKind, Readonly<Record<"fr" | "en", string>>>> = {
  confirmation: { fr: "Voir mon rendez-vous", en: "See my appointment" },
  moved: { fr: "Voir mon rendez-vous", en: "See my appointment" },
  cancelled: { fr: "Ouvrir la page", en: "Open the page" },
  reminder: { fr: "Je confirme", en: "I confirm" },
};

const isLink = new RegExp(`^\\{(${mergeFields.link.fr}|${mergeFields.link.en})\\}$`);

/** A mail about a visit, from the clinic's words or ours: HTML that loads nothing, and the same as text. */
export async function writeMail(
  kind: MessageKind,
  text: MessageText,
  about: MessageAbout,
  sender: ClinicSender & { wayOut: string },
): Promise<RenderedMail> {
  const { locale, link } = about;
  const values = mergeValues(about, "email");
  // No-break spaces stay.
  const subject = fillText(text.subject, values)
    .replace(/[ \t\n]+/g, " ")
    .trim();
  const paragraphs = text.body.split(/\n{2,}/).map((one) => one.trim());
  const preview = `${sender.name}, ${values.when}`;
  const html = await render(
    <VisitFrame locale={locale} subject={subject} preview={preview} sender={sender} wayOut={sender.wayOut}>
      <Title>{subject}</Title>
      {paragraphs.map((one) =>
        isLink.test(one) ? (
          <Action key={one} href={link}>
            {buttons[kind][locale]}
          </Action>
        ) : (
          <Paragraph key={one}>
            {fillText(one, values)
              .split("\n")
              .flatMap((line, at) => (at === 0 ? [line] : [<br key={line} />, line]))}
          </Paragraph>
        ),
      )}
    </VisitFrame>,
  );
  return { subject, html, text: plainText(html) };
}
