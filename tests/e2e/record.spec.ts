import "./instance-database.ts";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { newId } from "#server/db/new-id.ts";
import { fileDocument } from "#server/document/file-document.ts";
import { aLetter, card as filing, sendFile } from "#tests/factories/document.ts";
import { amlodipine } from "#tests/factories/prescriber.ts";
import { daysAgo, makeRecord, measure } from "#tests/factories/record.ts";
import { enter } from "./enter.ts";

/** The summary as a doctor uses it between two visits: by the keyboard, in one line, in place. */

const quick = (page: Page) => page.getByRole("combobox", { name: "Ajouter au dossier" });
const card = (page: Page, name: string) => page.getByRole("region", { name: new RegExp(`^${name}`) });

async function add(page: Page, line: string) {
  await page.keyboard.press("Control+j");
  await expect(quick(page)).toBeFocused();
  await page.keyboard.insertText(line);
}

test("OSC-1: what is typed is understood, written, corrected and taken back, without a mouse", async ({
  page,
  context,
  baseURL,
}) => {
  const record = await makeRecord();
  const { clinic, doctor, caller, patientId } = record;
  for (let nth = 0; nth < 6; nth += 1) await measure(record, [["weight", `${72 + nth}`]], daysAgo(400 - nth * 60));
  await caller.condition.add({ id: newId(), patientId, label: "HTA essentielle", onset: "2014" });
  await caller.chart.sayReason({ id: newId(), patientId, reason: "patient-asked" });
  await enter(context, doctor, baseURL);
  await page.goto(`/clinic/${clinic.slug}/patients/${patientId}`, { waitUntil: "networkidle" });

  // Nobody asked yet, and the bar says so.
  await expect(page.getByRole("list", { name: "Allergies et intolérances" })).toHaveText(
    "Allergies : pas encore demandé",
  );

  await add(page, "ta 152/88 pouls 76");
  await expect(page.getByRole("option", { selected: true })).toContainText("TA 152/88 mmHg");
  await page.keyboard.press("Enter");
  await expect(card(page, "Signes vitaux")).toContainText("152/88");
  await expect(card(page, "Problèmes")).toContainText("TA 152/88 mmHg");
  await expect(card(page, "Problèmes").getByRole("img", { name: "au-dessus" })).toBeVisible();

  await add(page, "allergie pénicilline urticaire");
  await expect(page.getByRole("option", { selected: true })).toContainText("de la liste");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("list", { name: "Allergies et intolérances" })).toHaveText("Pénicilline");

  // The impossible says so, and Enter adds nothing.
  await add(page, "pouls 900");
  await expect(page.getByText("Pouls 900 : pas possible.")).toBeVisible();
  await page.keyboard.press("Enter");
  // Escape closes what is told and keeps the words; the next line takes their place.
  await page.keyboard.press("Escape");
  await expect(page.getByText("Pouls 900 : pas possible.")).toBeHidden();
  await expect(quick(page)).toHaveValue("pouls 900");

  // What may be two things waits for a choice.
  await add(page, "grippe");
  await page.keyboard.press("Enter");
  await expect(quick(page)).toHaveValue("grippe");
  for (let nth = 0; nth < 3; nth += 1) await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("option", { selected: true })).toContainText("Vaccin");
  await page.keyboard.press("Enter");
  await expect(card(page, "Vaccins")).toContainText("Grippe");

  // Taken back by the toast, it is among what was entered in error.
  await add(page, "problème goutte 2019");
  await expect(page.getByRole("option", { selected: true })).toContainText("de la liste");
  await page.keyboard.press("Enter");
  await expect(card(page, "Problèmes")).toContainText("Goutte");
  await page.getByRole("button", { name: "Annuler" }).last().click();
  await expect(card(page, "Problèmes")).not.toContainText("Goutte");

  // In place: open a problem, change it, look at what it was.
  await page.getByRole("button", { name: /HTA essentielle/ }).click();
  await card(page, "Problèmes").getByLabel("Début").fill("2014-03");
  await card(page, "Problèmes").getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByRole("button", { name: /HTA essentielle 2014-03/ })).toBeVisible();
  await page.getByRole("button", { name: /HTA essentielle/ }).click();
  await page.getByRole("button", { name: "Versions antérieures" }).click();
  await expect(card(page, "Problèmes").getByText("2014", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: /HTA essentielle/ }).click();

  // A number opens its card; graphs, and the same in a table.
  await page.locator("body").click({ position: { x: 2, y: 2 } });
  await page.keyboard.press("2");
  await expect(page.getByRole("button", { name: /^Signes vitaux/ })).toHaveAttribute("aria-expanded", "true");
  await card(page, "Signes vitaux").getByRole("button", { name: "Courbes" }).first().click();
  const graphs = page.getByRole("dialog", { name: "Courbes" });
  await expect(graphs.getByRole("img", { name: /systolique, 1 valeur/ })).toBeVisible();
  await graphs.getByRole("combobox", { name: "Première série" }).click();
  await page.getByRole("option", { name: "Poids" }).click();
  await expect(graphs.getByRole("table").getByRole("row")).toHaveCount(7 + 1);
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Suivi : Hypertension" }).click();
  await expect(page.getByRole("dialog").getByText("Jamais fait").first()).toBeVisible();
  await page.keyboard.press("Escape");

  const { violations } = await new AxeBuilder({ page }).include("article").analyze();
  expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
});

test("a line is judged by the age and by what stands already", async ({ page, context, baseURL }) => {
  const born = daysAgo(4.3 * 365.25)
    .toISOString()
    .slice(0, 10);
  const record = await makeRecord(born);
  const { clinic, doctor, caller, patientId } = record;
  await measure(
    record,
    [
      ["weight", "17,2"],
      ["height", "104"],
    ],
    daysAgo(60),
  );
  const penicillin = { id: newId(), patientId, substance: "Pénicilline" };
  await caller.allergy.add(penicillin);
  await caller.condition.add({ id: newId(), patientId, label: "Asthme", onset: "2024" });
  const { medicationId: drug, replaces: _, ...taken } = amlodipine();
  await caller.medication.add({ id: drug, patientId, ...taken });
  await caller.chart.sayReason({ id: newId(), patientId, reason: "patient-asked" });
  await enter(context, doctor, baseURL);
  await page.goto(`/clinic/${clinic.slug}/patients/${patientId}`, { waitUntil: "networkidle" });
  const vitals = card(page, "Signes vitaux");
  const clear = () => page.keyboard.press("Escape");

  // What nobody of four can have.
  await add(page, "taille 170");
  await expect(page.getByText("Taille 170 : pas possible à 4 ans.")).toBeVisible();
  await page.keyboard.press("Enter");
  await clear();

  // What can be and is far from the last one is not taken by Enter alone.
  await add(page, "poids 7,2");
  await expect(page.getByText("7,2 kg? Valeur précédente (Poids) : 17,2 kg.")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(quick(page)).toHaveValue("poids 7,2");
  await clear();
  await expect(vitals).toContainText("17,2");
  await add(page, "fc 240");
  await expect(page.getByText(/Pouls 240\s\/min à 4 ans\?/)).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(quick(page)).toHaveValue("fc 240");
  await clear();
  await add(page, "poids 17,9");
  await expect(page.getByRole("option", { selected: true })).toContainText("17,9");
  await page.keyboard.press("Enter");
  await expect(vitals).toContainText("17,9");

  // The form asks once beside its field.
  await vitals.getByRole("button", { name: "Ajouter des mesures" }).click();
  await vitals.getByRole("textbox", { name: "Taille", exact: true }).fill("94");
  await vitals.getByRole("button", { name: "Ajouter", exact: true }).click();
  await expect(vitals.getByText("94,0 cm? Valeur précédente (Taille) : 104,0 cm.")).toBeVisible();
  await vitals.getByRole("textbox", { name: "Taille", exact: true }).fill("105");
  await vitals.getByRole("textbox", { name: "TA systolique" }).fill("150");
  await vitals.getByRole("textbox", { name: "TA diastolique" }).fill("45");
  await vitals.getByRole("button", { name: "Ajouter", exact: true }).click();
  await expect(vitals.getByText("TA 150/45 : 105 mmHg entre les deux nombres?")).toBeVisible();
  await vitals.getByRole("textbox", { name: "TA systolique" }).fill("95");
  await vitals.getByRole("button", { name: "Ajouter", exact: true }).click();
  await expect(vitals).toContainText("105,0");

  // A relative's illness is the family's.
  await add(page, "atcd père infarctus 58 ans");
  await expect(page.getByRole("option", { selected: true })).toContainText("Père");
  await page.keyboard.press("Enter");
  await expect(card(page, "Antécédents")).toContainText(/Père\s: infarctus à 58\sans/);

  // Again, it stands already; at another age, that is said.
  await add(page, "père infarctus 60 ans");
  await expect(page.getByRole("option", { selected: true })).toContainText("Déjà inscrit, à un autre moment");
  await clear();
  await add(page, "atcd père infarctus 58 ans");
  await expect(page.getByRole("option", { selected: true })).toContainText("Déjà inscrit");
  await page.keyboard.press("Enter");
  await expect(card(page, "Antécédents").getByRole("button", { name: /^Père\s: infarctus à 58\sans/ })).toBeFocused();

  // It stands already: Enter opens it; an allergy is only completed, a problem may come again.
  await add(page, "allergie penicilline urticaire");
  await expect(page.getByRole("option")).toHaveCount(1);
  await expect(page.getByRole("option", { selected: true })).toContainText("Déjà inscrit");
  await page.keyboard.press("Enter");
  const allergies = card(page, "Allergies");
  await expect(allergies.getByLabel("Réaction")).toBeVisible();
  await expect(allergies.getByRole("button", { name: /^Pénicilline/ })).toBeFocused();
  await expect(page.getByRole("list", { name: "Allergies et intolérances" })).toHaveText("Pénicilline");
  await add(page, "dx asthme");
  await expect(page.getByRole("option", { selected: true })).toContainText("Déjà inscrit");
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("option", { selected: true })).toContainText("Problème");
  await page.keyboard.press("Enter");
  await expect(card(page, "Problèmes").getByRole("button", { name: /^Asthme/ })).toHaveCount(2);

  // Said as at the bedside, and read before Enter.
  await add(page, "ta bras gauche 98/60 fc 92 rég sat 98 % aa t 37,2 buccale");
  await expect(page.getByRole("option", { selected: true })).toContainText(/98\/60.*bras gauche.*air ambiant.*buccale/);
  if (process.env.CHEVET_LOOK)
    for (const [width, height] of [
      [1440, 900],
      [390, 844],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.screenshot({ path: `${process.env.CHEVET_LOOK}/quick-${width}.png` });
    }
  await page.setViewportSize({ width: 1440, height: 900 });
  await clear();
  await add(page, "imc 17");
  await expect(page.getByText(/se calcule, et ne s’inscrit pas/)).toBeVisible();
  await clear();

  // So does a medication, and Enter goes where it is renewed.
  await add(page, "amlodipine 5 die");
  await expect(page.getByRole("option").first()).toContainText(/Déjà inscrit.*Amlodipine/);
  await clear();
  await add(page, "rx amlodipine");
  await expect(page.getByRole("option")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/medicaments$/);
  await page.goBack();
  await expect(allergies).toBeVisible();

  // And so does the form.
  await allergies.getByRole("button", { name: "Ajouter une allergie" }).click();
  const substance = allergies.getByRole("combobox", { name: "Substance" });
  await substance.fill("penicilline");
  await expect(allergies.getByText("Déjà inscrit : Pénicilline")).toBeVisible();
  await allergies.getByRole("button", { name: "Ouvrir", exact: true }).click();
  await expect(substance).toHaveValue("Pénicilline");
});

test("a result is written where its report is read, and its row leads to its graph and to the report", async ({
  page,
  context,
  baseURL,
}) => {
  const { clinic, doctor, caller, patientId } = await makeRecord();
  const report = { patientId, ...filing, documentType: "laboratory" as const, title: "Bilan" };
  const id = await sendFile(doctor, aLetter("Bilan"), "Bilan.pdf");
  await fileDocument(doctor.ctx, { id, version: 1, ...report });
  await caller.chart.sayReason({ id: newId(), patientId, reason: "patient-asked" });
  await enter(context, doctor, baseURL);
  const chart = `/clinic/${clinic.slug}/patients/${patientId}`;
  await page.goto(`${chart}/documents?doc=${id}`, { waitUntil: "networkidle" });
  await page.getByRole("button", { name: "Inscrire un résultat" }).click();
  const form = page.getByRole("dialog", { name: "Inscrire un résultat" });
  await form.getByRole("combobox", { name: "Analyse" }).fill("Potassium");
  await form.getByRole("textbox", { name: "Valeur" }).fill("4,1");
  await form.getByRole("textbox", { name: "Référence, bas" }).fill("3,5");
  await form.getByRole("textbox", { name: "Référence, haut" }).fill("5");
  await form.getByRole("button", { name: "Ajouter" }).click();
  await expect(form).toBeHidden();

  await page.goto(chart, { waitUntil: "networkidle" });
  await expect(page.getByRole("link", { name: "Rapport de Potassium" })).toHaveAttribute(
    "href",
    new RegExp(`doc=${id}$`),
  );
  await expect(page.getByRole("columnheader", { name: "Avant" })).toBeVisible();
  await page.getByRole("button", { name: "Potassium", exact: true }).click();
  await expect(
    page
      .getByRole("dialog", { name: "Courbes" })
      .getByRole("img", { name: /Potassium, 1 valeur.*Référence\s: 3,5 – 5,0 mmol\/L/ }),
  ).toBeVisible();
  await page.keyboard.press("Escape");
  // The report opens beside the note, and gives the hand back.
  await page.getByRole("link", { name: "Rapport de Potassium" }).click();
  await expect(page.locator("[data-document-place]").getByRole("heading", { name: "Bilan" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("link", { name: "Rapport de Potassium" })).toBeFocused();
});

test("OSC-1: a pressure lying and then standing is understood on one line, and says so beside its value", async ({
  page,
  context,
  baseURL,
}) => {
  const { clinic, doctor, caller, patientId } = await makeRecord();
  await caller.chart.sayReason({ id: newId(), patientId, reason: "patient-asked" });
  await enter(context, doctor, baseURL);
  await page.goto(`/clinic/${clinic.slug}/patients/${patientId}`, { waitUntil: "networkidle" });
  await add(page, "ta 128/76 couché ta 118/70 debout");
  await expect(page.getByRole("option", { selected: true })).toContainText("TA 118/70 mmHg debout");
  if (process.env.CHEVET_LOOK) await page.screenshot({ path: `${process.env.CHEVET_LOOK}/position-line.png` });
  await page.keyboard.press("Enter");
  await expect(card(page, "Signes vitaux")).toContainText("118/70");
  await expect(card(page, "Signes vitaux")).toContainText("debout");
  await add(page, "allergie pénicilline");
  await expect(page.getByRole("option", { selected: true })).toContainText("de la liste");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/Pénicilline\s:\sajoutée\./).first()).toBeVisible();
  if (process.env.CHEVET_LOOK) await page.screenshot({ path: `${process.env.CHEVET_LOOK}/position.png` });
});
