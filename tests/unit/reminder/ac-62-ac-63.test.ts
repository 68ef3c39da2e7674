import { describe, expect, test } from "vitest";
import { defaultTexts } from "#server/reminder/default-texts.ts";
import { fillText, unknownFields } from "#server/reminder/fill-text.ts";
import { forbiddenWord } from "#server/reminder/forbidden-word.ts";
import { mayWrite } from "#server/reminder/may-write.ts";
import { type MessageKind, mergeFields, messageKinds } from "#server/reminder/schema.ts";
import { writeMail } from "#server/reminder/write-mail.tsx";
import { type MessageAbout, writeText } from "#server/reminder/write-text.ts";
import { sayWhen } from "#server/schedule/say-when.ts";
import { countSegments } from "#server/sms/count-segments.ts";

const link = `https://chevet.exemple.quebec/c/clinique-du-parc/gerer#${"k".repeat(43)}`;
const wayOut = `https://chevet.exemple.quebec/c/clinique-du-parc/desabonnement#${"u".repeat(43)}`;
const contact = ["825, boulevard Lebourgneuf, Québec", "418\u00a0555-0142"];
const about = (locale: "fr" | "en"): MessageAbout => ({
  clinicName: "Clinique du Parc",
  clinicPhone: "+14185550142",
  startsAt: new Date("2027-03-02T19:30:00Z"),
  timeZone: "America/Toronto",
  locale,
  link,
});
const every = messageKinds.flatMap((kind) => (["fr", "en"] as const).map((locale) => ({ kind, locale })));
const mail = (kind: MessageKind, locale: "fr" | "en") =>
  writeMail(kind, defaultTexts[kind].email[locale], about(locale), { name: "Clinique du Parc", contact, wayOut });

describe("AC-63: a message holds the clinic's name, a date, a time and a link, and nothing of why somebody comes", () => {
  test("the fields that a text may have are six, and none is about the person or the visit's reason", () => {
    expect(Object.keys(mergeFields).sort()).toEqual(["clinic", "date", "link", "phone", "time", "when"]);
  });

  test.each(every)("$kind ($locale), by mail and by text message", async ({ kind, locale }) => {
    const { subject, text, html } = await mail(kind, locale);
    const sms = writeText(defaultTexts[kind].sms[locale], about(locale)).text;
    const plain = html.replace(/<style[\s\S]*?<\/style>|<[^>]+>/g, " ");
    for (const said of [subject, text, plain, sms]) expect(forbiddenWord(said)).toBeUndefined();
    for (const said of [text, sms]) {
      expect(said).toContain("Clinique du Parc");
      expect(said).toContain(link);
      expect(said).not.toMatch(/[{}]|undefined|null/);
    }
    expect(text).toContain(sayWhen(about(locale).startsAt, "America/Toronto", locale, "time"));
    expect(html).not.toMatch(/<(img|script|link|iframe|object|video)\b|url\(|@import/i);
  });

  test.each(every)("$kind ($locale): our own words pass the rule that the clinic's must", ({ kind, locale }) => {
    for (const { subject, body } of Object.values(defaultTexts[kind]).map((one) => one[locale])) {
      expect(forbiddenWord(`${subject}\n${body}`)).toBeUndefined();
      expect(unknownFields(`${subject}\n${body}`)).toEqual([]);
    }
  });

  test.each([
    "Votre rendez-vous chez le médecin",
    "Rappel : détartrage",
    "Your dental cleaning",
    "Apportez votre NAM",
    "TREM 9004 1234",
    "Résultats d’analyses",
    "Suivi de grossesse",
    "Votre psychologue vous attend",
    "Motif : douleur",
    "Date de naissance",
    "Physiothérapie",
  ])("« %s » is refused", (text) => {
    expect(forbiddenWord(text)).toBeDefined();
  });

  test.each(["Votre rendez-vous approche.", "Arrivez dix minutes d’avance.", "See you soon at {clinic}."])(
    "« %s » is not",
    (text) => {
      expect(forbiddenWord(text)).toBeUndefined();
    },
  );

  test("a clinic's name is a value: braces in it are no field, and markup is text", async () => {
    expect(
      fillText("{clinique} {date}", { clinic: "{lien}", date: "d", time: "", when: "", phone: "", link: "x" }),
    ).toBe("{lien} d");
    const odd = { ...about("fr"), clinicName: `L'Étoile <script>alert("é")</script>` };
    const { html } = await writeMail("reminder", defaultTexts.reminder.email.fr, odd, {
      name: odd.clinicName,
      contact,
      wayOut,
    });
    expect(html).not.toContain("<script");
  });
});

describe("AC-62: who writes, how to reach them, how to have no more of it, and by what right", () => {
  test.each(every)("$kind ($locale)", async ({ kind, locale }) => {
    const { text, html } = await mail(kind, locale);
    for (const part of ["Clinique du Parc", ...contact, wayOut]) {
      expect(text).toContain(part);
      expect(html).toContain(part);
    }
    const sms = writeText(defaultTexts[kind].sms[locale], about(locale)).text;
    expect(sms).toMatch(/^Clinique du Parc/);
    expect(sms).toContain("418 555-0142");
    expect(sms).toContain("STOP");
    expect(countSegments(sms)).toMatchObject({ encoding: "gsm" });
    expect(countSegments(sms).segments).toBeLessThanOrEqual(2);
  });

  test("words of the clinic that forget its name get it in front", () => {
    expect(writeText({ subject: "", body: "À bientôt. {lien}" }, about("fr")).text).toMatch(
      /^Clinique du Parc : A bient/,
    );
  });

  const standing = (
    care: "unasked" | "granted" | "withdrawn",
    promotional: "unasked" | "granted" | "withdrawn" = "unasked",
  ) => ({ care, promotional });
  test.each([
    ["care", "email", null, false, true],
    ["care", "email", standing("withdrawn"), true, false],
    ["care", "email", standing("granted"), false, true],
    ["care", "sms", null, false, false],
    ["care", "sms", null, true, true],
    ["care", "sms", standing("granted"), false, true],
    ["care", "sms", standing("withdrawn"), true, false],
    ["promotional", "email", null, true, false],
    ["promotional", "email", standing("granted"), true, false],
    ["promotional", "sms", standing("granted", "withdrawn"), true, false],
    ["promotional", "email", standing("unasked", "granted"), false, true],
  ] as const)("%s by %s, %o, chosen %s: %s", (of, channel, known, chosen, expected) => {
    expect(mayWrite(of, channel, known, chosen)).toBe(expected);
  });
});
