import { randomBytes } from "node:crypto";
import { expect, type Page, test } from "@playwright/test";
import { waitForCode } from "../caught-mail.ts";

const word = () => randomBytes(4).toString("hex");
const password = "le merle chante sous la pluie 47";

async function acceptTerms(page: Page) {
  await page.goto("/ouvrir", { waitUntil: "networkidle" });
  await page.getByRole("button", { name: "J’accepte ces conditions" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Présentez votre clinique");
}

async function describeClinic(page: Page, name: string, slug: string) {
  await page.getByLabel("Nom de la clinique").fill(name);
  await page.getByRole("checkbox", { name: "Médecine", exact: true }).check();
  await page.getByRole("checkbox", { name: "Physiothérapie" }).check();
  await page.getByRole("combobox", { name: "Région" }).click();
  await page.getByRole("option", { name: "Capitale-Nationale" }).click();
  await page.getByLabel("Adresse publique").fill(slug);
  await page.getByLabel("Nom", { exact: true }).fill("Geneviève Pelletier-Nuñez");
  await page.getByLabel("Titre").fill("Directrice générale");
  await page.getByLabel("Courriel public").fill("vieprivee@clinique.example");
  await page.getByLabel("Téléphone public").fill("418 555-0142");
}

test("opens a clinic from the landing page to a working, empty workspace, and keeps the draft on the way", async ({
  page,
  request,
}) => {
  const [slug, email] = [`clinique-${word()}`, `${word()}@clinique.example`];
  await acceptTerms(page);
  await describeClinic(page, "Clinique du Vieux-Limoilou", slug);
  await expect(page.getByText("Cette adresse est libre.")).toBeVisible();
  await expect(page.getByText("Loi qui s’applique : LRSSS")).toBeVisible();
  await expect(page.getByText("Conservation : 10 ans")).toBeVisible();
  await expect(page.getByText(/^Enregistré à/)).toBeVisible();

  // Closed and opened again: everything is still there.
  await page.reload();
  await expect(page.getByLabel("Nom de la clinique")).toHaveValue("Clinique du Vieux-Limoilou");
  await page.getByRole("button", { name: "Continuer" }).click();

  await expect(page.getByLabel("Votre nom")).toHaveValue("Geneviève Pelletier-Nuñez");
  await page.getByLabel("Votre courriel").fill(email);
  await page.getByLabel("Mot de passe", { exact: true }).fill("motdepasse");
  await page.getByRole("button", { name: "Recevoir le code" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Mot de passe" })).toBeVisible();
  await page.getByLabel("Mot de passe", { exact: true }).fill(password);
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(password);
  await page.getByRole("button", { name: "Recevoir le code" }).click();

  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Vérifiez votre courriel");
  await page.goBack();
  await expect(page.getByLabel("Votre courriel")).toHaveValue(email);
  await page.goForward();
  const code = await waitForCode(request, email);
  const wrong = code === "111111" ? "222222" : "111111";
  await page.getByLabel("Code à six chiffres").fill(wrong);
  await expect(page.getByText("Ce code ne convient pas.")).toBeVisible();
  await page.getByLabel("Code à six chiffres").fill(code);
  await page.waitForURL(`**/clinic/${slug}`);
  await expect(page.getByText("Clinique du Vieux-Limoilou").first()).toBeVisible();
  expect(await page.evaluate(() => localStorage.getItem("chevet-ouvrir-1"))).toBeNull();
});

test("says what is wrong beside each field and at the head, and loses nothing", async ({ page }) => {
  await acceptTerms(page);
  await page.getByRole("button", { name: "Continuer" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "points empêchent" })).toContainText(
    "choisissez au moins une profession.",
  );
  await page.getByLabel("Nom de la clinique").fill("李小龙 مركز 🦉");
  await page.getByLabel("Adresse publique").fill("RAMQ");
  await expect(page.getByText("Cette adresse est réservée.", { exact: true })).toBeVisible();
  await page
    .getByRole("button", { name: /^clinique-ramq|ramq-/ })
    .first()
    .click();
  await expect(page.getByText("Cette adresse est libre.")).toBeVisible();
  await page.getByLabel("Téléphone public").fill("12");
  await page.getByRole("button", { name: "Continuer" }).click();
  await expect(page.getByLabel("Nom de la clinique")).toHaveValue("李小龙 مركز 🦉");
});

test("shows French first and English only after, and keeps the choice", async ({ page }) => {
  await page.context().addCookies([{ name: "chevet-locale", value: "en", url: test.info().project.use.baseURL ?? "" }]);
  await page.goto("/ouvrir", { waitUntil: "networkidle" });
  await expect(page.getByRole("heading", { name: "Conditions d’adhésion" })).toBeVisible();
  await page.getByRole("button", { name: "Read them in English" }).click();
  await expect(page.getByRole("heading", { name: "Terms of adhesion" })).toBeVisible();
  await page.getByRole("button", { name: "I accept these terms" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Introduce your clinic");
  await expect(page.getByText("Terms accepted in English")).toBeVisible();
});
