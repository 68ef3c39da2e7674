import "./instance-database.ts";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { newId } from "#server/db/new-id.ts";
import { startDiscussion } from "#server/discussion/start-discussion.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeClinic, makeMember } from "#tests/factories/clinic.ts";
import { amlodipine, makePrescriber } from "#tests/factories/prescriber.ts";
import { makeRecord } from "#tests/factories/record.ts";
import { makeTask } from "#tests/factories/task.ts";
import { tabTo } from "./by-keyboard.ts";
import { enter } from "./enter.ts";

/** Tasks and discussions as a doctor and the front desk pass them to each other, by the keyboard. */

const card = (page: Page, name: string) => page.getByRole("region", { name: new RegExp(`^${name}`) });
const boxOf = (page: Page, title: string) => page.getByRole("checkbox", { name: `Faite : ${title}` });

test("OSC-1: reminders and ticklers in the chart, written, done and taken back without a mouse", async ({
  page,
  context,
  baseURL,
}) => {
  const { clinic, doctor, caller, patientId } = await makeRecord();
  const desk = await makeMember(clinic, "assistant");
  await caller.chart.sayReason({ id: newId(), patientId, reason: "patient-asked" });
  await enter(context, doctor, baseURL);
  await page.goto(`/clinic/${clinic.slug}/patients/${patientId}`, { waitUntil: "networkidle" });
  const tasks = card(page, "Tâches");
  await expect(tasks).toContainText("Rien à faire pour ce patient.");

  // `t`, one line, Enter: the day was understood before it.
  await page.keyboard.press("t");
  await expect(page.getByRole("textbox", { name: "Nouvelle tâche pour moi" })).toBeFocused();
  await page.keyboard.insertText("Rappeler pour le bilan demain");
  await expect(tasks.getByRole("status")).toContainText("Échéance :");
  await page.keyboard.press("Enter");
  await expect(tasks.getByRole("button", { name: /^Rappeler pour le bilan/ })).toBeVisible();
  await expect(tasks).toContainText("Demain");
  await page.keyboard.press("Escape");

  // The same in the quick-add bar.
  await page.keyboard.press("Control+j");
  await page.keyboard.insertText("tâche vérifier la radiographie dans 2 sem");
  await expect(page.getByRole("option", { selected: true })).toContainText("Vérifier la radiographie");
  await page.keyboard.press("Enter");
  await expect(tasks.getByRole("button", { name: /^Vérifier la radiographie/ })).toBeVisible();
  await page.keyboard.press("Escape");

  // Done by its box, taken back by the toast.
  await tabTo(page, boxOf(page, "Rappeler pour le bilan"));
  await page.keyboard.press("Space");
  await expect(boxOf(page, "Rappeler pour le bilan")).toHaveCount(0);
  await page.getByRole("button", { name: "Annuler" }).last().click();
  await expect(boxOf(page, "Rappeler pour le bilan")).toBeVisible();

  // Opened, done with a word of what came of it.
  await tasks.getByRole("button", { name: /^Rappeler pour le bilan/ }).focus();
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("dialog", { name: "Rappeler pour le bilan" });
  await drawer.getByRole("textbox", { name: "Résultat (facultatif)" }).fill("Rejointe, bilan lundi");
  await page.keyboard.press("Control+Enter");
  await expect(drawer).toBeHidden();
  await expect(boxOf(page, "Rappeler pour le bilan")).toHaveCount(0);

  // What a colleague asks stands here within a second or so, without a gesture.
  await makeTask(desk, {
    patientId,
    title: "Sa fille a téléphoné",
    owner: { kind: "user", userId: doctor.userId },
  });
  await expect(tasks.getByRole("button", { name: /^Sa fille a téléphoné/ })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
});

test("OSC-1: a problem, a measure and a prescription become tasks from their own rows, and each task leads back", async ({
  page,
  context,
  baseURL,
}) => {
  const clinic = await makeClinic();
  const doctor = await makePrescriber(clinic);
  const caller = callerOf(doctor, clinic);
  const { id: patientId } = await makePatient(clinic.owner.ctx, { language: "fr" });
  await caller.chart.sayReason({ id: newId(), patientId, reason: "patient-asked" });
  await caller.condition.add({ id: newId(), patientId, label: "HTA essentielle" });
  await caller.observation.record({
    patientId,
    panelId: newId(),
    at: new Date(),
    values: [{ id: newId(), code: "weight", value: "78" }],
  });
  const prescription = newId();
  await caller.prescription.prepare({ id: prescription, patientId, version: 0, items: [amlodipine()] });
  await caller.prescription.sign({ id: prescription, version: 1 });
  await enter(context, doctor, baseURL);
  const chart = `/clinic/${clinic.slug}/patients/${patientId}`;
  const make = async (title: RegExp) => {
    await page.getByRole("button", { name: "En faire une tâche" }).first().click();
    const form = page.getByRole("dialog");
    await expect(form.locator("#title")).toHaveValue(title);
    await form.locator("#title").press("Enter");
    await expect(form).toHaveCount(0);
  };
  await page.goto(chart, { waitUntil: "networkidle" });
  await page.getByRole("button", { name: "HTA essentielle", expanded: false }).click();
  await make(/HTA essentielle/);
  await page.getByRole("button", { name: "HTA essentielle", expanded: true }).click();
  await page.getByRole("button", { name: /^Poids/, expanded: false }).click();
  await make(/Poids 78/);
  await page.goto(`${chart}/medicaments`, { waitUntil: "networkidle" });
  await page.getByText("Historique", { exact: true }).click();
  await make(/000001/);
  const { rows } = await caller.task.list({ list: "forMe", patientId });
  expect(rows.map(({ focusKind }) => focusKind).sort()).toEqual(["condition", "observation", "prescription"]);
});

test("the worklist: several done at once, and those of whoever left given to somebody else", async ({
  page,
  context,
  baseURL,
}) => {
  const { clinic, doctor } = await makeRecord();
  const gone = await makeMember(clinic, "professional");
  const mine = { kind: "user" as const, userId: doctor.userId };
  for (const title of ["Appeler la pharmacie", "Relire le protocole", "Envoyer la lettre"])
    await makeTask(doctor, { title, owner: mine });
  await makeTask(doctor, { title: "Suivre l’INR", owner: { kind: "user", userId: gone.userId } });
  await enter(context, doctor, baseURL);
  await page.goto(`/clinic/${clinic.slug}/taches`, { waitUntil: "networkidle" });
  const row = (title: string) => page.getByRole("row", { name: new RegExp(title) });
  await expect(row("Appeler la pharmacie")).toBeVisible();
  await expect(page.getByRole("link", { name: /Tâches/ }).first()).toBeVisible();

  // The focus on a row, x chooses it, the arrow goes to the next; e does what is chosen.
  await row("Appeler la pharmacie").getByRole("button").first().focus();
  await page.keyboard.press("x");
  await row("Relire le protocole").getByRole("button").first().focus();
  await page.keyboard.press("x");
  await expect(page.getByRole("toolbar", { name: "2 tâches choisies" })).toBeVisible();
  await page.keyboard.press("e");
  await expect(row("Appeler la pharmacie")).toHaveCount(0);
  await expect(row("Relire le protocole")).toHaveCount(0);
  await expect(row("Envoyer la lettre")).toBeVisible();

  const { callerOf } = await import("#tests/factories/caller.ts");
  await callerOf(clinic.owner, clinic).membership.deactivate({ id: gone.membershipId, version: 1 });
  await page
    .getByRole("radiogroup", { name: "Quelles tâches" })
    .getByText(/^Sans responsable/)
    .click();
  await expect(row("Suivre l’INR")).toContainText("Ne travaille plus ici");
  await page.getByRole("checkbox", { name: "Choisir : Suivre l’INR" }).check();
  await page.getByRole("button", { name: "Confier à…" }).click();
  await page.getByRole("combobox", { name: "À qui" }).fill("Moi");
  await page.getByRole("option", { name: "Moi" }).click();
  await page.getByRole("button", { name: "Confier", exact: true }).click();
  await expect(row("Suivre l’INR")).toHaveCount(0);
  // The list that was looked at last is the one that is shown.
  await page.reload({ waitUntil: "networkidle" });
  await expect(page.getByText("Chaque tâche a son responsable")).toBeVisible();
  await page.getByRole("radiogroup", { name: "Quelles tâches" }).getByText("Les miennes", { exact: true }).click();
  await expect(row("Suivre l’INR")).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
});

test("a discussion: unread in the rail, read, answered, and made a task that leads back", async ({
  page,
  context,
  baseURL,
}) => {
  const { clinic, doctor, patientId } = await makeRecord();
  const desk = await makeMember(clinic, "assistant");
  await enter(context, desk, baseURL);
  await page.goto(`/clinic/${clinic.slug}/discussions`, { waitUntil: "networkidle" });
  await startDiscussion(doctor.ctx, {
    id: newId(),
    messageId: newId(),
    patientId,
    subject: "Transport adapté",
    body: "Peut-on réserver le transport?",
    participants: [{ kind: "role", role: "assistant" }],
    clinical: false,
  });
  await expect(page.getByRole("link", { name: /Discussions.*1 discussion non lue/ })).toBeVisible();
  await page.getByRole("button", { name: /Transport adapté/ }).focus();
  await page.keyboard.press("Enter");
  const thread = page.getByRole("dialog", { name: "Transport adapté" });
  await expect(thread.getByRole("list", { name: "Messages de la discussion" })).toContainText("Peut-on réserver");
  await expect(page.getByText("1 discussion non lue")).toHaveCount(0);
  await thread.getByRole("textbox", { name: "Répondre" }).fill("C’est réservé.");
  await page.keyboard.press("Control+Enter");
  await expect(thread.getByRole("list", { name: "Messages de la discussion" })).toContainText("C’est réservé.");

  await thread.getByRole("button", { name: "En faire une tâche" }).first().click();
  const form = page.getByRole("dialog", { name: "Nouvelle tâche" });
  await expect(form.getByRole("textbox", { name: "À faire" })).toHaveValue("Peut-on réserver le transport?");
  await form.getByRole("textbox", { name: "À faire" }).focus();
  await page.keyboard.press("Control+Enter");
  await expect(form).toBeHidden();
  await page.goto(`/clinic/${clinic.slug}/taches`, { waitUntil: "networkidle" });
  await page.getByRole("button", { name: /Peut-on réserver le transport/ }).click();
  await page.getByRole("link", { name: "Ouvrir la discussion" }).click();
  await expect(page.getByRole("dialog", { name: "Transport adapté" })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
});
