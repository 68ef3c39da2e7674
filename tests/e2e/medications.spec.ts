import "./instance-database.ts";
import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { newId } from "#server/db/new-id.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeClinic } from "#tests/factories/clinic.ts";
import { amlodipine, makePrescriber } from "#tests/factories/prescriber.ts";

test("OSC-9, DM-2: by keyboard, four are renewed, one dose changed, signed and printed; a killed page loses nothing", async ({
  page,
  baseURL,
}) => {
  const clinic = await makeClinic("Clinique Rive-Claire");
  const doctor = await makePrescriber(clinic);
  const caller = callerOf(doctor, clinic);
  const { id: patientId } = await makePatient(clinic.owner.ctx, { birthDate: "1958-03-14" });
  await caller.chart.sayReason({ id: newId(), patientId, reason: "covering" });
  for (const more of [
    { strength: "5 mg" },
    { label: "Candésartan", strength: "16 mg" },
    { label: "Empagliflozine", frequency: "1-morning" as const },
    {
      label: "Metformine",
      strength: "500 mg",
      frequency: "2-day" as const,
      quantity: "180",
      instructions: "aux repas",
    },
  ]) {
    const { medicationId: id, replaces: _replaces, ...card } = amlodipine(more);
    await caller.medication.add({ id, patientId, ...card });
  }
  await caller.allergy.add({ id: newId(), patientId, substance: "Pénicilline", reaction: "urticaire" });
  const refused: string[] = [];
  page.on("console", (message) => message.type() === "error" && refused.push(message.text()));
  page.on("pageerror", (error) => refused.push(error.message));
  await page.context().addCookies([{ name: "chevet-staff", value: doctor.token, url: baseURL ?? "" }]);
  await page.setViewportSize({ width: 1440, height: 900 });
  const address = `/clinic/${clinic.slug}/patients/${patientId}/medicaments`;
  await page.goto(address, { waitUntil: "networkidle" });
  await expect(page.getByText("Les interactions ne sont pas vérifiées.")).toBeVisible();

  await page.keyboard.press("t");
  await expect(page.getByText("4 ordonnances complètes")).toBeVisible();
  await page.getByRole("button", { name: "Changer Amlodipine 5 mg" }).focus();
  await page.keyboard.press("Enter");
  const strength = page.getByLabel("Teneur");
  await strength.focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("10 mg");
  await expect(page.getByText("Dose changée")).toBeVisible();
  // Nothing slides sideways, the line that is open included.
  expect(await page.evaluate(sliding)).toEqual([]);
  await expect(page.getByText(/^Enregistré à/)).toBeVisible();

  await page.reload({ waitUntil: "networkidle" });
  await expect(page.getByText("(remplace 5 mg, à cesser)")).toBeVisible();
  await page.screenshot({ path: test.info().outputPath("medications-1440.png") });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 820, height: 1100 });
  await page.screenshot({ path: test.info().outputPath("medications-820.png"), fullPage: true });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: test.info().outputPath("medications-390.png"), fullPage: true });
  await page.setViewportSize({ width: 1440, height: 900 });

  const download = page.waitForEvent("download");
  await page.keyboard.press("Control+Enter");
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^ordonnance-\d{4}-000001\.pdf$/);
  expect((await readFile(await file.path())).subarray(0, 5).toString()).toBe("%PDF-");
  await file.saveAs(test.info().outputPath("ordonnance.pdf"));
  await expect(page.getByText("Rien de choisi")).toBeVisible();
  const { medications, prescriptions } = await caller.medication.read({ patientId });
  expect(medications.map(({ label, strength: now }) => `${label} ${now}`)).toContain("Amlodipine 10 mg");
  expect(prescriptions).toMatchObject([{ status: "signed", number: 1 }]);
  expect(refused).toEqual([]);
});

/** What is wider than the place that it has. */
const sliding = () =>
  [...document.querySelectorAll("html, body, body *")]
    .filter((one) => one.scrollWidth > one.clientWidth + 1)
    .filter((one) => one === document.documentElement || /auto|scroll/.test(getComputedStyle(one).overflowX))
    .map((one) => `${one.tagName} ${one.className} ${one.scrollWidth} > ${one.clientWidth}`);

test("what a colleague stopped meanwhile is not signed: who, when and why are shown, and the doctor chooses", async ({
  page,
  baseURL,
}) => {
  const clinic = await makeClinic("Clinique Rive-Claire");
  const [doctor, colleague] = [await makePrescriber(clinic), await makePrescriber(clinic)];
  const { id: patientId } = await makePatient(clinic.owner.ctx, { birthDate: "1958-03-14" });
  for (const member of [doctor, colleague])
    await callerOf(member, clinic).chart.sayReason({ id: newId(), patientId, reason: "covering" });
  const drugs = [amlodipine({ label: "Warfarine", strength: "5 mg" }), amlodipine()];
  for (const { medicationId: id, replaces: _replaces, ...card } of drugs)
    await callerOf(doctor, clinic).medication.add({ id, patientId, ...card });
  await page.context().addCookies([{ name: "chevet-staff", value: doctor.token, url: baseURL ?? "" }]);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`/clinic/${clinic.slug}/patients/${patientId}/medicaments`, { waitUntil: "networkidle" });
  await page.keyboard.press("t");
  await expect(page.getByText(/^Enregistré à/)).toBeVisible();

  const warfarin = { id: drugs[0]?.medicationId ?? "", version: 1, reason: "Hémorragie digestive" };
  await callerOf(colleague, clinic).medication.stop(warfarin);
  await page.keyboard.press("Control+Enter");
  const told = page.getByRole("alert").filter({ hasText: "Warfarine 5 mg" });
  await expect(told).toContainText("Hémorragie digestive");
  await expect(told).toBeFocused();
  // Nothing of the basket is lost.
  await expect(page.getByText("2 ordonnances complètes")).toBeVisible();
  await page.screenshot({ path: test.info().outputPath("ended-1440.png") });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 820, height: 1180 });
  await page.screenshot({ path: test.info().outputPath("ended-820.png") });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: test.info().outputPath("ended-390.png") });
  await page.setViewportSize({ width: 1440, height: 900 });

  await told.getByRole("button", { name: "Retirer de l’ordonnance" }).click();
  await expect(told).toBeHidden();
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText(/Ordonnance n° .* signée/)).toBeVisible();
  const { medications } = await callerOf(doctor, clinic).medication.read({ patientId });
  expect(medications.map(({ label, status }) => [label, status])).toEqual([
    ["Amlodipine", "active"],
    ["Warfarine", "stopped"],
  ]);
});
