import { render } from "@react-email/render";
import { createElement } from "react";
import type { z } from "zod";
import type { MailLocale, MailTemplate } from "#emails/_components/define-mail.ts";
import { MailFrame, type Sender } from "#emails/_components/mail-frame.tsx";
import { type MailKind, type MailValues, mailTemplates } from "./mail-templates.ts";
import { plainText } from "./plain-text.ts";
import { type WayOut, wayOutPage } from "./way-out.ts";

export interface RenderedMail {
  subject: string;
  html: string;
  /** Never left out: it is what a screen reader, a watch and a cautious reader get. */
  text: string;
}

/**
 * Writes one mail. Values that the template does not name are refused, so that no one can pass more than it may say.
 * @throws ZodError on a value that is missing, malformed or not foreseen.
 */
export async function renderMail<Kind extends MailKind>(
  kind: Kind,
  values: MailValues<Kind>,
  about: { locale: MailLocale; sender: Sender; wayOut?: WayOut | undefined },
): Promise<RenderedMail> {
  const template = mailTemplates[kind] as unknown as MailTemplate<z.ZodObject>;
  const { locale, sender } = about;
  const wayOut = about.wayOut && wayOutPage(sender.origin, about.wayOut);
  const checked = template.values.parse(values);
  const link = (path: string) => `${sender.origin}${path}`;
  const subject = template.subject(checked, locale);
  const preview = template.preview(checked, locale);
  const children = template.body(checked, { locale, link });
  const forVisitor = template.forVisitor ?? false;
  const frame = { locale, subject, preview, sender, forVisitor, wayOut, children };
  const html = await render(createElement(MailFrame, frame));
  return { subject, html, text: plainText(html) };
}
