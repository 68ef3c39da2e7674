import "./instance-database.ts";
import { expect, test } from "@playwright/test";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { newId } from "#server/db/new-id.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeClinic, makeMember } from "#tests/factories/clinic.ts";
import { referralContent, signTestReferral } from "#tests/factories/letter.ts";
import { makePrescriber } from "#tests/factories/prescriber.ts";
import { enter } from "./enter.ts";

test("the front desk sends a request and books its consultation, and reads no word of why", async ({
  page,
  context,
  baseURL,
}) => {
  const clinic = await makeClinic("Clinique Rive-Claire");
  const doctor = await makePrescriber(clinic);
  const desk = await makeMember(clinic, "assistant");
  const { id: patientId } = await makePatient(clinic.owner.ctx, { language: "fr" });
  const correspondentId = newId();
  await callerOf(doctor, clinic).correspondent.add({
    id: correspondentId,
    kind: "practitioner",
    givenName: "Chantal",
    familyName: "Lemay",
    fax: "418 555-0142",
  });
  const recipient = { kind: "correspondent", correspondentId, name: "Dre Chantal Lemay" };
  await signTestReferral(clinic, doctor, patientId, referralContent({ recipient, priority: "b" }));
  await enter(context, desk, baseURL);
  await page.goto(`/clinic/${clinic.slug}/consultations`, { waitUntil: "networkidle" });
  const row = page.getByRole("listitem").filter({ hasText: "Dre Chantal Lemay" });
  await expect(row).toContainText("Ophtalmologie");
  await expect(row).toContainText("418 555-0142");
  await expect(row.getByText("Urgent")).toBeVisible();
  await expect(page.locator("main")).not.toContainText("Rétinopathie");
  await row.getByRole("button", { name: "Marquer comme envoyée" }).click();
  await row.getByRole("button", { name: "Marquer comme envoyée" }).click();
  await expect(page.getByText("Demande marquée comme envoyée")).toBeVisible();
  await expect(page.getByText("Aucune demande à envoyer")).toBeVisible();
  await page.getByRole("combobox", { name: "Quelles demandes" }).click();
  await page.getByRole("option", { name: "En cours" }).click();
  await row.getByRole("button", { name: "Rendez-vous donné" }).click();
  await row.getByLabel("Rendez-vous le").fill("2099-01-05");
  await row.getByLabel("Précision").fill("9 h");
  await row.getByRole("button", { name: "Rendez-vous donné" }).click();
  await expect(row).toContainText("Rendez-vous le 2099-01-05");
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  }
});
