import "../instance-database.ts";
import { randomBytes, randomUUID } from "node:crypto";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { withStaff } from "#server/db/with-staff.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, type TestClinic } from "#tests/factories/clinic.ts";
import { makePerson } from "#tests/factories/person.ts";
import { strongPassword } from "#tests/factories/sign-up.ts";
import { waitForMail } from "../caught-mail.ts";
import { enter } from "../enter.ts";

/** Addresses that somebody made up, links used twice, bodies far too large: told in words, and nothing is written. */

const seen = async (page: Page) => ({
  title: await page.title(),
  body: await page.getByRole("main").textContent(),
});

test("another clinic’s address and one that never was are answered alike", async ({ page, context, baseURL }) => {
  const [mine, theirs] = [await makeClinic(), await makeClinic()];
  await enter(context, mine.owner, baseURL);
  for (const path of ["", "/members", "/settings", "/journal?open=1"]) {
    const answer = await page.goto(`/clinic/${theirs.slug}${path}`, { waitUntil: "networkidle" });
    const told = await seen(page);
    const missing = await page.goto(`/clinic/never-was-here${path}`, { waitUntil: "networkidle" });
    expect(told).toEqual(await seen(page));
    expect([answer?.status(), missing?.status()]).toEqual([404, 404]);
    await expect(page.locator("h1")).toHaveText("Rien à cette adresse");
  }

  // Ids of nobody, of another clinic, or of nothing at all: the journal filters nothing away and names nobody.
  const line = await withStaff(theirs.owner.ctx, (db) =>
    db.membership.findFirstOrThrow({ where: { clinicId: theirs.id }, select: { userId: true } }),
  );
  for (const forged of [line.userId, randomUUID(), "'; drop table clinic.patient; --", "%00", "../../etc/passwd"]) {
    const search = `open=${encodeURIComponent(forged)}&agentId=${encodeURIComponent(forged)}`;
    const answer = await page.goto(`/clinic/${mine.slug}/journal?${search}`, { waitUntil: "networkidle" });
    expect(answer?.status()).toBe(200);
    await expect(page.locator("h1")).toHaveText("Journal");
    await expect(page.locator("body")).not.toContainText(theirs.owner.email);
  }
});

test("a body far too large is refused before it is read, and the page goes on", async ({ page, context, baseURL }) => {
  const clinic = await makeClinic();
  await enter(context, clinic.owner, baseURL);
  await page.goto(`/clinic/${clinic.slug}/locations`, { waitUntil: "networkidle" });
  await page.getByRole("button", { name: "Ajouter un lieu" }).first().click();
  const form = page.getByRole("dialog", { name: "Ajouter un lieu" });
  await form.getByLabel("Nom du lieu").fill("x".repeat(300_000));
  await form.getByRole("button", { name: "Ajouter un lieu" }).click();
  await expect(form.getByRole("alert")).toContainText("Nom du lieu");

  const told = await page.evaluate(async (door) => {
    const body = JSON.stringify({ 0: { json: { name: "x".repeat(8_000_000) } } });
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${door}/location.add?batch=1`, { method: "POST", headers, body }).catch(() => null);
    return answer?.status ?? "closed";
  }, `/api/clinic/${clinic.slug}/trpc`);
  expect([413, "closed"]).toContain(told);

  await form.getByLabel("Nom du lieu").fill("Un vrai nom");
  await form.getByRole("button", { name: "Ajouter un lieu" }).click();
  await expect(page.getByRole("cell", { name: "Un vrai nom" })).toBeVisible();
});

async function invited(clinic: TestClinic, request: Parameters<typeof waitForMail>[0]) {
  const email = `${randomBytes(5).toString("hex")}@clinique.example`;
  const place = { displayName: "", role: "assistant", locationIds: null, supervisorId: null, locale: "fr" } as const;
  await callerOf(clinic.owner, clinic).invitation.send({ ...place, email });
  const { text } = await waitForMail(request, email, /invite/i);
  return { email, link: /\/invitation#\S+/.exec(text)?.[0] ?? "" };
}

async function openInvitation(browser: Browser, link: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(link, { waitUntil: "networkidle" });
  return page;
}

test("two browsers accept one invitation at once: one enters, the other is told, one member is made", async ({
  browser,
  request,
}) => {
  const clinic = await makeClinic("Clinique du Vieux-Limoilou");
  const { email, link } = await invited(clinic, request);
  const pages = [await openInvitation(browser, link), await openInvitation(browser, link)];
  for (const page of pages) {
    await page.getByLabel("Votre nom").fill("Éloïse Gagnon Nuñez");
    await page.getByLabel("Mot de passe", { exact: true }).fill(strongPassword);
  }
  await Promise.all(pages.map((page) => page.getByRole("button", { name: /^Rejoindre/ }).click()));
  const outcomes = await Promise.all(
    pages.map((page) =>
      Promise.race([
        page.waitForURL(`**/clinic/${clinic.slug}`).then(() => "entered"),
        page
          .getByRole("main")
          .getByRole("alert")
          .waitFor()
          .then(() => "told"),
      ]),
    ),
  );
  expect(outcomes.sort()).toEqual(["entered", "told"]);
  const members = await withStaff(clinic.owner.ctx, (db) =>
    db.membership.findMany({ where: { clinicId: clinic.id, email }, select: { displayName: true } }),
  );
  expect(members).toEqual([{ displayName: "Éloïse Gagnon Nuñez" }]);

  const late = await openInvitation(browser, link);
  await expect(late.locator("h1")).toHaveText("Cette invitation est fermée");
  for (const page of [...pages, late]) await page.context().close();
});

test("a reset link serves once, and its second use is told so", async ({ page, browser, request }) => {
  const person = await makePerson();
  await page.goto("/mot-de-passe", { waitUntil: "networkidle" });
  await page.getByLabel("Courriel").fill(person.email);
  await page.getByRole("button", { name: "Recevoir un lien" }).click();
  await expect(page.locator("h1")).toHaveText("Regardez vos courriels");
  const { text } = await waitForMail(request, person.email, /mot de passe/i);
  const link = /\/mot-de-passe\/nouveau#\S+/.exec(text)?.[0] ?? "";
  const other = await (await browser.newContext()).newPage();
  for (const tab of [page, other]) {
    await tab.goto(link, { waitUntil: "networkidle" });
    await tab.getByLabel("Nouveau mot de passe", { exact: true }).fill("un merle siffle sous le pont 61");
  }
  await page.getByRole("button", { name: "Choisir ce mot de passe" }).click();
  await expect(page.locator("h1")).toHaveText("C’est fait");
  await other.getByRole("button", { name: "Choisir ce mot de passe" }).click();
  await expect(other.locator("h1")).toHaveText("Ce lien ne sert plus");
  await other.goto(link, { waitUntil: "networkidle" });
  await expect(other.locator("h1")).toHaveText("Ce lien ne sert plus");
  await other.context().close();
});

test("a role too small finds no door to what it may not do", async ({ page, context, baseURL }) => {
  const clinic = await makeClinic();
  const reception = await makeMember(clinic, "assistant");
  await enter(context, reception, baseURL);
  const answer = await page.goto(`/clinic/${clinic.slug}/settings`, { waitUntil: "networkidle" });
  expect(answer?.status()).toBeLessThan(500);
  await expect(page.getByRole("button", { name: "Enregistrer" })).toHaveCount(0);
  await page.goto(`/clinic/${clinic.slug}/members`, { waitUntil: "networkidle" });
  await expect(page.getByRole("button", { name: "Inviter" })).toHaveCount(0);
});
