import "./instance-database.ts";
import AxeBuilder from "@axe-core/playwright";
import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { newId } from "#server/db/new-id.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeClinic } from "#tests/factories/clinic.ts";
import { opens } from "#tests/factories/ground.ts";
import { amlodipine, makePrescriber } from "#tests/factories/prescriber.ts";
import { press, tabTo } from "./by-keyboard.ts";
import { enter } from "./enter.ts";

/** What is prescribed from the chart is prescribed over it: the note beneath is not left for a moment. */

/** A prescriber's patient who takes four drugs, two of them prescribed here. */
async function scene(context: BrowserContext, baseURL: string | undefined) {
  const clinic = await makeClinic("Clinique Rive-Claire");
  const doctor = await makePrescriber(clinic);
  const caller = callerOf(doctor, clinic);
  const { id: patientId } = await makePatient(clinic.owner.ctx, { birthDate: "1958-03-14", language: "fr" });
  await opens(doctor, patientId);
  const items = [
    amlodipine({ strength: "5 mg" }),
    amlodipine({ label: "Candésartan", strength: "16 mg", instructions: "avec un verre d’eau" }),
    amlodipine({ label: "Empagliflozine", frequency: "1-morning" }),
    amlodipine({ label: "Metformine", strength: "500 mg", frequency: "2-day", quantity: "180", repeats: 1 }),
  ] as const;
  for (const { medicationId: id, replaces: _replaces, ...card } of items)
    await caller.medication.add({ id, patientId, ...card, reason: "HTA", started: "2019-05" });
  const id = newId();
  await caller.prescription.prepare({ id, patientId, version: 0, items: [items[2], items[3]] });
  await caller.prescription.sign({ id, version: 1 });
  await enter(context, doctor, baseURL);
  return { caller, clinic, patientId, path: `/clinic/${clinic.slug}/patients/${patientId}` };
}

const section = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });
const sheet = (page: Page) => page.getByRole("dialog", { name: /^Médicaments et ordonnances/ });
const chosen = (page: Page, name: string) => sheet(page).getByRole("checkbox", { name: `Renouveler ${name}` });
const look = async (page: Page, name: string) => {
  if (process.env.CHEVET_LOOK) await page.screenshot({ path: `${process.env.CHEVET_LOOK}/${name}.png` });
};

async function beginNote(page: Page, path: string) {
  await page.goto(path, { waitUntil: "networkidle" });
  await page.getByRole("button", { name: "Commencer la note" }).click();
  await expect(section(page, "Subjectif")).toBeFocused({ timeout: 20_000 });
}

/** A letter acts outside the text only, and once the page listens. */
async function openByKey(page: Page) {
  await page.keyboard.press("Escape");
  await page.keyboard.press("r");
  await expect(sheet(page)).toBeVisible();
  await expect(sheet(page).getByRole("checkbox", { name: "Tout renouveler" })).toBeVisible();
  await expect(sheet(page).locator(":focus")).toHaveCount(1);
}

test("OSC-1, DM-2: in place: half a sentence, two renewed and signed, and the sentence goes on where the caret was", async ({
  page,
  context,
  baseURL,
}) => {
  const { caller, patientId, path } = await scene(context, baseURL);
  await page.setViewportSize({ width: 1440, height: 900 });
  await beginNote(page, path);
  await page.keyboard.type("Toux depuis trois jours,  Repos.");
  // In the middle of what is written, not at its end.
  for (const _ of " Repos.") await page.keyboard.press("ArrowLeft");
  await openByKey(page);
  await expect(page).toHaveURL(/ouvre=medicaments/);
  await expect(page.getByRole("heading", { level: 1 })).toBeInViewport();
  for (const name of ["Amlodipine 5 mg", "Candésartan 16 mg"]) {
    await tabTo(page, chosen(page, name));
    await page.keyboard.press("Space");
  }
  await expect(page.getByText("2 ordonnances complètes")).toBeVisible();
  await look(page, "sheet-1440");
  const paper = page.waitForEvent("download");
  await page.keyboard.press("Control+Enter");
  expect((await paper).suggestedFilename()).toMatch(/^ordonnance-\d{4}-000002\.pdf$/);
  await expect(page.getByText("Rien de choisi")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(sheet(page)).toBeHidden();

  // The card behind says it, the note was not signed by the key of the prescription, and the hand is back in the sentence.
  await expect(page).not.toHaveURL(/ouvre=/);
  const drugs = page.getByRole("region", { name: /^Médicaments/ });
  await expect(
    drugs.getByRole("button", { name: /^Amlodipine 5 mg.*Valide jusqu’au \d{4}-\d{2}-\d{2}/ }),
  ).toBeVisible();
  await expect(section(page, "Subjectif")).toBeFocused();
  await page.keyboard.type("sans fièvre.");
  await expect(section(page, "Subjectif")).toHaveText("Toux depuis trois jours, sans fièvre. Repos.");
  expect((await caller.note.list({ patientId })).rows.map(({ status }) => status)).toEqual(["preliminary"]);
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText(/Signée par/).first()).toBeVisible({ timeout: 20_000 });
  expect((await caller.medication.read({ patientId })).prescriptions[0]?.items.map(({ label }) => label)).toEqual([
    "Amlodipine",
    "Candésartan",
  ]);
});

test("OSC-1: in place: the sheet holds the hand, keeps its basket, and Back, a reload and its button close it into the note", async ({
  page,
  context,
  baseURL,
}) => {
  const { path } = await scene(context, baseURL);
  await page.setViewportSize({ width: 1440, height: 900 });
  await beginNote(page, path);
  await page.keyboard.type("Suivi d’HTA. ");
  await expect(page.getByText(/^Enregistré à/)).toBeVisible({ timeout: 20_000 });
  await openByKey(page);
  const axe = await new AxeBuilder({ page }).include('[role="dialog"]').analyze();
  expect(axe.violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);

  // Once around, forwards and backwards: never out of it.
  for (const key of [...Array(40).fill("Tab"), ...Array(12).fill("Shift+Tab")]) {
    await page.keyboard.press(key);
    await expect(sheet(page).locator(":focus")).toHaveCount(1);
  }

  // Closed within the pause of its saving, opened again: what was chosen is there.
  await chosen(page, "Metformine 500 mg").focus();
  await page.keyboard.press("Space");
  await page.goBack();
  await expect(sheet(page)).toBeHidden();
  await expect(section(page, "Subjectif")).toBeFocused();
  const kept = page.waitForResponse((answer) => answer.url().includes("note.save"));
  await page.keyboard.type("Stable.");
  await openByKey(page);
  await expect(chosen(page, "Metformine 500 mg")).toBeChecked();
  await kept;

  await page.reload({ waitUntil: "networkidle" });
  await expect(chosen(page, "Metformine 500 mg")).toBeChecked();
  await sheet(page).getByRole("button", { name: "Retour au dossier" }).click();
  await expect(sheet(page)).toBeHidden();
  await expect(page).not.toHaveURL(/ouvre=/);
  await expect(section(page, "Subjectif")).toBeFocused();
  await page.keyboard.type(" Revoir.");
  await expect(section(page, "Subjectif")).toHaveText("Suivi d’HTA. Stable. Revoir.");

  await page.setViewportSize({ width: 820, height: 1100 });
  await page.emulateMedia({ colorScheme: "dark" });
  await openByKey(page);
  await look(page, "sheet-820-dark");
  await page.setViewportSize({ width: 390, height: 844 });
  await look(page, "sheet-390-dark");
  await page.emulateMedia({ colorScheme: "light" });
  await look(page, "sheet-390");
  // The head stays while the sheet is scrolled to its end.
  await sheet(page).evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await expect(page.getByRole("heading", { level: 1 })).toBeInViewport();
  await look(page, "sheet-390-end");
});

test("OSC-1: the keys of the strip do what they say, and none of them acts beneath the sheet", async ({
  page,
  context,
  baseURL,
}) => {
  const { path } = await scene(context, baseURL);
  await page.setViewportSize({ width: 1440, height: 900 });
  await beginNote(page, path);
  const strip = page.getByRole("navigation", { name: "Gestes" });
  await expect(strip.getByRole("button")).toHaveText([/^Prescrire/, /^Demander/, /^Tâche/, /^Visite/]);
  const name = (await page.getByRole("heading", { level: 1 }).textContent()) ?? "";
  const task = page.getByRole("textbox", { name: "Nouvelle tâche pour moi" });

  await openByKey(page);
  await page.keyboard.press("v");
  await page.keyboard.press("d");
  await page.keyboard.press("t");
  // In the sheet it renews all that is taken.
  await expect(page.getByText("4 ordonnances complètes")).toBeVisible();
  await page.keyboard.press("t");
  await expect(page.getByText("Rien de choisi")).toBeVisible();
  await page.keyboard.press("?");
  const keys = page.getByRole("dialog", { name: "Raccourcis du clavier" });
  await expect(keys).toContainText("Tout renouveler");
  await expect(keys).not.toContainText("Visite");
  await page.keyboard.press("Escape");
  await expect(keys).toHaveCount(0);
  await expect(sheet(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(sheet(page)).toBeHidden();
  await expect(page.getByRole("menu")).toHaveCount(0);
  await expect(task).toHaveCount(0);
  expect(new URL(page.url()).pathname).toBe(path);

  await page.keyboard.press("Escape");
  await page.keyboard.press("t");
  await expect(task).toBeFocused();
  await page.keyboard.press("Escape");
  await page.keyboard.press("d");
  await expect(page.getByRole("menu")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menu")).toHaveCount(0);
  await page.keyboard.press("v");
  await expect(page).toHaveURL(/\/agenda/);
  await expect(page.getByRole("dialog")).toContainText(name);
});

test("OSC-1: a line of what is taken opens where it stands: who prescribed it and until when, renewed or stopped from there", async ({
  page,
  context,
  baseURL,
}) => {
  const { caller, patientId, path } = await scene(context, baseURL);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(path, { waitUntil: "networkidle" });
  const drugs = page.getByRole("region", { name: /^Médicaments/ });
  const line = drugs.getByRole("button", { name: /^Metformine 500 mg/ });
  await press(page, line);
  await expect(line).toHaveAttribute("aria-expanded", "true");
  await expect(drugs).toContainText("1 comprimé, 2 fois par jour, pendant 90 jours");
  await expect(drugs).toContainText(/N° \d{4}-000001/);
  await expect(drugs).toContainText("180 comprimés, 1 renouvellement");
  await expect(drugs).toContainText("2019-05");
  await drugs.getByRole("button", { name: "Historique", exact: true }).click();
  await look(page, "line-1440");
  // Escape closes the line and stays on it.
  await line.focus();
  await page.keyboard.press("Escape");
  await expect(line).toHaveAttribute("aria-expanded", "false");
  await expect(line).toBeFocused();

  await page.keyboard.press("Enter");
  await press(page, drugs.getByRole("button", { name: "Renouveler", exact: true }));
  await expect(chosen(page, "Metformine 500 mg")).toBeChecked();
  await expect(page.getByText("1 ordonnance complète")).toBeVisible();
  await expect(sheet(page).locator(":focus")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(sheet(page)).toBeHidden();

  const other = drugs.getByRole("button", { name: /^Candésartan 16 mg/ });
  await press(page, other);
  await press(page, drugs.getByRole("button", { name: "Cesser", exact: true }));
  await expect(page.getByRole("textbox", { name: /Raison de l’arrêt/ })).toBeFocused();
  await page.keyboard.type("Hypotension");
  await page.keyboard.press("Enter");
  await expect(other).toHaveCount(0);
  await press(page, drugs.getByRole("button", { name: "1 cessé" }));
  await expect(other).toBeVisible();
  const { medications } = await caller.medication.read({ patientId });
  expect(medications.find(({ label }) => label === "Candésartan")).toMatchObject({
    status: "stopped",
    stopReason: "Hypotension",
  });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: "dark" });
  await press(page, line);
  await line.scrollIntoViewIfNeeded();
  await look(page, "line-390-dark");
});

test("VA-2: the keys that sign the note sign it from the note alone: in the quick line and in the forms beside it they keep what is there", async ({
  page,
  context,
  baseURL,
}) => {
  const { caller, patientId, path } = await scene(context, baseURL);
  await page.setViewportSize({ width: 1440, height: 900 });
  await beginNote(page, path);
  await page.keyboard.type("Étourdissements au lever.");
  await expect(page.getByText(/^Enregistré à/)).toBeVisible({ timeout: 20_000 });
  const isUnsigned = async () =>
    expect((await caller.note.list({ patientId })).rows.map(({ status }) => status)).toEqual(["preliminary"]);

  await page.keyboard.press("Control+j");
  await page.keyboard.type("ta 150/90");
  await expect(page.getByText("Ctrl ↵").filter({ visible: true })).toHaveCount(0);
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("region", { name: /^Signes vitaux/ })).toContainText("150/90");
  // Nothing is left to add: pressed again, nothing is done.
  await page.keyboard.press("Control+Enter");

  const drugs = page.getByRole("region", { name: /^Médicaments/ });
  const line = drugs.getByRole("button", { name: /^Candésartan 16 mg/ });
  await press(page, line);
  await press(page, drugs.getByRole("button", { name: "Cesser", exact: true }));
  await page.keyboard.type("Hypotension");
  await page.keyboard.press("Control+Enter");
  await expect(line).toHaveCount(0);
  await expect(section(page, "Subjectif")).toBeVisible();
  await isUnsigned();

  // What is said, once a prescription was opened and closed, covers neither who it is nor the allergies.
  await openByKey(page);
  await page.keyboard.press("Escape");
  await expect(sheet(page)).toBeHidden();
  await expect(section(page, "Subjectif")).toBeFocused();
  await page.keyboard.press("Control+j");
  await page.keyboard.type("poids 82");
  await page.keyboard.press("Enter");
  const said = await page.locator('[data-position="bottom-center"] [role=status]').last().boundingBox();
  const head = await page.getByRole("heading", { level: 1 }).locator("xpath=ancestor::header").boundingBox();
  expect(said?.y).toBeGreaterThan((head?.y ?? 0) + (head?.height ?? 0));

  // Escape leaves the quick line for where it was entered from.
  await page.keyboard.press("Escape");
  await expect(section(page, "Subjectif")).toBeFocused();
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText(/Signée par/).first()).toBeVisible({ timeout: 20_000 });
});

test("VA-2: what was begun and not signed is said: the prescription on its act and its card, a word that called nothing before the signature", async ({
  page,
  context,
  baseURL,
}) => {
  const { path } = await scene(context, baseURL);
  await page.setViewportSize({ width: 1440, height: 900 });
  await beginNote(page, path);
  await openByKey(page);
  await chosen(page, "Metformine 500 mg").focus();
  await page.keyboard.press("Space");
  await expect(page.getByText("1 ordonnance complète")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(sheet(page)).toBeHidden();
  const strip = page.getByRole("navigation", { name: "Gestes" });
  await expect(strip.getByRole("button", { name: /^Prescrire ordonnance commencée 1/ })).toBeVisible();
  await expect(page.getByRole("button", { name: "Ordonnance commencée · 1" })).toBeVisible();
  await look(page, "begun-1440");

  // Nobody took a pressure: a place to fill. Its menu closed, the word is left as it was typed.
  await expect(section(page, "Subjectif")).toBeFocused();
  await page.keyboard.type(".ta ");
  await expect(section(page, "Subjectif")).toHaveText(/^\[ta\]\s?$/);
  await page.keyboard.type("TA non prise, .poids");
  await page.keyboard.press("Escape");
  await page.keyboard.type(", .5 mg.");
  await page.keyboard.press("Control+Enter");
  const asked = page.getByRole("dialog", { name: "Il reste 1 champ à remplir" });
  await expect(asked).toContainText("resté tel quel dans le texte : .poids.");
  await look(page, "left-1440");
  await asked.getByRole("button", { name: "Signer quand même" }).click();
  await expect(page.getByText("Note signée. Une ordonnance commencée reste à signer.").first()).toBeVisible({
    timeout: 20_000,
  });
});

test("OSC-9: with nothing to renew, a name is typed at once, Enter before its answer takes it, and the hand goes to the dose, then to what lacks", async ({
  page,
  context,
  baseURL,
}) => {
  const clinic = await makeClinic();
  const doctor = await makePrescriber(clinic);
  const { id: patientId } = await makePatient(clinic.owner.ctx, { birthDate: "1958-03-14", language: "fr" });
  await opens(doctor, patientId);
  await enter(context, doctor, baseURL);
  await page.goto(`/clinic/${clinic.slug}/patients/${patientId}`, { waitUntil: "networkidle" });
  await page.keyboard.press("r");
  await expect(sheet(page).getByText("Pas encore demandé.")).toBeVisible();
  await expect(sheet(page).getByLabel("Nom, DIN, ingrédient")).toBeFocused();
  await page.keyboard.type("onguent du codex");
  await expect(sheet(page).getByRole("button", { name: /onguent du codex/ })).toBeEnabled();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  const dose = sheet(page).getByLabel("Dose par prise");
  await expect(dose).toBeFocused();
  await page.keyboard.type("1 app");
  await page.keyboard.press("Control+Enter");
  await expect(sheet(page).getByRole("combobox", { name: "Fréquence" })).toBeFocused();
  // A box that is ticked lets the letters through.
  await sheet(page)
    .getByRole("checkbox", { name: /^Renouveler onguent/ })
    .focus();
  await page.keyboard.press("a");
  await expect(sheet(page).getByLabel("Nom, DIN, ingrédient")).toBeFocused();
});

test("OSC-1: a file let go on a chart goes to the inbox for it; where nothing takes files, the page stays", async ({
  page,
  context,
  baseURL,
}) => {
  const { clinic, path } = await scene(context, baseURL);
  const drop = (name: string) =>
    page.evaluate((kind) => {
      const data = new DataTransfer();
      data.items.add(new File(["%PDF-1.4\n%%EOF\n"], "ECG.pdf", { type: "application/pdf" }));
      const event = new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: data });
      document.querySelector("h1")?.dispatchEvent(event);
      return [event.defaultPrevented, event.dataTransfer?.dropEffect];
    }, name);
  await page.goto(path, { waitUntil: "networkidle" });
  await drop("dragenter");
  await expect(page.getByText("Déposez les fichiers pour ce dossier")).toBeVisible();
  await drop("drop");
  await expect(page.getByText("1 fichier reçu, à classer dans la boîte")).toBeVisible({ timeout: 20_000 });
  await page.goto(`/clinic/${clinic.slug}/taches`, { waitUntil: "networkidle" });
  await expect.poll(() => drop("dragover")).toEqual([true, "none"]);
});

test("a page scrolls by the wheel, and stays where it is beneath a dialog", async ({ page, context, baseURL }) => {
  const { path } = await scene(context, baseURL);
  const turned = async () => {
    let least = Number.POSITIVE_INFINITY;
    // Whatever is under the hand: the head, the note, a card.
    for (const y of [100, 250, 400, 520]) {
      await page.evaluate(() => window.scrollTo(0, 0));
      await page.mouse.move(190, y);
      await page.mouse.wheel(0, 400);
      await page.waitForTimeout(300);
      least = Math.min(least, await page.evaluate(() => window.scrollY));
    }
    return least;
  };
  await page.setViewportSize({ width: 390, height: 600 });
  for (const address of [path, `${path}/fiche`]) {
    await page.goto(address, { waitUntil: "networkidle" });
    expect(await turned(), address).toBeGreaterThan(100);
  }
  await page.goto(path, { waitUntil: "networkidle" });
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toBeVisible();
  expect(await turned()).toBe(0);
});
