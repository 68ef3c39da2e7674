import { type MailKind, type MailValues, mailKinds, mailTemplates, personKinds } from "#server/mail/mail-templates.ts";
import { type RenderedMail, renderMail } from "#server/mail/render-mail.ts";

const sender = {
  name: "Hébergement Exemple",
  contact: ["aide@exemple.quebec", "514 555-0100", "Montréal"],
  origin: "https://chevet.exemple.quebec",
};

export const templateList = mailKinds.map((kind) => ({ kind, samples: mailTemplates[kind].samples.length }));

/** One template, written with one of its samples; undefined when there is no such thing. */
export async function readTemplate(
  kind: string,
  sample: number,
  locale: "fr" | "en",
): Promise<RenderedMail | undefined> {
  if (!(mailKinds as string[]).includes(kind)) return undefined;
  const values = mailTemplates[kind as MailKind].samples[sample];
  const wayOut = (personKinds as readonly string[]).includes(kind)
    ? { slug: "clinique-du-parc", token: "exemple" }
    : undefined;
  return values && renderMail(kind as MailKind, values as MailValues<MailKind>, { locale, sender, wayOut });
}
