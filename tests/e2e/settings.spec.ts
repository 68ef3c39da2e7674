import "./instance-database.ts";
import { randomBytes } from "node:crypto";
import { expect, type Page, test } from "@playwright/test";
import sharp from "sharp";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { newId } from "#server/db/new-id.ts";
import { breakGlass } from "#server/privacy/break-glass.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, type TestMember } from "#tests/factories/clinic.ts";
import { sharedProvider, writeProvider } from "#tests/factories/oidc.ts";
import { visits } from "./visits.ts";

/** The settings of a clinic and of its host, by keyboard where the gesture is new. */

async function enter(page: Page, { token }: Pick<TestMember, "token">, baseURL = "", realm = "staff") {
  const refused: string[] = [];
  page.on("console", (message) => message.type() === "error" && refused.push(message.text()));
  page.on("pageerror", (error) => refused.push(error.message));
  await page.context().addCookies([{ name: `chevet-${realm}`, value: token, url: baseURL }]);
  return refused;
}

test("a clinic takes another address by keyboard, and the old one leads its members to the same page", async ({
  page,
  baseURL,
}) => {
  const [clinic, other] = [await makeClinic(), await makeClinic()];
  const refused = await enter(page, clinic.owner, baseURL);
  await page.goto(`/clinic/${clinic.slug}/settings`, { waitUntil: "networkidle" });
  const field = page.getByLabel("Adresse de la clinique");
  await field.fill(other.slug);
  await expect(page.getByText("Une autre clinique utilise déjà cette adresse.")).toBeVisible();
  const slug = `clinique-${randomBytes(5).toString("hex")}`;
  await field.fill(slug);
  await expect(page.getByText("Cette adresse est libre")).toBeVisible();
  await page.keyboard.press("Enter");
  const ask = page.getByRole("dialog", { name: new RegExp(slug) });
  await expect(ask).toContainText("Pour votre équipe");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/clinic/${slug}/settings$`));
  await page.goto(`/clinic/${clinic.slug}/journal?event=clinic.slug-changed`, { waitUntil: "networkidle" });
  await expect(page).toHaveURL(new RegExp(`/clinic/${slug}/journal\\?event=clinic\\.slug-changed$`));
  await expect(page.getByText("Adresse publique changée").first()).toBeVisible();
  expect(refused).toEqual([]);
});

test("a practitioner who manages nobody puts and removes their own signature", async ({ page, baseURL }) => {
  const clinic = await makeClinic();
  const self = await makeMember(clinic, "professional");
  await callerOf(clinic.owner, clinic).practitioner.add({
    id: newId(),
    prefix: "Dre",
    familyName: "Côté",
    givenName: "Éloïse",
    profession: "physician",
    permitNumber: "12345",
    signatureLine: "",
    membershipId: self.membershipId,
  });
  const refused = await enter(page, self, baseURL);
  await page.goto(`/clinic/${clinic.slug}/practitioners`, { waitUntil: "networkidle" });
  await page.getByRole("button", { name: "Ma signature" }).click();
  const drawer = page.getByRole("dialog", { name: "Ma signature" });
  await expect(drawer).toContainText("Aucune signature");
  const content = await sharp({ create: { width: 200, height: 60, channels: 3, background: "#1e3a4c" } })
    .png()
    .toBuffer();
  await drawer
    .locator("input[type=file]")
    .setInputFiles({ name: "signature.png", mimeType: "image/png", buffer: content });
  const picture = drawer.getByRole("img", { name: "Signature manuscrite" });
  await expect(picture).toBeVisible();
  expect(await picture.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))).toBe(200);
  await drawer.getByRole("button", { name: "Retirer" }).click();
  await expect(drawer).toContainText("Aucune signature");
  expect(refused).toEqual([]);
});

test("an administrator closes a member's sessions: their next gesture finds the clinic closed", async ({
  page,
  baseURL,
}) => {
  const clinic = await makeClinic();
  const member = await makeMember(clinic, "assistant");
  await enter(page, clinic.owner, baseURL);
  await page.goto(`/clinic/${clinic.slug}/members`, { waitUntil: "networkidle" });
  await page.getByRole("button", { name: /^Membre / }).click();
  await page.getByRole("button", { name: "Fermer ses sessions" }).click();
  const ask = page.getByRole("dialog", { name: /Fermer les sessions de Membre/ });
  await ask.getByRole("button", { name: "Fermer ses sessions" }).click();
  await expect(page.getByText(/sont fermées ici/)).toBeVisible();
  await expect(callerOf(member, clinic).membership.me()).rejects.toThrow();
});

test("the person in charge of privacy sees who passed a restriction and why, ends one, and lengthens retention", async ({
  page,
  baseURL,
}) => {
  const clinic = await makeClinic();
  const named = await makeMember(clinic, "professional");
  const patient = await makePatient(clinic.owner.ctx, { familyName: "Doe", givenName: "Jane" });
  await callerOf(clinic.owner, clinic).privacy.restrict({
    patientId: patient.id,
    target: { kind: "member", userId: named.userId },
    category: "*",
    signedOn: "2026-09-14",
    signerName: "Jane Doe",
    signerContact: "418 555-0142",
    risksExplained: true,
  });
  await breakGlass(named.ctx, { patientId: patient.id, reason: "Inconsciente, allergies inconnues" });
  const refused = await enter(page, clinic.owner, baseURL);
  await page.goto(`/clinic/${clinic.slug}/privacy`, { waitUntil: "networkidle" });
  await expect(page.getByText("Inconsciente, allergies inconnues")).toBeVisible();
  await page.getByRole("button", { name: "Mettre fin" }).click();
  const drawer = page.getByRole("dialog", { name: /Mettre fin à la restriction/ });
  await drawer.getByRole("button", { name: "Mettre fin" }).click();
  await expect(drawer.getByRole("alert")).toBeVisible();
  await drawer.getByLabel("Demande reçue").fill("Lettre reçue le 2 novembre");
  await drawer.getByRole("button", { name: "Mettre fin" }).click();
  await expect(page.getByText("Aucune restriction")).toBeVisible();

  const years = page.getByLabel("Années de conservation");
  await years.fill("8");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByText(/Un règlement exige plus longtemps/).first()).toBeVisible();
  await years.fill("15");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByText("Loi et conservation enregistrées.")).toBeVisible();
  expect(refused.filter((line) => !/status of 4\d\d/.test(line))).toEqual([]);
});

test("an integration outside Québec stays off until its assessment is written down", async ({ page, baseURL }) => {
  const clinic = await makeClinic();
  await enter(page, clinic.owner, baseURL);
  await page.goto(`/clinic/${clinic.slug}/integrations`, { waitUntil: "networkidle" });
  const card = page.getByRole("article", { name: /Connexion du personnel/ });
  await expect(card.getByRole("button", { name: "Activer" })).toHaveCount(0);
  await card.getByRole("link", { name: "Inscrire un fournisseur" }).click();
  await expect(page.getByLabel("Adresse du fournisseur")).toBeVisible();
  await writeProvider(clinic, await sharedProvider());
  await page.goto(`/clinic/${clinic.slug}/integrations`, { waitUntil: "networkidle" });
  await card.getByRole("button", { name: "Activer" }).click();
  const drawer = page.getByRole("dialog");
  await drawer.getByRole("button", { name: "Activer" }).click();
  await expect(drawer).toContainText("Dites où se trouve l’évaluation");
  await drawer.getByLabel("Évaluation (EFVP)").fill("EFVP-2026-04");
  await drawer.getByLabel("Signée le").fill("2026-01-15");
  await drawer.getByLabel("Entente écrite").fill("Entente 12");
  await drawer.getByRole("button", { name: "Activer" }).click();
  await expect(page.getByText("2026-01-15, inscrite par Maude Lavallée")).toBeVisible();
  await card.getByRole("button", { name: "Désactiver" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Désactiver" }).click();
  await expect(card.getByText("Désactivée", { exact: true })).toBeVisible();
});

test("the host says where the source code is, and every visitor finds it", async ({ page, baseURL }) => {
  const clinic = await makeClinic();
  const session = await visits["/host/reglages"]?.session?.(clinic);
  const refused = await enter(page, { token: session?.token ?? "" }, baseURL, "host");
  await page.goto("/host/reglages", { waitUntil: "networkidle" });
  const source = `https://code.exemple.quebec/chevet-${randomBytes(4).toString("hex")}`;
  await page.getByLabel("Adresse du code source").fill("code.exemple.quebec");
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByText(/commence par https/).first()).toBeVisible();
  await page.getByLabel("Adresse du code source").fill(source);
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByRole("cell", { name: "Réglages changés" }).first()).toBeVisible();
  await page.goto("/", { waitUntil: "networkidle" });
  await page.getByRole("contentinfo").getByRole("link", { name: "Code source" }).click();
  await expect(page.getByRole("link", { name: source })).toHaveAttribute("rel", "noreferrer");
  expect(refused).toEqual([]);
});
