import "./instance-database.ts";
import { expect, type Page, test } from "@playwright/test";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { makeClinic, type TestClinic } from "#tests/factories/clinic.ts";
import { openPalette } from "./by-keyboard.ts";

/** The workspace by keyboard, under its own policy: nothing refused, nothing lost, everything in the journal. */

async function enter(page: Page, clinic: TestClinic, baseURL: string | undefined): Promise<string[]> {
  const refused: string[] = [];
  page.on("console", (message) => message.type() === "error" && refused.push(message.text()));
  page.on("pageerror", (error) => refused.push(error.message));
  await page.context().addCookies([{ name: "chevet-staff", value: clinic.owner.token, url: baseURL ?? "" }]);
  return refused;
}

test("a patient is found by any part of a name and opened with the keyboard alone, and the journal says so", async ({
  page,
  baseURL,
}) => {
  const clinic = await makeClinic();
  const patient = await makePatient(clinic.owner.ctx, { familyName: "Côté-Lavallée", givenName: "Éloïse" });
  const refused = await enter(page, clinic, baseURL);
  await page.goto(`/clinic/${clinic.slug}`, { waitUntil: "networkidle" });
  await openPalette(page);
  await page.keyboard.type("lavallee elo");
  await expect(page.getByRole("option", { name: /^Éloïse Côté-Lavallée/ })).toBeVisible();
  await page.keyboard.press("Enter");
  const preview = page.getByRole("dialog", { name: "Éloïse Côté-Lavallée" });
  await expect(preview).toContainText(patient.fileNumber);
  await page.keyboard.press("Escape");
  await expect(preview).toHaveCount(0);
  const events = await withStaff(clinic.owner.ctx, (db) =>
    db.auditEvent.findMany({
      where: {
        clinicId: clinic.id,
        event: { in: ["patient.searched", "patient.read"] },
        entityIds: { has: patient.id },
      },
    }),
  );
  expect(new Set(events.map(({ event }) => event))).toEqual(new Set(["patient.searched", "patient.read"]));
  expect(refused).toEqual([]);
});

test("two tabs that edit one location: the second is told, sees both versions, and loses nothing", async ({
  context,
  page,
  baseURL,
}) => {
  const clinic = await makeClinic();
  const refused = await enter(page, clinic, baseURL);
  const address = `/clinic/${clinic.slug}/locations`;
  await page.goto(address, { waitUntil: "networkidle" });
  await page.getByRole("button", { name: "Ajouter un lieu" }).first().click();
  await page.getByLabel("Nom du lieu").fill("Point de service de Saint-Roch");
  await page.getByLabel("Code postal").fill("nimporte");
  await page.getByRole("dialog").getByRole("button", { name: "Ajouter un lieu" }).click();
  await expect(page.getByRole("dialog").getByRole("alert")).toContainText("G1L 3L5");
  await expect(page.getByLabel("Nom du lieu")).toHaveValue("Point de service de Saint-Roch");
  await page.getByLabel("Code postal").fill("g1k3b6");
  await page.getByRole("dialog").getByRole("button", { name: "Ajouter un lieu" }).click();
  await expect(page.getByRole("cell", { name: /G1K 3B6/ })).toBeVisible();

  const second = await context.newPage();
  await second.goto(address, { waitUntil: "networkidle" });
  for (const [tab, city] of [
    [page, "Québec"],
    [second, "Lévis"],
  ] as const) {
    await tab.getByRole("button", { name: /Saint-Roch/ }).click();
    await tab.getByLabel("Ville").fill(city);
  }
  await page.getByRole("button", { name: "Enregistrer" }).click();
  await expect(page.getByRole("cell", { name: /Québec/ })).toBeVisible();
  await second.getByRole("button", { name: "Enregistrer" }).click();
  const told = second.getByRole("dialog", { name: /changé pendant que vous écriviez/ });
  await expect(told).toContainText("Québec");
  await expect(told).toContainText("Lévis");
  await told.getByRole("button", { name: "Enregistrer ces choix" }).click();
  await expect(second.getByRole("cell", { name: /Lévis/ })).toBeVisible();
  expect(refused.filter((line) => !/status of 4\d\d/.test(line))).toEqual([]);
});
