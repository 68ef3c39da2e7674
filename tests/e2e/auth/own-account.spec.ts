import "../instance-database.ts";
import { expect, test } from "@playwright/test";
import { generate } from "otplib";
import { makePerson } from "#tests/factories/person.ts";

test("a person signs in, adds a passkey and a second factor, and sees where the account is open", async ({
  page,
  context,
}) => {
  const person = await makePerson();
  const cdp = await context.newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });

  await page.goto("/connexion?suite=/compte/securite", { waitUntil: "networkidle" });
  await page.getByLabel("Courriel").fill(person.email);
  await page.getByRole("button", { name: "Continuer", exact: true }).click();
  await page.getByLabel("Mot de passe", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Ouvrir la session" }).click();
  await page.waitForURL("**/compte/securite", { waitUntil: "networkidle" });

  await page.getByRole("button", { name: "Ajouter une clé" }).click();
  await expect(page.getByText("Clé d’accès ajoutée")).toBeVisible();

  await page.getByRole("button", { name: "Activer" }).click();
  const secret = ((await page.locator("code").first().textContent()) ?? "").replaceAll(" ", "");
  await page.getByLabel("Code à six chiffres").fill(await generate({ secret }));
  await expect(page.getByText("Gardez ces codes de secours")).toBeVisible();
  await page.getByLabel("Je les ai gardés en lieu sûr").check();
  await page.getByRole("button", { name: "Terminé" }).click();
  await expect(page.getByText("Active", { exact: true })).toBeVisible();

  await page.goto("/compte/sessions", { waitUntil: "networkidle" });
  await expect(page.getByText("Cette session")).toBeVisible();
});
