import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type MailKind, type MailValues, mailKinds, mailTemplates, personKinds } from "#server/mail/mail-templates.ts";
import { renderMail } from "#server/mail/render-mail.ts";

const origin = "https://chevet.exemple.quebec";
const sender = { name: "Hébergement Exemple", contact: ["aide@exemple.quebec", "514 555-0100", "Montréal"], origin };
const locales = ["fr", "en"] as const;

const every = mailKinds.flatMap((kind) =>
  mailTemplates[kind].samples.flatMap((values, sample) => locales.map((locale) => ({ kind, sample, locale, values }))),
);
const written = ({ kind, values, locale }: (typeof every)[number]) =>
  renderMail(kind, values as MailValues<MailKind>, { locale, sender });

/** Everything that a mail may ever hold (AC-63): a clinic's name, a date, a time, a link; for the account's own mail also a code, a device, what changed. */
const allowedValues = [
  "clinicName",
  "at",
  "minutes",
  "timeZone",
  "path",
  "code",
  "device",
  "change",
  "purpose",
  "approval",
];

/** What must never stand in a mail: numbers and dates of a person, reasons, services, specialties, kinds of practitioner. */
const neverSaid = [
  /\bNAM\b/i,
  /RAMQ|assurance maladie|health insurance/i,
  /naissance|date of birth|birth ?date|né(e)? le/i,
  /[A-Z]{4}\s?\d{4}\s?\d{4}/,
  /motif|raison de la (visite|consultation)|reason for/i,
  /diagnosti|symptôme|symptom|traitement|treatment|prescription|ordonnance|résultat|\bresults?\b|analyse|test result/i,
  /médecin|docteur|doctor|physician|dentist|psycholog|physioth|infirmi|nurse|thérap|therap|sexolog|optométr|ergothér|podiat|chiropra|ostéopath|denturolog|hygiéniste/i,
  /dossier (médical|dentaire)|medical record/i,
];

describe("every mail", () => {
  test("has a template for each file, and a file for each template", () => {
    const files = readdirSync(new URL("../../../emails", import.meta.url)).filter((name) => name.endsWith(".tsx"));
    expect(files.map((name) => name.replace(".tsx", "")).sort()).toEqual([...mailKinds].sort());
  });

  test.each(mailKinds)("%s can hold nothing but the few values that a mail may say", (kind) => {
    for (const name of Object.keys(mailTemplates[kind].values.shape)) expect(allowedValues).toContain(name);
  });

  test.each(every)("$kind ($sample, $locale) says who sends it, and nothing that it must not", async (one) => {
    const mail = await written(one);
    for (const body of [mail.text, mail.html]) {
      for (const part of [sender.name, ...sender.contact, "chevet.exemple.quebec"]) expect(body).toContain(part);
    }
    const said = `${mail.subject}\n${mail.text}\n${mail.html.replace(/<style[\s\S]*?<\/style>|<[^>]+>/g, " ")}`;
    for (const pattern of neverSaid) expect(said).not.toMatch(pattern);
  });

  test.each(every)("$kind ($sample, $locale) speaks of an account only to whoever has one", async (one) => {
    const visitor = ["booking-code", ...personKinds].includes(one.kind);
    expect(/votre compte|your account/.test((await written(one)).text.split("-----").at(-1) ?? "")).toBe(!visitor);
  });

  test.each(every)("$kind ($sample, $locale) loads nothing, and links only to this site", async (one) => {
    const { html, text } = await written(one);
    expect(html).not.toMatch(/<(img|script|link|iframe|object|video)\b/i);
    expect(html).not.toMatch(/url\(|@import|@font-face/i);
    const links = [...html.matchAll(/href="([^"]+)"/g)].map((match) => match[1]);
    for (const link of [...links, ...(text.match(/https?:\/\/\S+/g) ?? [])])
      expect(link?.startsWith(`${origin}/`)).toBe(true);
  });

  test.each(every)("$kind ($sample, $locale) is whole as plain text", async (one) => {
    const { html, text } = await written(one);
    const inHtml = [...html.matchAll(/href="([^"]+)"/g)].map((match) => match[1]?.replaceAll("&amp;", "&"));
    for (const link of new Set(inHtml)) expect(text).toContain(link);
    if ("code" in one.values) expect(text).toContain(one.values.code);
    expect(text).not.toMatch(/undefined|null|\[object|\$\{/);
    expect(html).toMatch(one.locale === "fr" ? /lang="fr-CA"/ : /lang="en-CA"/);
  });

  test.each(personKinds)(
    "%s, to a person, ends with the way out of the clinic's mail, and does not say that there is none",
    async (kind) => {
      const values = mailTemplates[kind].samples[0] as MailValues<MailKind>;
      const wayOut = { slug: "clinique-du-parc", token: "exemple" };
      for (const locale of locales) {
        const { html, text } = await renderMail(kind, values, { locale, sender, wayOut });
        for (const body of [html, text]) expect(body).toContain(`${origin}/c/clinique-du-parc/desabonnement#exemple`);
        expect(text).not.toMatch(/pas de désabonnement|nothing to unsubscribe/);
      }
    },
  );

  test.each(mailKinds)("%s is not the same in both languages", async (kind) => {
    const values = mailTemplates[kind].samples[0] as MailValues<MailKind>;
    const [fr, en] = await Promise.all(locales.map((locale) => renderMail(kind, values, { locale, sender })));
    expect(fr?.subject).not.toBe(en?.subject);
    expect(fr?.text).not.toBe(en?.text);
  });

  test.each([
    [
      "a value that the template does not name",
      "invitation",
      { clinicName: "A", path: "/a", minutes: 60, reason: "douleur" },
    ],
    ["a link to another site", "invitation", { clinicName: "A", path: "https://evil.example/", minutes: 60 }],
    ["a link that changes site", "invitation", { clinicName: "A", path: "//evil.example", minutes: 60 }],
    ["a sentence for a code", "verification-code", { purpose: "sign-up", code: "Bonjour", minutes: 10 }],
    ["an address for a device", "sign-in-notice", { at: new Date(), device: "10.0.0.1; <b>", path: "/a" }],
  ] as const)("refuses %s", async (_, kind, values) => {
    await expect(renderMail(kind, values as never, { locale: "fr", sender })).rejects.toThrow();
  });

  test("keeps a clinic's odd name as it is, and runs nothing of it", async () => {
    const values = { clinicName: `L'Étoile <script>alert("é")</script> 李`, path: "/a", minutes: 60 };
    const { html, text, subject } = await renderMail("invitation", values, { locale: "fr", sender });
    expect(html).not.toContain("<script");
    expect(text).toContain("李");
    expect(subject).toContain("L'Étoile");
  });
});
