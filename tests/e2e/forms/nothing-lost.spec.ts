import { expect, type Page, test } from "@playwright/test";
import pg from "pg";
import { withStaff } from "#server/db/with-staff.ts";
import { makeClinic, makeMember, type TestClinic } from "#tests/factories/clinic.ts";
import { givePassword } from "#tests/factories/person.ts";
import { enter } from "../enter.ts";
import { adminUrl } from "../instance-database.ts";

/** What was typed outlives Esc, the back button, another tab, a lock and an ended session, and is saved once. */

const locationsOf = (clinic: TestClinic) =>
  withStaff(clinic.owner.ctx, (db) => db.location.findMany({ where: { clinicId: clinic.id } }));

const drawer = (page: Page, name: string) => page.getByRole("dialog", { name });

async function startLocation(page: Page, clinic: TestClinic, name: string) {
  await page.goto(`/clinic/${clinic.slug}/locations`, { waitUntil: "networkidle" });
  await page.getByRole("button", { name: "Ajouter un lieu" }).first().click();
  await drawer(page, "Ajouter un lieu").getByLabel("Nom du lieu").fill(name);
  return drawer(page, "Ajouter un lieu");
}

/** What the server holds about the owner's session, changed as time would. */
async function toSession(clinic: TestClinic, change: string) {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin
    .query(`update identity.session set ${change} where user_id = $1`, [clinic.owner.userId])
    .finally(() => admin.end());
}

test("a form that is left by Esc, by its backdrop or by the back button goes on where it was", async ({
  page,
  context,
  baseURL,
}) => {
  const clinic = await makeClinic();
  await enter(context, clinic.owner, baseURL);
  await page.goto(`/clinic/${clinic.slug}/practitioners`, { waitUntil: "networkidle" });
  await page.getByRole("button", { name: "Clinique", exact: true }).click();
  await page.getByRole("menuitem", { name: /^Lieux/ }).click();
  await page.getByRole("button", { name: "Ajouter un lieu" }).first().click();
  const form = drawer(page, "Ajouter un lieu");
  await form.getByLabel("Nom du lieu").fill("Point de service de Beauport");
  await form.getByLabel("Ville").fill("Québec");
  await page.keyboard.press("Escape");
  await expect(form).toHaveCount(0);
  // The focus is back on what opened it, so that Enter opens it again.
  await page.keyboard.press("Enter");
  await expect(form.getByText("Voici ce que vous aviez commencé.")).toBeVisible();
  await expect(form.getByLabel("Ville")).toHaveValue("Québec");

  await page.goBack();
  await expect(page.locator("h1")).toHaveText("Soignants");
  await page.goForward();
  await page.getByRole("button", { name: "Ajouter un lieu" }).first().click();
  await expect(form.getByLabel("Nom du lieu")).toHaveValue("Point de service de Beauport");

  await form.getByRole("button", { name: "Annuler" }).click();
  await page.getByRole("button", { name: "Ajouter un lieu" }).first().click();
  await expect(form.getByLabel("Nom du lieu")).toHaveValue("");
  expect(await locationsOf(clinic)).toEqual([]);
});

test("a double click and a held Enter make one row", async ({ page, context, baseURL }) => {
  const clinic = await makeClinic();
  await enter(context, clinic.owner, baseURL);
  const form = await startLocation(page, clinic, "Point de service");
  await form.getByRole("button", { name: "Ajouter un lieu" }).dblclick();
  await expect(page.getByRole("cell", { name: "Point de service" })).toBeVisible();
  expect(await locationsOf(clinic)).toHaveLength(1);

  await page.goto(`/clinic/${clinic.slug}/members`, { waitUntil: "networkidle" });
  await page.getByRole("button", { name: "Inviter" }).click();
  const email = drawer(page, "Inviter quelqu’un").getByLabel("Courriel", { exact: true });
  await email.fill("deux.fois@clinique.example");
  await Promise.all([email.press("Enter"), email.press("Enter"), email.press("Enter")]);
  await expect(page.getByRole("row").filter({ hasText: "deux.fois@" })).toHaveCount(1);
  const sent = await withStaff(clinic.owner.ctx, (db) => db.invitation.count({ where: { clinicId: clinic.id } }));
  expect(sent).toBe(1);
});

test("an answer that was lost on the way is asked for again and makes one row", async ({ page, context, baseURL }) => {
  const clinic = await makeClinic();
  await enter(context, clinic.owner, baseURL);
  const form = await startLocation(page, clinic, "Point de service");
  // The server saves it, and the network swallows the answer.
  await page.route("**/trpc/location.add*", async (route) => {
    await route.fetch();
    await route.abort();
  });
  await form.getByRole("button", { name: "Ajouter un lieu" }).click();
  await expect(form.getByRole("alert")).toBeVisible();
  await expect(form.getByLabel("Nom du lieu")).toHaveValue("Point de service");
  await page.unroute("**/trpc/location.add*");
  await form.getByRole("button", { name: "Ajouter un lieu" }).click();
  await expect(page.getByRole("cell", { name: "Point de service" })).toBeVisible();
  expect(await locationsOf(clinic)).toHaveLength(1);
});

const save = (tab: Page, section: string) =>
  tab.getByRole("region", { name: section, exact: true }).getByRole("button", { name: "Enregistrer" }).click();

test("two tabs on the settings: the second keeps its own words and does not undo the other’s", async ({
  page,
  context,
  baseURL,
}) => {
  test.slow();
  const clinic = await makeClinic();
  await enter(context, clinic.owner, baseURL);
  const address = `/clinic/${clinic.slug}/settings`;
  await page.goto(address, { waitUntil: "networkidle" });
  const second = await context.newPage();
  await second.goto(address, { waitUntil: "networkidle" });

  await page.getByLabel("Téléphone", { exact: true }).fill("418 555-0142");
  await save(page, "La clinique");
  await expect(page.getByText("Fiche enregistrée").or(page.getByText("enregistré")).first()).toBeVisible();
  // Saved twice by one tab: it knows its own version, and is told nothing.
  await page.getByLabel("Courriel", { exact: true }).fill("accueil@clinique.example");
  await save(page, "La clinique");
  const written = () =>
    withStaff(clinic.owner.ctx, (db) =>
      db.clinic.findFirstOrThrow({ where: { clinicId: clinic.id }, select: { name: true, phone: true, email: true } }),
    );
  // Or the second tab would meet two changes, one after the other.
  await expect.poll(async () => (await written()).email).toBe("accueil@clinique.example");

  await second.getByLabel("Nom de la clinique").fill("Clinique 李 d’Ailleboust");
  await expect(async () => {
    await save(second, "La clinique");
    await expect(second.getByRole("dialog", { name: /changé pendant que vous écriviez/ })).toBeVisible();
  }).toPass();
  const told = second.getByRole("dialog", { name: /changé pendant que vous écriviez/ });
  await expect(told.getByRole("group", { name: "Téléphone" })).toContainText("418 555-0142");
  await told.getByRole("button", { name: "Enregistrer ces choix" }).click();
  await expect(told).toHaveCount(0);
  const card = await written();
  expect(card).toEqual({
    name: "Clinique 李 d’Ailleboust",
    phone: "+14185550142",
    email: "accueil@clinique.example",
  });

  // The rules of coming in are no different.
  for (const tab of [page, second]) {
    await tab.goto(address, { waitUntil: "networkidle" });
    await tab.getByRole("combobox", { name: "Verrouiller après" }).click();
    await tab.getByRole("option", { name: tab === page ? "5 minutes" : "30 minutes", exact: true }).click();
  }
  await save(page, "Entrer dans la clinique");
  await expect(page.getByText("Règles d’entrée enregistrées.")).toBeVisible();
  await save(second, "Entrer dans la clinique");
  await expect(told).toContainText("5 minutes");
  await told.getByRole("button", { name: "Garder la version enregistrée" }).click();
  await expect(second.getByRole("combobox", { name: "Verrouiller après" })).toHaveValue(/^5\sminutes$/);
});

test("somebody else signs in meanwhile: the page is covered, and what was typed never goes under their name", async ({
  page,
  context,
  baseURL,
}) => {
  test.slow();
  const clinic = await makeClinic();
  const next = await makeMember(clinic, "administrator");
  const password = await givePassword(clinic.owner.userId);
  await enter(context, clinic.owner, baseURL);
  await startLocation(page, clinic, "À la première");
  await enter(context, next, baseURL);
  const theirs = await context.newPage();
  await theirs.goto(`/clinic/${clinic.slug}/locations`, { waitUntil: "networkidle" });
  const asked = page.locator("dialog[open]");
  await expect(asked.getByLabel("Courriel")).toHaveValue(clinic.owner.email);
  expect(await locationsOf(clinic)).toEqual([]);
  // She comes back: it is hers again, and goes.
  await asked.getByRole("button", { name: "Continuer", exact: true }).click();
  await asked.getByLabel("Mot de passe", { exact: true }).fill(password);
  await page.keyboard.press("Enter");
  await expect(asked).toHaveCount(0);
  await drawer(page, "Ajouter un lieu").getByRole("button", { name: "Ajouter un lieu" }).click();
  await expect(page.getByRole("cell", { name: "À la première" })).toBeVisible();
  // And the other one's page is covered in its turn.
  await expect(theirs.locator("dialog[open]").getByLabel("Courriel")).toHaveValue(next.email);
});

test("a session that sleeps or ends in mid-form is opened again in place, and the form goes", async ({
  page,
  context,
  baseURL,
}) => {
  test.slow();
  const clinic = await makeClinic();
  const password = await givePassword(clinic.owner.userId);
  await enter(context, clinic.owner, baseURL);

  const form = await startLocation(page, clinic, "Avant le verrou");
  await toSession(clinic, "locked_at = now()");
  await form.getByRole("button", { name: "Ajouter un lieu" }).click();
  const asleep = drawer(page, "Votre session dort");
  await asleep.getByLabel("Mot de passe", { exact: true }).fill("pas celui-là, un autre");
  await page.keyboard.press("Enter");
  await expect(asleep.getByText("Ce mot de passe n’est pas le bon.")).toBeVisible();
  await asleep.getByLabel("Mot de passe", { exact: true }).fill(password);
  await page.keyboard.press("Enter");
  await expect(asleep).toHaveCount(0);
  await expect(page.getByRole("cell", { name: "Avant le verrou" })).toBeVisible();

  await startLocation(page, clinic, "Avant la fin");
  await toSession(clinic, "revoked_at = now()");
  await form.getByRole("button", { name: "Ajouter un lieu" }).click();
  const ended = page.locator("dialog[open]");
  await expect(ended.getByLabel("Courriel")).toHaveValue(clinic.owner.email);
  await ended.getByRole("button", { name: "Continuer", exact: true }).click();
  await ended.getByLabel("Mot de passe", { exact: true }).fill(password);
  await page.keyboard.press("Enter");
  await expect(ended).toHaveCount(0);
  await expect(page.getByRole("cell", { name: "Avant la fin" })).toBeVisible();
  expect((await locationsOf(clinic)).map(({ name }) => name).sort()).toEqual(["Avant la fin", "Avant le verrou"]);
});
