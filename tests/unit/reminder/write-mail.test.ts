import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { defaultTexts } from "#server/reminder/default-texts.ts";
import { messageKinds } from "#server/reminder/schema.ts";
import { writeMail } from "#server/reminder/write-mail.tsx";

/** Mails that say the same are drawn once: what is kept from one to the next is everything but the two secrets. */

const page = "https://chevet.exemple.quebec/c/clinique-du-parc";
const write = (kind: (typeof messageKinds)[number], clinicName: string, link: string, wayOut: string) =>
  writeMail(
    kind,
    defaultTexts[kind].email.fr,
    {
      clinicName,
      clinicPhone: "+14185550142",
      startsAt: new Date("2027-03-02T19:30:00Z"),
      timeZone: "America/Toronto",
      locale: "fr",
      link: `${page}/gerer#${link}`,
    },
    { name: clinicName, contact: ["825, boulevard Lebourgneuf, Québec"], wayOut: `${page}/desabonnement#${wayOut}` },
  );
const secret = () => randomBytes(32).toString("base64url");

test.each(messageKinds)("%s: each mail has its own secrets and no other's, and says the rest alike", async (kind) => {
  const secrets = [secret(), secret(), secret(), secret()] as const;
  const first = await write(kind, "Clinique du Parc", secrets[0], secrets[1]);
  const second = await write(kind, "Clinique du Parc", secrets[2], secrets[3]);
  for (const [mail, own, others] of [
    [first, secrets.slice(0, 2), secrets.slice(2)],
    [second, secrets.slice(2), secrets.slice(0, 2)],
  ] as const) {
    const whole = `${mail.html}${mail.text}`;
    for (const one of own) expect(whole).toContain(`#${one}`);
    for (const one of others) expect(whole).not.toContain(one);
    for (const [, found = ""] of whole.matchAll(/#([\w-]{40,})/g)) expect(own).toContain(found);
  }
  const bare = ({ subject, html, text }: typeof first) =>
    secrets.reduce((said, one, n) => said.replaceAll(one, `<${n % 2}>`), `${subject}${html}${text}`);
  expect(bare(second)).toBe(bare(first));
});

test("another clinic's mail is its own", async () => {
  await write("reminder", "Clinique du Parc", secret(), secret());
  const { html, text } = await write("reminder", "Clinique des Érables", secret(), secret());
  expect(`${html}${text}`).toContain("Clinique des Érables");
  expect(`${html}${text}`).not.toContain("Clinique du Parc");
});
