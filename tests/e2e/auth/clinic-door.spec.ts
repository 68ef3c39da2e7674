import "../instance-database.ts";
import { expect, type Page, test } from "@playwright/test";
import { callbackAddress } from "#server/auth/oidc/provider.ts";
import { addMembership, makeClinic, makeMember, type TestClinic } from "#tests/factories/clinic.ts";
import { givePassword } from "#tests/factories/person.ts";
import { type IdentityProvider, startIdentityProvider } from "#tests/servers/identity-provider.ts";

/** A clinic's own provider, from its settings to the other clinics that it must not open. */
let idp: IdentityProvider;
test.beforeAll(async () => {
  idp = await startIdentityProvider(Number(process.env.CHEVET_E2E_IDENTITY_PORT));
});
test.afterAll(() => idp.close());

async function sit(page: Page, token: string): Promise<void> {
  const url = process.env.CHEVET_E2E_URL ?? "";
  await page.context().addCookies([{ name: "chevet-staff", value: token, url, httpOnly: true, sameSite: "Lax" }]);
}

/** Time passes at the provider: who signed in there a minute ago is not asked again, which is as we ask (`max_age`). */
const leaveProvider = (page: Page) => page.context().clearCookies({ domain: "127.0.0.1" });

/** The provider's own page. */
async function signInThere(page: Page, subject: string): Promise<void> {
  await page.getByLabel("Identifiant").fill(subject);
  await page.getByRole("button", { name: "Entrer" }).click();
}

async function setUp(page: Page, clinic: TestClinic): Promise<void> {
  await sit(page, clinic.owner.token);
  await page.goto(`/clinic/${clinic.slug}/settings`, { waitUntil: "networkidle" });
  const section = page.getByRole("region", { name: /Fournisseur d’identité/ });
  await section.getByLabel("Nom de la connexion").fill("le compte de la clinique");
  await section.getByLabel("Adresse du fournisseur").fill(idp.issuer);
  await section.getByLabel("Identifiant du client").fill(idp.clientId);
  await section.getByLabel("Secret du client").fill("un-mauvais-secret");
  await section.getByRole("button", { name: "Vérifier" }).click();
  await expect(section.getByText("ne reconnaît pas ce client")).toBeVisible();
  await section.getByLabel("Secret du client").fill(idp.clientSecret);
  await section.getByRole("button", { name: "Vérifier" }).click();
  await expect(section.getByText("Le fournisseur répond et reconnaît Chevet.")).toBeVisible();
  expect(await section.getByLabel("Adresse de retour").inputValue()).toBe(callbackAddress(clinic.id));
  await section.getByRole("button", { name: "Enregistrer" }).click();
  await expect(section.getByText("Dites d’abord où se trouve le fournisseur.")).toBeVisible();
  await expect(section.getByRole("button", { name: "Ouvrir la porte" })).toBeDisabled();
  await section.getByRole("radio", { name: /^Au Québec/ }).check();
  await section.getByRole("button", { name: "Inscrire au registre" }).click();
  await expect(section.getByText("Au Québec, selon la clinique.")).toBeVisible();
  await section.getByRole("button", { name: "Ouvrir la porte" }).click();
  await expect(section.getByLabel("Adresse pour l’équipe")).toHaveValue(new RegExp(`clinique=${clinic.slug}$`));
}

test("a clinic sets its provider up; a member links, comes in by it, and finds that clinic alone", async ({ page }) => {
  test.setTimeout(180_000);
  page.setDefaultTimeout(30_000);
  const [clinic, other] = [await makeClinic("Clinique du Vieux-Limoilou"), await makeClinic("Clinique Autre")];
  idp.admit(callbackAddress(clinic.id));
  await setUp(page, clinic);

  const member = await makeMember(clinic, "assistant");
  await addMembership(other, member.userId, member.email, "assistant");
  const password = await givePassword(member.userId);
  const subject = `marie-${Date.now()}`;

  // Nobody linked this identity yet.
  await page.context().clearCookies();
  await page.goto("/connexion", { waitUntil: "networkidle" });
  await page.getByRole("link", { name: "Entrer par ma clinique" }).click();
  await page.getByLabel("Adresse de la clinique").fill("nulle-part-du-tout");
  await page.getByRole("button", { name: "Trouver la clinique" }).click();
  await expect(page.getByText("Aucune clinique n’ouvre de connexion à cette adresse.")).toBeVisible();
  await page.getByLabel("Adresse de la clinique").fill(`${process.env.CHEVET_ORIGIN}/clinic/${clinic.slug}/journal`);
  await page.getByRole("button", { name: "Trouver la clinique" }).click();
  await page.getByRole("button", { name: "Continuer avec le compte de la clinique" }).click();
  await signInThere(page, subject);
  await expect(page.getByText("Aucun compte de cette clinique n’est lié à cette identité.")).toBeVisible();

  // By their own means, and with a proof of a moment ago.
  await page.goto("/connexion?suite=/compte/securite", { waitUntil: "networkidle" });
  await page.getByLabel("Courriel").fill(member.email);
  await page.getByRole("button", { name: "Continuer", exact: true }).click();
  await page.getByLabel("Mot de passe", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Ouvrir la session" }).click();
  await page.waitForURL("**/compte/securite", { waitUntil: "networkidle" });
  await leaveProvider(page);
  await page.getByRole("button", { name: "Lier mon compte à la connexion de Clinique du Vieux-Limoilou" }).click();
  await signInThere(page, subject);
  await expect(page.getByText("Le lien est fait.")).toBeVisible();
  await expect(page.getByText("Lié", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Fermer la session" }).click();
  await page.waitForURL("**/connexion", { waitUntil: "networkidle" });

  // Through the clinic's door.
  await leaveProvider(page);
  await page.goto(`/connexion?clinique=${clinic.slug}`, { waitUntil: "networkidle" });
  await page.getByRole("button", { name: "Continuer avec le compte de la clinique" }).click();
  await signInThere(page, subject);
  await page.waitForURL(`**/clinic/${clinic.slug}`);
  const answer = await page.goto(`/clinic/${other.slug}`);
  expect(answer?.status()).toBe(404);

  // It sleeps, and wakes through the provider in a tab of its own: the page beneath stays.
  await page.goto(`/clinic/${clinic.slug}`, { waitUntil: "networkidle" });
  await page
    .getByRole("button", { name: /Membre/ })
    .last()
    .click();
  await page.getByRole("menuitem", { name: /Verrouiller/ }).click();
  await leaveProvider(page);
  const [tab] = await Promise.all([
    page.waitForEvent("popup"),
    page.getByRole("button", { name: "Continuer avec le compte de la clinique" }).click(),
  ]);
  await signInThere(tab, subject);
  await expect(page.getByRole("button", { name: "Continuer avec le compte de la clinique" })).toBeHidden();

  // The door is shut: what it opened ends at once.
  const owner = await page
    .context()
    .browser()
    ?.newContext({ baseURL: process.env.CHEVET_E2E_URL ?? "", locale: "fr-CA" });
  const desk = await owner?.newPage();
  if (!desk) throw new Error("no second browser");
  await sit(desk, clinic.owner.token);
  await desk.goto(`/clinic/${clinic.slug}/settings`, { waitUntil: "networkidle" });
  await desk.getByRole("button", { name: "Fermer la porte" }).click();
  await desk.getByRole("dialog").getByRole("button", { name: "Fermer la porte" }).click();
  await expect(desk.getByText("Porte fermée.")).toBeVisible();
  await page.goto(`/clinic/${clinic.slug}`, { waitUntil: "networkidle" });
  await page.waitForURL("**/connexion**");
  await owner?.close();
});
