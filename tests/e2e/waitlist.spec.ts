import "./instance-database.ts";
import { randomBytes } from "node:crypto";
import { type APIRequestContext, expect, type Page, test } from "@playwright/test";
import { withStaff } from "#server/db/with-staff.ts";
import { book, inDays } from "#tests/factories/booking.ts";
import { callerOf } from "#tests/factories/caller.ts";
import type { TestClinic } from "#tests/factories/clinic.ts";
import { callOff, makeVisit, makeWaiting } from "#tests/factories/waitlist.ts";
import { makeBookableClinic } from "./bookable-clinic.ts";
import { pick, press } from "./by-keyboard.ts";
import { waitForCode, waitForMail } from "./caught-mail.ts";
import { enter } from "./enter.ts";

/** From the waiting list to a freed time, to the offer that staff confirm, to the first who accepts; and out of the list again. */

const offered = /vous propose une heure/;
const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name });

/** The bookable clinic as the factories of the waiting list know one: its consultation, one place, its people. */
async function placeOf(clinic: TestClinic) {
  return withStaff(clinic.owner.ctx, async (db) => {
    const where = { clinicId: clinic.id };
    const service = await db.healthcareService.findFirstOrThrow({ where: { ...where, name: "Consultation médicale" } });
    const location = await db.location.findFirstOrThrow({ where });
    const people = await db.practitioner.findMany({ where, orderBy: { id: "asc" } });
    return {
      clinic,
      locationId: location.id,
      timeZone: location.timeZone,
      practitioners: people.map(({ id }) => id) as [string, ...string[]],
      rooms: [],
      serviceId: service.id,
    };
  });
}

/** Asks on the page to wait, from the service to the proved address. @returns that address */
async function joinOn(page: Page, request: APIRequestContext, clinic: TestClinic): Promise<string> {
  const email = `${randomBytes(5).toString("hex")}@personne.example`;
  await page.goto(`/c/${clinic.slug}/rendez-vous`, { waitUntil: "networkidle" });
  await page.getByRole("radio", { name: /Consultation médicale/ }).check();
  await page.getByRole("button", { name: "Choisir l’heure" }).click();
  await page.getByRole("button", { name: "Prévenez-moi si une place se libère" }).click();
  await expect(heading(page, "Recevoir un avis si une place se libère")).toBeFocused();
  // Nothing is sent without what is missing; the head of the form says it and takes the focus.
  await page.getByRole("button", { name: "M’inscrire à la liste d’attente" }).click();
  await expect(page.getByRole("heading", { name: /renseignements manquent/ })).toBeVisible();
  await page.getByLabel("Prénom").fill("Camille");
  await page.getByLabel("Nom à la naissance").fill("Desrosiers");
  await page.getByLabel(/Date de naissance/).fill("2001-12-04");
  await page.getByLabel("Courriel").fill(email);
  await page.getByLabel("Courriel").press("Enter");
  await expect(page.getByLabel("Code reçu par courriel")).toBeFocused({ timeout: 30_000 });
  await page.keyboard.insertText(await waitForCode(request, email));
  await expect(page.getByText("Adresse vérifiée").first()).toBeVisible();
  await page.getByRole("button", { name: "M’inscrire à la liste d’attente" }).click();
  await expect(page.getByText("Vous êtes sur la liste d’attente.").first()).toBeFocused();
  await expect(page.getByRole("button", { name: "M’inscrire à la liste d’attente" })).toHaveCount(0);
  return email;
}

/** The offer's own page, by the link of the mail. */
function offerLink(text: string): string {
  const [link = ""] = /http\S+\/offre#[\w-]{43}/.exec(text) ?? [];
  return link;
}

test("a cancelled time is offered by staff, the first who accepts has it, the other is thanked", async ({
  browser,
  page,
  request,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const clinic = await makeBookableClinic();
  const place = await placeOf(clinic);
  const [one, two] = [await makeWaiting(place), await makeWaiting(place)];
  await callOff(place, await makeVisit(place, 4, "10:00"));

  await enter(page.context(), clinic.owner, baseURL);
  await page.goto(`/clinic/${clinic.slug}/attente`, { waitUntil: "networkidle" });
  const card = page.getByRole("listitem").filter({ hasText: "Consultation médicale" }).first();
  await expect(card).toContainText("Annulation");
  await card.getByRole("button", { name: "Offrir à 2 personnes" }).press("Enter");
  await expect(page.getByText("Offre envoyée à 2 personnes.")).toBeVisible();
  await expect(card).toContainText("Gardée");
  // The agenda says what the time is kept for, and does not take it for a visit that is hidden from staff.
  await page.goto(`/clinic/${clinic.slug}/agenda?view=list`, { waitUntil: "networkidle" });
  await expect(page.getByText("Place gardée").first()).toBeVisible();
  await page.goto(`/clinic/${clinic.slug}/attente`, { waitUntil: "networkidle" });

  const links = [];
  for (const { email } of [one, two]) {
    const { text, subject } = await waitForMail(request, email, offered);
    expect(`${subject} ${text}`).not.toMatch(/Consultation|Gagnon|Benali/);
    links.push(offerLink(text));
  }
  const open = async (link = "") => {
    const visitor = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
    await visitor.goto(link, { waitUntil: "networkidle" });
    await expect(heading(visitor, "Une place s’est libérée")).toBeVisible();
    return visitor;
  };
  // Opened by both, taken by neither.
  const [first, second] = [await open(links[0]), await open(links[1])];
  await first.getByRole("button", { name: "Prendre cette place" }).press("Enter");
  await expect(heading(first, "La place est à vous")).toBeFocused();
  await second.getByRole("button", { name: "Prendre cette place" }).press("Enter");
  await expect(heading(second, "La place a été prise")).toBeFocused();
  await expect(second.getByText(/Merci d’avoir attendu/)).toBeVisible();
  await waitForMail(request, two.email, /la place a été prise/);

  // The link has become the visit's own.
  await first.getByRole("link", { name: "Voir mon rendez-vous" }).click();
  await expect(heading(first, "Votre rendez-vous")).toBeVisible();
  await expect(first.getByText(/à 10.h.00/).first()).toBeVisible();
  // Who came too late leaves the list by the same page.
  await second.getByRole("button", { name: "Me retirer de la liste" }).press("Enter");
  await expect(heading(second, "Vous n’êtes plus sur la liste")).toBeFocused();
  await expect.poll(async () => (await callerOf(clinic.owner, clinic).waitlist.list({})).rows.length).toBe(0);

  await page.reload();
  await expect(page.getByText("Personne n’attend")).toBeVisible();
  for (const visitor of [first, second]) await visitor.context().close();
});

test("somebody joins on the page, is on the staff's list, and leaves by the button", async ({ page, request }) => {
  test.setTimeout(120_000);
  const clinic = await makeBookableClinic();
  await joinOn(page, request, clinic);
  const listed = async () => (await callerOf(clinic.owner, clinic).waitlist.list({})).rows.map((row) => row.familyName);
  expect(await listed()).toEqual(["Desrosiers"]);
  await page.getByRole("button", { name: "Me retirer de la liste" }).press("Enter");
  await expect(page.getByText("Vous n’êtes plus sur la liste d’attente.").first()).toBeFocused();
  expect(await listed()).toEqual([]);
});

test("somebody joins, is told so by mail, and leaves by its link, on a telephone, by the keyboard", async ({
  browser,
  page,
  request,
}) => {
  test.setTimeout(120_000);
  const clinic = await makeBookableClinic();
  const email = await joinOn(page, request, clinic);
  const { text, subject } = await waitForMail(request, email, /liste d’attente/);
  expect(`${subject} ${text}`).not.toMatch(/Consultation|Gagnon|Benali|Desrosiers/);
  expect(text).toMatch(/Ne\s+plus\s+recevoir\s+de\s+courriels\s+de\s+cette\s+clinique/);
  const [link = ""] = /http\S+\/attente#[\w-]{43}/.exec(text) ?? [];

  const phone = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
  // What opens the list is told to no server: not by the address, nor by where one comes from.
  const told: string[] = [];
  phone.on("request", (one) => told.push(`${one.url()} ${one.headers().referer ?? ""}`));
  await phone.goto(link, { waitUntil: "networkidle" });
  await expect(heading(phone, "Se retirer de la liste d’attente")).toBeVisible();
  const rows = async () => (await callerOf(clinic.owner, clinic).waitlist.list({})).rows.length;
  // Opened, and nothing ended.
  expect(await rows()).toBe(1);
  const leave = phone.getByRole("button", { name: "Me retirer de la liste" });
  await press(phone, leave);
  await expect(heading(phone, "Vous n’êtes plus sur la liste d’attente")).toBeFocused();
  expect(await rows()).toBe(0);
  // Opened once more, it says the same; cut short, it opens nothing.
  await phone.reload();
  await leave.press("Enter");
  await expect(heading(phone, "Vous n’êtes plus sur la liste d’attente")).toBeFocused();
  await phone.goto(link.slice(0, -1), { waitUntil: "networkidle" });
  await expect(heading(phone, "Ce lien n’ouvre rien")).toBeVisible();
  expect(told.join("\n")).not.toContain(link.split("#")[1]);
  await phone.context().close();
  // The tab where they joined says it too.
  await page.getByRole("button", { name: "Me retirer de la liste" }).press("Enter");
  await expect(page.getByText("Vous n’êtes plus sur la liste d’attente.").first()).toBeFocused();
});

test("a visit asks to come sooner by its link, stops, asks again, and is brought forward when it accepts", async ({
  page,
  request,
}) => {
  test.setTimeout(120_000);
  const clinic = await makeBookableClinic();
  const place = await placeOf(clinic);
  const { token, email } = await book(place, 20);
  const owner = callerOf(clinic.owner, clinic).waitlist;
  await page.goto(`/c/${clinic.slug}/gerer#${token}`, { waitUntil: "networkidle" });
  await expect(heading(page, "Votre rendez-vous")).toBeVisible();
  await page.getByRole("button", { name: "Prévenez-moi si plus tôt" }).press("Enter");
  await expect(
    page.getByRole("heading", { name: "La clinique vous préviendra si une place se libère plus tôt" }),
  ).toBeVisible();
  await expect(heading(page, "Votre rendez-vous")).toBeFocused();
  await page.getByRole("button", { name: "Ne plus me prévenir" }).press("Enter");
  await expect(page.getByRole("heading", { name: "Vous aimeriez venir plus tôt?" })).toBeVisible();
  expect((await owner.list({})).rows).toEqual([]);
  await page.getByRole("button", { name: "Prévenez-moi si plus tôt" }).press("Enter");
  await expect(page.getByRole("button", { name: "Ne plus me prévenir" })).toBeVisible();

  await callOff(place, await makeVisit(place, 4, "14:00"));
  const [freed] = await owner.freed();
  const entryIds = freed?.candidates.map(({ entryId }) => entryId) ?? [];
  await owner.offer({ freedTimeId: freed?.id ?? "", entryIds });
  const { text } = await waitForMail(request, email, offered);
  await page.goto(offerLink(text), { waitUntil: "networkidle" });
  await expect(page.getByText(/sera déplacé à ce moment/)).toBeVisible();
  await page.getByRole("button", { name: "Avancer mon rendez-vous" }).press("Enter");
  await expect(heading(page, "La place est à vous")).toBeFocused();
  // The visit's own link shows the new hour, and waits no more.
  await page.goto(`/c/${clinic.slug}/gerer#${token}`, { waitUntil: "networkidle" });
  await expect(page.getByText(/à 14.h.00/).first()).toBeVisible();
});

test("staff ask it for a visit, from its menu in the agenda", async ({ page, baseURL }) => {
  const clinic = await makeBookableClinic();
  const place = await placeOf(clinic);
  const { sittingId } = await makeVisit(place, 20, "09:00");
  await enter(page.context(), clinic.owner, baseURL);
  await page.goto(`/clinic/${clinic.slug}/agenda?date=${inDays(20)}&open=${sittingId}`, { waitUntil: "networkidle" });
  const ask = () =>
    pick(
      page,
      page.getByRole("button", { name: /^Autres gestes/ }),
      page.getByRole("menuitem", { name: "Prévenir si une place se libère plus tôt" }),
    );
  await ask();
  await expect(page.getByText(/\s: prévenu si une place se libère plus tôt/)).toBeVisible();
  await ask();
  await expect(page.getByText(/est déjà sur la liste d’attente/)).toBeVisible();
  const { rows } = await callerOf(clinic.owner, clinic).waitlist.list({});
  expect(rows).toEqual([expect.objectContaining({ source: "staff", soonerThan: expect.any(Date) })]);

  // And when to see them again, beside it: planned in one gesture, taken back in one.
  await pick(
    page,
    page.getByRole("button", { name: "À revoir dans…" }),
    page.getByRole("menuitem", { name: /^6\smois/ }),
  );
  await expect(page.getByText(/\s: à revoir le 20\d\d-/)).toBeVisible();
  const planned = async () => (await callerOf(clinic.owner, clinic).recall.list({ state: "later" })).rows;
  expect(await planned()).toEqual([expect.objectContaining({ practitionerId: place.practitioners[0] })]);
  await page.getByRole("button", { name: "Annuler", exact: true }).first().press("Enter");
  await expect.poll(async () => (await planned()).length).toBe(0);
});
