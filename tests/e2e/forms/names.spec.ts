import "../instance-database.ts";
import { expect, test } from "@playwright/test";
import { withStaff } from "#server/db/with-staff.ts";
import { makeClinic } from "#tests/factories/clinic.ts";
import { enter } from "../enter.ts";

/** Names as people have them: they come out as they went in, or the field says why not and keeps them. */

const names = [
  "Zoë Müller-Çelik",
  "李小龍",
  "محمد بن سلمان",
  "Ng’ang’a d’Iberville",
  "Peña Nuñez",
  "🦉 Hibou 👩🏽‍⚕️",
  "Tremblay-Côté Lévesque-O'Brien",
];
const longest = "é".repeat(199).concat("🦉");
/** Family name and given name. */
const people = [
  [names[0], names[1]],
  [names[2], names[3]],
  [names[4], names[5]],
  [names[6], longest],
].map(([family = "", given = ""]) => [family, given] as const);

test("every name is kept exactly: practitioners, locations, invitations", async ({ page, context, baseURL }) => {
  test.slow();
  const clinic = await makeClinic();
  await enter(context, clinic.owner, baseURL);
  const dialog = page.getByRole("dialog");

  await page.goto(`/clinic/${clinic.slug}/practitioners`, { waitUntil: "networkidle" });
  for (const [familyName, givenName] of people) {
    await page.getByRole("button", { name: "Inscrire un soignant" }).first().click();
    await dialog.getByRole("combobox", { name: "Profession" }).fill("méd");
    await page.getByRole("option", { name: "Médecin", exact: true }).click();
    await dialog.getByLabel("Prénom").fill(givenName);
    await dialog.getByLabel("Nom de famille").fill(familyName);
    await dialog.getByRole("button", { name: "Inscrire" }).click();
    await expect(dialog).toHaveCount(0);
    await expect(page.getByRole("row").filter({ hasText: familyName })).toBeVisible();
  }

  await page.goto(`/clinic/${clinic.slug}/locations`, { waitUntil: "networkidle" });
  await page.getByRole("button", { name: "Ajouter un lieu" }).first().click();
  await dialog.getByLabel("Nom du lieu").fill(`${longest}!`);
  await dialog.getByRole("button", { name: "Ajouter un lieu" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Nom du lieu");
  await expect(dialog.getByLabel("Nom du lieu")).toHaveValue(`${longest}!`);
  await dialog.getByLabel("Nom du lieu").fill(names[2] ?? "");
  await dialog.getByRole("button", { name: "Ajouter un lieu" }).click();
  await expect(page.getByRole("row").filter({ hasText: names[2] })).toBeVisible();

  await page.goto(`/clinic/${clinic.slug}/members`, { waitUntil: "networkidle" });
  await page.getByRole("button", { name: "Inviter" }).click();
  await dialog.getByLabel("Courriel", { exact: true }).fill("hibou@clinique.example");
  await dialog.getByLabel("Nom (facultatif)").fill(names[5] ?? "");
  await dialog.getByRole("button", { name: "Envoyer l’invitation" }).click();
  await expect(page.getByRole("row").filter({ hasText: names[5] })).toBeVisible();

  const kept = await withStaff(clinic.owner.ctx, async (db) => ({
    practitioners: await db.practitioner.findMany({ where: { clinicId: clinic.id }, orderBy: { id: "asc" } }),
    locations: await db.location.findMany({ where: { clinicId: clinic.id } }),
    invitations: await db.invitation.findMany({ where: { clinicId: clinic.id } }),
  }));
  expect(kept.practitioners.map(({ familyName, givenName }) => [familyName, givenName])).toEqual(people);
  expect(kept.locations.map(({ name }) => name)).toEqual([names[2]]);
  expect(kept.invitations.map(({ displayName }) => displayName)).toEqual([names[5]]);
});

test("a day that does not exist is never turned into another one", async ({ page, context, baseURL }) => {
  const clinic = await makeClinic();
  await enter(context, clinic.owner, baseURL);
  await page.goto(`/clinic/${clinic.slug}/journal`, { waitUntil: "networkidle" });
  const from = page.getByRole("textbox", { name: "Du", exact: true });
  for (const typed of ["2026-02-30", "2026-2-3", "31/12/2026", "hier"]) {
    await from.fill(typed);
    await from.press("Tab");
    await expect(page.getByText("Cette date n’existe pas.")).toBeVisible();
    await expect(from).toHaveValue(typed);
    expect(page.url()).not.toContain("from=");
  }
  await from.fill("2028-02-29");
  await expect(page).toHaveURL(/from=2028-02-29/);
  await expect(page.getByText("Cette date n’existe pas.")).toHaveCount(0);
  // The address is read again before it bounds the other field.
  await expect(page.getByRole("link", { name: "Exporter en CSV" })).toHaveAttribute("href", /from=2028-02-29/);
  const to = page.getByRole("textbox", { name: "Au", exact: true });
  await to.fill("2028-02-28");
  await to.press("Tab");
  await expect(page.getByText("Pas avant le 2028-02-29.")).toBeVisible();
});
