import { randomBytes } from "node:crypto";
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

type Sender = ClinicSender & { wayOut: string };

/** Mails by all that they say, the secrets of their two links aside; the oldest leave first. A morning's reminders are a few of them. */
const drawn = new Map<string, RenderedMail>();
const most = 200;
/** Stands for what follows the `#` of a link: as long, for lines are broken by length, and found nowhere else. */
const stand = { link: randomBytes(96).toString("base64url"), wayOut: randomBytes(96).toString("base64url") };

/** A mail about a visit, from the clinic's words or ours: HTML that loads nothing, and the same as text. */
export async function writeMail(
  kind: MessageKind,
  text: MessageText,
  about: MessageAbout,
  sender: Sender,
): Promise<RenderedMail> {
  const [link, linkSecret] = apart(about.link, stand.link);
  const [wayOut, wayOutSecret] = apart(sender.wayOut, stand.wayOut);
  const openly = { about: { ...about, link }, sender: { ...sender, wayOut } };
  const key = JSON.stringify([kind, text, openly]);
  const mail = drawn.get(key) ?? (await drawMail(kind, text, openly.about, openly.sender));
  drawn.delete(key);
  drawn.set(key, mail);
  for (const oldest of drawn.keys()) {
    if (drawn.size <= most) break;
    drawn.delete(oldest);
  }
  const whole = (part: string) => put(put(part, stand.link, linkSecret), stand.wayOut, wayOutSecret);
  return { subject: whole(mail.subject), html: whole(mail.html), text: whole(mail.text) };
}

const secret = /(?<=#)[\w-]+$/;

/** A link with something in the place of its secret, and the secret. A link without one stays as it is. */
function apart(link: string, instead: string): [link: string, secret: string] {
  const [found = ""] = secret.exec(link) ?? [];
  return [
    found.length > 0 && found.length <= instead.length ? link.replace(secret, instead.slice(0, found.length)) : link,
    found,
  ];
}

const put = (part: string, instead: string, found: string) =>
  found === "" ? part : part.replaceAll(instead.slice(0, found.length), found);

async function drawMail(
  kind: MessageKind,
  text: MessageText,
  about: MessageAbout,
  sender: Sender,
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
