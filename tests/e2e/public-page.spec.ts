import "./instance-database.ts";
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { newId } from "#server/db/new-id.ts";
import { noticeVersion } from "#server/public-page/notice.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeClinic, type TestClinic } from "#tests/factories/clinic.ts";
import { approve, makeBookableClinic, putOnline } from "#tests/factories/public-page.ts";
import { makeSchedule } from "#tests/factories/schedule.ts";
import { enter } from "./enter.ts";

/** A clinic's page, from what blocks it to what a stranger sees, in a frame and out of it, and its end. */

function listen(page: Page): string[] {
  const refused: string[] = [];
  page.on("console", (message) => message.type() === "error" && refused.push(message.text()));
  page.on("pageerror", (error) => refused.push(error.message));
  return refused;
}

/** Another site of the same machine, that shows an address in a frame; by each of its names it is another origin. */
async function siteThatFrames(address: string) {
  const server = createServer((_, response) => {
    response.setHeader("content-type", "text/html");
    response.end(`<title>Site de la clinique</title><iframe src="${address}" width="900" height="700"></iframe>`);
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

test("a page is written, blocked, published, read by a stranger without JavaScript, and taken down", async ({
  page,
  context,
  browser,
  baseURL,
}) => {
  test.setTimeout(180_000);
  const clinic = await makeClinic("Clinique du Fleuve");
  const refused = listen(page);
  await enter(context, clinic.owner, baseURL);
  await page.goto(`/clinic/${clinic.slug}/public-page`, { waitUntil: "networkidle" });
  await expect(page.getByText("Pas encore publiée")).toBeVisible();
  await expect(page.getByRole("button", { name: "Publier" })).toBeDisabled();
  await expect(page.getByRole("link", { name: "Régler les heures" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Joindre l’hébergeur" })).toBeVisible();
  await page.getByLabel("Accueil, en français").fill("À deux pas du marché.");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByText("Brouillon enregistré", { exact: true })).toBeVisible();
  // The preview shows it, to its own people alone.
  await expect(page.frameLocator("iframe").getByText("À deux pas du marché.")).toBeVisible();

  const stranger = await browser.newContext({ javaScriptEnabled: false, baseURL });
  const seen = await stranger.newPage();
  expect((await seen.goto(`/c/${clinic.slug}`))?.status()).toBe(404);
  const unknown = await seen.locator("main").textContent();
  expect((await seen.goto(`/c/clinique-${randomBytes(5).toString("hex")}`))?.status()).toBe(404);
  expect(await seen.locator("main").textContent()).toBe(unknown);
  expect((await seen.goto(`/apercu/${clinic.slug}`))?.status()).toBe(404);

  await approve(clinic);
  await putOnline(await makeSchedule(clinic));
  await page.reload({ waitUntil: "networkidle" });
  await expect(page.getByText("Tout est prêt : vous pouvez publier.")).toBeVisible();
  await expect(page.getByText("ceux qui viennent sur place ne sauront pas où aller")).toBeVisible();
  await expect(page.getByRole("link", { name: "Ajouter une adresse" })).toBeVisible();
  await page.getByRole("button", { name: "Publier" }).click();
  await expect(page.getByText("La page est publiée.", { exact: true })).toBeVisible();
  await expect(page.getByText("Publiée", { exact: true })).toBeVisible();

  expect((await seen.goto(`/c/${clinic.slug}`))?.status()).toBe(200);
  await expect(seen).toHaveTitle("Clinique du Fleuve");
  await expect(seen.getByRole("heading", { level: 1, name: "Clinique du Fleuve" })).toBeVisible();
  await expect(seen.getByText("À deux pas du marché.")).toBeVisible();
  await expect(seen.getByRole("link", { name: "Prendre rendez-vous", exact: true })).toHaveAttribute(
    "href",
    `/c/${clinic.slug}/rendez-vous`,
  );
  await expect(seen.getByText("Composez le 911.")).toBeVisible();
  await expect(seen.getByText("répond de la protection de vos renseignements personnels").first()).toBeVisible();
  const row = seen.locator("section", { hasText: "Services" }).getByRole("link").first();
  await expect(row).toContainText("60");
  await expect(row).toHaveAttribute("href", /\/rendez-vous\?service=[0-9a-f-]{36}$/);
  await seen.getByRole("link", { name: "Read this page in English" }).click();
  await expect(seen).toHaveURL(/\?lang=en$/);
  await expect(seen.locator("html")).toHaveAttribute("lang", "en-CA");
  await expect(seen.getByRole("link", { name: "Book an appointment", exact: true })).toHaveAttribute(
    "href",
    `/c/${clinic.slug}/rendez-vous?lang=en`,
  );
  await seen
    .getByRole("link", { name: /What we collect/ })
    .first()
    .click();
  await expect(seen.getByRole("heading", { level: 1, name: "What we collect, and your rights" })).toBeVisible();
  await expect(seen.getByText(`Version ${noticeVersion}.`)).toBeVisible();
  await seen.goBack();
  await seen.getByRole("link", { name: /Ève Gagnon/ }).click();
  await expect(seen.getByRole("heading", { level: 1, name: "Ève Gagnon" })).toBeVisible();
  expect(await stranger.cookies()).toEqual([]);

  await page.getByRole("button", { name: "Retirer la page" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Retirer la page" }).click();
  await expect(page.getByText("La page est retirée.", { exact: true })).toBeVisible();
  expect((await seen.goto(`/c/${clinic.slug}`))?.status()).toBe(404);
  await stranger.close();
  expect(refused).toEqual([]);
});

test("the page stands in a frame of the clinic's own site, without cookies, and of no other", async ({
  page,
  context,
  baseURL,
}) => {
  const { clinic } = await makeBookableClinic();
  const site = await siteThatFrames(`${baseURL}/c/${clinic.slug}`);
  const [own, other] = [`http://localhost:${site.port}`, `http://127.0.0.1:${site.port}`];
  await allow(clinic, [own]);
  await page.goto(own);
  await expect(
    page.frameLocator("iframe").getByRole("link", { name: "Prendre rendez-vous", exact: true }),
  ).toBeVisible();
  await page.frameLocator("iframe").getByRole("link", { name: "Ce que nous recueillons" }).first().click();
  await expect(page.frameLocator("iframe").getByRole("heading", { level: 1 })).toHaveText(/Ce que nous recueillons/);
  expect(await context.cookies()).toEqual([]);

  await page.goto(other);
  await expect(page.frameLocator("iframe").getByRole("link", { name: "Prendre rendez-vous", exact: true })).toHaveCount(
    0,
  );
  // Off the list, off at once.
  await allow(clinic, []);
  await page.goto(own);
  await expect(page.frameLocator("iframe").getByRole("link", { name: "Prendre rendez-vous", exact: true })).toHaveCount(
    0,
  );
  site.close();
});

test("only the clinic's own pages may be framed, whatever a request says of itself", async ({ request }) => {
  const { clinic } = await makeBookableClinic();
  await allow(clinic, ["https://www.maclinique.ca"]);
  const policy = async (path: string) =>
    (await request.get(path, { headers: { "x-chevet-frame": "https://ailleurs.example" } })).headers();
  const framed = await policy(`/c/${clinic.slug}`);
  expect(framed["content-security-policy"]).toContain("frame-ancestors https://www.maclinique.ca");
  expect(framed["x-frame-options"]).toBeUndefined();
  for (const path of ["/", "/connexion", `/c/clinique-${randomBytes(5).toString("hex")}`]) {
    const headers = await policy(path);
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(headers["x-frame-options"]).toBe("DENY");
  }
  expect((await policy(`/apercu/${clinic.slug}`))["content-security-policy"]).toContain("frame-ancestors 'self'");
});

test("an address that the clinic left leads to the same page at today's, with what was asked for", async ({
  request,
}) => {
  const { clinic, serviceId } = await makeBookableClinic();
  const slug = `clinique-${randomBytes(5).toString("hex")}`;
  const caller = callerOf(clinic.owner, clinic);
  await caller.clinic.changeSlug({ slug, version: (await caller.clinic.address()).version });
  for (const rest of ["", "?lang=en", `/services/${serviceId}?lang=en`, "/renseignements"]) {
    const answer = await request.get(`/c/${clinic.slug}${rest}`, { maxRedirects: 0 });
    expect(answer.status()).toBe(308);
    expect(answer.headers().location).toBe(`/c/${slug}${rest}`);
    expect((await request.get(`/c/${clinic.slug}${rest}`)).status()).toBe(200);
  }
});

test("nothing that runs is sent with it, and search engines may read it", async ({ page }) => {
  const { clinic } = await makeBookableClinic();
  const scripts: string[] = [];
  page.on("request", (one) => one.resourceType() === "script" && scripts.push(one.url()));
  await page.goto(`/c/${clinic.slug}`, { waitUntil: "networkidle" });
  expect(scripts).toEqual([]);
  await expect(page.locator('head meta[name="robots"]')).toHaveAttribute("content", "index, follow");
  await expect(page.locator('head meta[property="og:title"]')).toHaveCount(1);
  await expect(page.locator('head link[rel="canonical"]')).toHaveAttribute("href", new RegExp(`/c/${clinic.slug}$`));
});

/** The pages under /c/<slug>, and whether something in them runs in a browser: read from the disk, so that a new one is judged too. */
const folder = join(import.meta.dirname, "../../app/c/[clinic]");
const parts = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => ({
    name,
    runs: readdirSync(join(folder, name), { recursive: true, encoding: "utf8" }).some(
      (file) => file.endsWith(".tsx") && readFileSync(join(folder, name, file), "utf8").startsWith('"use client"'),
    ),
  }));

test("a page where somebody types keeps its scripts, and no other has any", async ({ request }) => {
  const { clinic, serviceId, practitioners } = await makeBookableClinic();
  const ids: Record<string, string> = { services: `/${serviceId}`, soignants: `/${practitioners[0]}` };
  const seen = [];
  for (const { name } of parts) {
    const answer = await request.get(`/c/${clinic.slug}/${name}${ids[name] ?? ""}`);
    expect(answer.status(), name).toBe(200);
    seen.push({ name, runs: (await answer.text()).includes("<script src=") });
  }
  expect(parts.filter(({ runs }) => runs).length).toBeGreaterThan(0);
  expect(seen).toEqual(parts);
});

test("what the page does not show says so without JavaScript, as any address that leads nowhere", async ({
  browser,
  baseURL,
}) => {
  const { clinic } = await makeBookableClinic();
  const stranger = await browser.newContext({ javaScriptEnabled: false, baseURL });
  const seen = await stranger.newPage();
  for (const path of [`/c/${clinic.slug}/services/${newId()}`, `/c/${clinic.slug}/soignants/nobody`, "/nulle-part"]) {
    expect((await seen.goto(path))?.status(), path).toBe(404);
    await expect(seen.getByRole("heading", { level: 1, name: "Rien à cette adresse" })).toBeVisible();
  }
  await stranger.close();
});

async function allow(clinic: TestClinic, frameOrigins: string[]): Promise<void> {
  const { publicPage } = callerOf(clinic.owner, clinic);
  const { version, lastUpdated, publishedAt, changed, ...words } = (await publicPage.draft()).draft;
  await publicPage.save({ ...words, frameOrigins, version });
}
