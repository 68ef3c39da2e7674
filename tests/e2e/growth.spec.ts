import "./instance-database.ts";
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { plantInventedGrowth } from "#prisma/seed/fictional-growth.ts";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { newId } from "#server/db/new-id.ts";
import { todayIn } from "#server/patient/today.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeClinic, makeMember } from "#tests/factories/clinic.ts";
import { daysAgo, measure } from "#tests/factories/record.ts";
import { openPalette, press, tabTo } from "./by-keyboard.ts";
import { enter } from "./enter.ts";

/** A child's growth as a family doctor looks at it: from the chart and back, by the keyboard. */

/** As the clinic has it, where the day may be the one before. */
const day = (ago: number) => todayIn("America/Toronto", daysAgo(ago));

async function makeChild(sex: "female" | null, ageInDays: number) {
  const clinic = await makeClinic();
  const doctor = await makeMember(clinic, "professional");
  const { id: patientId } = await makePatient(clinic.owner.ctx, { sex, birthDate: day(ageInDays), language: "fr" });
  const caller = callerOf(doctor, clinic);
  await caller.chart.sayReason({ id: newId(), patientId, reason: "patient-asked" });
  return { clinic, doctor, patientId, caller };
}

test("a baby's curves: from the card, by key and by palette; where she stands, in words; printed, and back", async ({
  page,
  context,
  baseURL,
}) => {
  await plantInventedGrowth();
  const girl = await makeChild("female", 400);
  await measure(
    girl,
    [
      ["weight", "3,3"],
      ["height", "49,5"],
      ["head-circumference", "34"],
    ],
    daysAgo(399),
  );
  await measure(
    girl,
    [
      ["weight", "7,3"],
      ["height", "66"],
    ],
    daysAgo(200),
  );
  await measure(
    girl,
    [
      ["weight", "5,6"],
      ["height", "75"],
    ],
    daysAgo(10),
  );
  await enter(context, girl.doctor, baseURL);
  const chart = `/clinic/${girl.clinic.slug}/patients/${girl.patientId}`;
  await page.goto(chart, { waitUntil: "networkidle" });

  // Beside the value, where she stands; said in words to whoever listens, and said to be invented.
  const vitals = page.getByRole("region", { name: /^Signes vitaux/ });
  await expect(vitals.getByRole("button", { name: /Taille 75,0 cm percentile \d+ \(inventé\)/ })).toBeVisible();

  await press(page, vitals.getByRole("link", { name: "Croissance" }));
  await expect(page).toHaveURL(new RegExp(`${chart}/croissance$`));
  const growth = page.getByRole("region", { name: "Courbes de croissance" });
  await expect(growth.getByText("Courbes inventées, pour la démonstration")).toBeVisible();
  await expect(growth.getByRole("heading", { name: "Poids selon l’âge" })).toBeVisible();
  const drawing = growth.getByRole("img", { name: /^Poids selon l’âge, 0 à 24 mois\. 3 mesures\./ });
  await expect(drawing).toHaveAccessibleName(
    /5,6 kg à 12 mois, le .+ percentile < 0,1, score z −\d,\d\d\. Sous la courbe/,
  );
  await expect(growth.getByText(`Sous la courbe du 3e percentile depuis le ${day(10)}.`)).toBeVisible();
  await expect(growth.getByRole("row")).toHaveCount(1 + 3);
  await expect(growth.getByRole("row", { name: /5,6 < 0,1 sous le 3e −/ })).toBeVisible();

  // A number chooses; so do the arrows, from tab to tab.
  await page.keyboard.press("4");
  await expect(growth.getByRole("heading", { name: "Poids selon la longueur" })).toBeVisible();
  await page.keyboard.press("2");
  await expect(growth.getByRole("heading", { name: "Taille selon l’âge" })).toBeVisible();
  await tabTo(page, growth.getByRole("tab", { name: "Taille" }));
  await page.keyboard.press("ArrowRight");
  await expect(growth.getByRole("heading", { name: "Périmètre crânien selon l’âge" })).toBeVisible();
  // On paper: who, what and the drawing, and nothing to press.
  await page.keyboard.press("1");
  await page.emulateMedia({ media: "print" });
  await expect(growth.getByRole("button", { name: "Imprimer" })).toBeHidden();
  await expect(growth.getByRole("tab", { name: "Taille" })).toBeHidden();
  await expect(page.getByRole("navigation").first()).toBeHidden();
  await expect(drawing).toBeVisible();
  await page.screenshot({ path: test.info().outputPath("growth-print.png"), fullPage: true });
  await page.emulateMedia({ media: "screen" });
  await page.keyboard.press("0");
  await page.keyboard.press("4");
  await expect(growth.getByText("Aucune mesure à cet âge.")).toBeVisible();

  const { violations } = await new AxeBuilder({ page }).include("section").analyze();
  expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);

  await press(page, growth.getByRole("link", { name: "Revenir au dossier" }));
  await expect(page).toHaveURL(new RegExp(`${chart}$`));
  await expect(async () => {
    await page.keyboard.press("c");
    await expect(page).toHaveURL(/\/croissance$/, { timeout: 3000 });
  }).toPass();
  await page.goBack();
  await openPalette(page);
  await page.keyboard.insertText("courbes de croissance");
  await expect(page.getByRole("option", { name: /Courbes de croissance/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/croissance$/);
});

test("without a sex on file, a child has points alone, and the page says why; a grown person has no such page in sight", async ({
  page,
  context,
  baseURL,
}) => {
  const one = await makeChild(null, 1500);
  await measure(one, [["weight", "16"]], daysAgo(20));
  await enter(context, one.doctor, baseURL);
  await page.goto(`/clinic/${one.clinic.slug}/patients/${one.patientId}/croissance`, { waitUntil: "networkidle" });
  await expect(page.getByText("les mesures sont montrées seules")).toBeVisible();
  await page.keyboard.press("2");
  await expect(page.getByRole("img", { name: /^Poids selon l’âge, 2 à 19 ans\. 1 mesure\./ })).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "Percentile" })).toHaveCount(0);

  const { id: grown } = await makePatient(one.clinic.owner.ctx, { birthDate: "1990-01-01", language: "fr" });
  await one.caller.chart.sayReason({ id: newId(), patientId: grown, reason: "patient-asked" });
  await page.goto(`/clinic/${one.clinic.slug}/patients/${grown}`, { waitUntil: "networkidle" });
  await expect(page.getByRole("button", { name: /^Signes vitaux/ })).toBeVisible();
  await expect(page.getByRole("link", { name: "Croissance" })).toHaveCount(0);
});
