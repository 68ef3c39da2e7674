import "./instance-database.ts";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { callerOf } from "#tests/factories/caller.ts";
import { makeClinic, makeMember } from "#tests/factories/clinic.ts";
import { makeSchedule, sitDown } from "#tests/factories/schedule.ts";
import { choose, chord, press, tabTo, write } from "./by-keyboard.ts";
import { enter } from "./enter.ts";

/** « A clinic sets up two practitioners, a room and three services in ten minutes »: lived by the keyboard alone. */

function watch(page: Page): string[] {
  const wrong: string[] = [];
  page.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
  page.on("pageerror", (error) => wrong.push(error.message));
  return wrong;
}

async function addPractitioner(page: Page, given: string, family: string): Promise<void> {
  await press(page, page.getByRole("button", { name: "Inscrire un soignant" }).first());
  const form = page.getByRole("dialog");
  await expect(form.getByRole("combobox", { name: "Profession" })).toBeFocused();
  await choose(page, form.getByRole("combobox", { name: "Profession" }), /^Médecin/, "médecin");
  await write(page, form.getByLabel("Prénom"), given);
  await write(page, form.getByLabel("Nom de famille"), family);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("row").filter({ hasText: family })).toBeVisible();
}

/** Down a menu that is open, to this item, and takes it. */
async function downTo(page: Page, item: Locator): Promise<void> {
  await expect(item).toBeVisible();
  for (let step = 0; step < 12; step += 1) {
    if (await item.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.press("Enter");
}

test("two practitioners, a room, three services and a week for each, by keyboard, in minutes", async ({
  page,
  baseURL,
  context,
}) => {
  test.slow();
  const clinic = await makeClinic();
  const caller = callerOf(clinic.owner, clinic);
  const wrong = watch(page);
  await enter(context, clinic.owner, baseURL);
  await page.goto(`/clinic/${clinic.slug}`, { waitUntil: "networkidle" });
  const { timeZone } = (await caller.membership.me()).clinic;
  await caller.location.add({
    id: crypto.randomUUID(),
    name: "Clinique du Fleuve",
    addressLine: "",
    city: "",
    postalCode: "",
    phone: "",
    timeZone: timeZone as "America/Toronto",
  });
  const begun = Date.now();

  await chord(page, "g", "r", /\/practitioners$/);
  await addPractitioner(page, "Éloïse", "Côté");
  await addPractitioner(page, "Karim", "Benali");

  // The services that a family practice begins with, all three in one gesture.
  await chord(page, "g", "c", /\/services$/);
  await press(page, page.getByRole("button", { name: "Ajouter ces 3 services" }));
  const visit = page.getByRole("row").filter({ hasText: "Consultation médicale" });
  await expect(visit).toContainText("Karim Benali, Éloïse Côté");
  await expect(visit).toContainText("Équipe seulement");
  // One of them is put online: what the public reads stands beside what is written.
  await press(page, page.getByRole("button", { name: "Consultation médicale" }));
  const form = page.getByRole("dialog", { name: "Consultation médicale" });
  await expect(form.getByText("ne paraît pas sur la page publique")).toBeVisible();
  await tabTo(page, form.getByRole("switch", { name: "Offert sur la page publique" }));
  await page.keyboard.press("Space");
  await expect(form.getByText("Tout le monde peut le réserver.")).toBeVisible();
  await press(page, form.getByRole("button", { name: "Enregistrer" }));
  await expect(visit).toContainText("En ligne, pour tous");
  // Another in one gesture, from the list; taken back in one too.
  const follow = page.getByRole("row").filter({ hasText: "Suivi médical" });
  const online = follow.getByRole("switch", { name: "En ligne, Suivi médical" });
  await tabTo(page, online);
  await page.keyboard.press("Space");
  await expect(follow).toContainText("En ligne, pour tous");
  await press(page, page.getByRole("status").getByRole("button", { name: "Annuler" }));
  await expect(follow).toContainText("Équipe seulement");
  await expect(online).not.toBeChecked();
  const onlineNow = async () =>
    (await caller.schedule.service.list({})).rows.filter((one) => one.online).map(({ name }) => name);
  await expect.poll(onlineNow).toEqual(["Consultation médicale"]);

  await chord(page, "g", "h", /\/hours$/);
  await press(page, page.getByRole("button", { name: "Ajouter une plage, Lundi" }));
  await expect(page.getByLabel("Lundi, début")).toBeFocused();
  await page.keyboard.type("8h15");
  await page.keyboard.press("Tab");
  await page.keyboard.type("1145");
  await press(page, page.getByRole("button", { name: "Ajouter une plage, Lundi" }));
  await expect(page.getByLabel("Lundi, début").nth(1)).toHaveValue("12\u00a0h\u00a045");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Tab");
  await page.keyboard.type("8");
  // A range that ends before it begins is said beside it, and nothing is saved.
  await page.keyboard.press("Enter");
  await expect(page.getByText("La fin vient après le début.").first()).toBeVisible();
  await write(page, page.getByLabel("Lundi, fin").nth(1), "17");
  await press(page, page.getByRole("button", { name: "Copier cette journée, Lundi" }));
  await downTo(page, page.getByRole("menuitem", { name: "Sur les jours de semaine" }));
  await expect(page.getByLabel("Vendredi, fin").nth(1)).toHaveValue("17\u00a0h\u00a000");
  await expect(page.getByText("37 h 30 par semaine")).toBeVisible();
  await tabTo(page, page.getByRole("button", { name: "Enregistrer la semaine" }));
  await page.keyboard.press("Enter");
  await expect(page.getByText("Semaine enregistrée.")).toBeVisible();

  // The second practitioner works as the first.
  await tabTo(page, page.getByRole("combobox", { name: "Les heures de" }), true);
  await choose(page, page.getByRole("combobox", { name: "Les heures de" }), /Éloïse Côté/);
  await press(page, page.getByRole("button", { name: "Copier les heures d’un autre soignant" }));
  await downTo(page, page.getByRole("menuitem", { name: "Karim Benali" }));
  await expect(page.getByLabel("Mardi, début").first()).toHaveValue("8\u00a0h\u00a015");
  await press(page, page.getByRole("button", { name: "Enregistrer la semaine" }));
  await expect(page.getByRole("button", { name: "Enregistrer la semaine" })).toBeDisabled();

  // A room, and the holidays of eighteen months.
  await tabTo(page, page.getByRole("tab", { name: "Semaine" }), true);
  for (let step = 0; step < 3; step += 1) await page.keyboard.press("ArrowRight");
  await press(page, page.getByRole("button", { name: "Ajouter une salle ou un appareil" }));
  await expect(page.getByRole("dialog").getByLabel("Nom", { exact: true })).toBeFocused();
  await page.keyboard.insertText("Salle 1");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("row").filter({ hasText: "Salle 1" })).toBeVisible();
  await tabTo(page, page.getByRole("tab", { name: "Salles et appareils" }), true);
  await page.keyboard.press("ArrowLeft");
  await press(page, page.getByRole("button", { name: /^Fermer ces \d+ jours$/ }));
  await expect(page.getByText("Fermé", { exact: true }).first()).toBeVisible();

  const minutes = (Date.now() - begun) / 60_000;
  console.log(`set up by keyboard in ${minutes.toFixed(1)} min`);
  expect(minutes).toBeLessThan(10);
  const resources = await caller.schedule.resource.list();
  expect(resources.map(({ kind }) => kind)).toEqual(["practitioner", "practitioner", "room"]);
  for (const { id } of resources.slice(0, 2))
    expect((await caller.schedule.hours.read({ resourceId: id }))[0]?.rules).toHaveLength(10);
  expect(wrong).toEqual([]);
});

test("what is left half-written is found again, and a week that somebody else saved is shown beside one's own", async ({
  page,
  baseURL,
  context,
}) => {
  const clinic = await makeClinic();
  const schedule = await makeSchedule(clinic);
  await enter(context, clinic.owner, baseURL);
  await page.goto(`/clinic/${clinic.slug}/hours`, { waitUntil: "networkidle" });
  const monday = page.getByLabel("Lundi, fin");
  await monday.fill("15");
  await page.getByRole("tab", { name: "Règles" }).click();
  await page.getByRole("tab", { name: "Semaine" }).click();
  await expect(monday).toHaveValue("15\u00a0h\u00a000");
  await expect(page.getByText("Voici ce que vous aviez commencé.")).toBeVisible();

  const other = callerOf(await makeMember(clinic, "administrator"), clinic);
  const [resourceId] = schedule.practitioners;
  const [week] = await other.schedule.hours.read({ resourceId });
  const { locationId, version = 0, rules = [] } = week ?? { locationId: "" };
  await other.schedule.hours.replace({ resourceId, locationId, version, rules: rules.slice(0, 3) });
  await page.getByRole("button", { name: "Enregistrer la semaine" }).click();
  const dialog = page.getByRole("dialog", { name: "Cette fiche a changé pendant que vous écriviez" });
  await expect(dialog).toContainText("15\u00a0h\u00a000");
  await dialog.getByRole("button", { name: "Garder la version enregistrée" }).click();
  await expect(page.getByText("Semaine enregistrée.")).toBeVisible();
  await expect(page.getByLabel("Jeudi, début")).toHaveCount(0);
});

test("a leave names the visits that no longer fit, and reception reads the list without managing anything", async ({
  page,
  baseURL,
  context,
}) => {
  const clinic = await makeClinic();
  const schedule = await makeSchedule(clinic);
  await sitDown(schedule, { at: "2027-03-01 09:00" });
  await enter(context, clinic.owner, baseURL);
  await page.goto(`/clinic/${clinic.slug}/hours?view=exceptions`, { waitUntil: "networkidle" });
  await page.getByRole("button", { name: "Ajouter un congé ou une fermeture" }).click();
  const form = page.getByRole("dialog");
  await form.getByLabel("Premier jour").fill("2027-03-01");
  await form.getByLabel("Premier jour").press("Tab");
  await form.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByRole("row").filter({ hasText: "Congé" })).toContainText("Ève Gagnon");
  await page.getByRole("tab", { name: "À replacer" }).click();
  await expect(page.getByRole("row").filter({ hasText: "9 h 00" })).toContainText("Congé");

  await context.clearCookies({ name: "chevet-staff" });
  await enter(context, await makeMember(clinic, "assistant"), baseURL);
  await page.goto(`/clinic/${clinic.slug}/hours?view=displaced`, { waitUntil: "networkidle" });
  await page.getByRole("row").filter({ hasText: "Congé" }).getByRole("link").click();
  await expect(page).toHaveURL(/agenda\?.*date=2027-03-01/);
  await expect(page.getByRole("complementary", { name: /^Détails/ })).toBeVisible();
  await page.goBack();
  await page.getByRole("tab", { name: "Semaine" }).click();
  await expect(page.getByLabel("Lundi, début")).toBeDisabled();
  await expect(page.getByRole("button", { name: "Enregistrer la semaine" })).toHaveCount(0);
});

async function noBarrier(page: Page, what: string): Promise<void> {
  await page.waitForTimeout(300);
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  expect
    .soft(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(" | ")}`),
      what,
    )
    .toEqual([]);
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  expect.soft(sideways, `${what}: no sideways scroll`).toBe(false);
}

for (const [colorScheme, width] of [
  ["light", 320],
  ["dark", 1280],
] as const)
  test(`every side of the set-up is without a barrier, ${colorScheme}, ${width} pixels wide`, async ({
    browser,
    baseURL,
  }) => {
    test.slow();
    const clinic = await makeClinic();
    const schedule = await makeSchedule(clinic, { rooms: 1 });
    await sitDown(schedule, { at: "2027-03-01 05:00" });
    const context = await browser.newContext({
      colorScheme,
      locale: "fr-CA",
      reducedMotion: "reduce",
      viewport: { width, height: 800 },
    });
    const page = await context.newPage();
    const wrong = watch(page);
    await enter(context, clinic.owner, baseURL);
    for (const view of ["exceptions", "holidays", "rooms", "policy", "displaced", "weeks"]) {
      await page.goto(`/clinic/${clinic.slug}/hours?view=${view}`, { waitUntil: "networkidle" });
      await noBarrier(page, view);
    }
    await page.getByRole("button", { name: "Préciser cette plage, Lundi" }).click();
    await noBarrier(page, "a range unfolded");
    await page.goto(`/clinic/${clinic.slug}/hours?view=exceptions`, { waitUntil: "networkidle" });
    await page.getByRole("button", { name: "Ajouter un congé ou une fermeture" }).click();
    await noBarrier(page, "a leave");

    await page.goto(`/clinic/${clinic.slug}/services`, { waitUntil: "networkidle" });
    await page.getByRole("button", { name: "Services proposés" }).click();
    await noBarrier(page, "proposed services");
    await page.getByRole("button", { name: "Ajouter un service" }).click();
    const form = page.getByRole("dialog", { name: "Ajouter un service" });
    await form.getByLabel("Nom", { exact: true }).fill("Suivi de grossesse");
    await form.getByRole("switch", { name: "Offert sur la page publique" }).press("Space");
    await form.getByRole("combobox", { name: "Qui peut réserver" }).click();
    await page.getByRole("option", { name: "Seulement avec un code" }).click();
    await noBarrier(page, "a service");
    await form.getByRole("button", { name: "Ajouter un service" }).click();
    const code = page.getByRole("dialog", { name: "Le code de ce service" });
    await expect(code).toContainText(/[A-Z0-9]{4}-[A-Z0-9]{4}/);
    await noBarrier(page, "its code");
    await code.getByRole("button", { name: "C’est noté" }).click();
    await expect(page.getByRole("row").filter({ hasText: "Suivi de grossesse" })).toContainText("En ligne, par code");
    expect(wrong).toEqual([]);
    await context.close();
  });
