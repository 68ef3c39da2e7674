import "./instance-database.ts";
import { expect, test } from "@playwright/test";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { makeClinic } from "#tests/factories/clinic.ts";
import { makeRequest } from "#tests/factories/request-person.ts";
import { makeSchedule } from "#tests/factories/schedule.ts";

/** Online bookings wait to be matched; each gesture is one press, and is taken back by one. */

test("reception says whose record an online booking is, takes it back, and opens a record for somebody new", async ({
  page,
  baseURL,
}) => {
  const clinic = await makeClinic();
  const place = await makeSchedule(clinic);
  await makePatient(clinic.owner.ctx, {
    familyName: "Ouellet",
    givenName: "Noémie",
    birthDate: "1991-02-03",
    contacts: [],
  });
  await makeRequest(place, {
    familyName: "OUELLET",
    givenName: "Noemie",
    birthDate: "1991-02-03",
    at: "2027-03-01 09:00",
  });
  await makeRequest(place, {
    familyName: "Nguyen",
    givenName: "Minh",
    birthDate: "1970-01-01",
    at: "2027-03-01 10:00",
  });
  await page.context().addCookies([{ name: "chevet-staff", value: clinic.owner.token, url: baseURL ?? "" }]);
  await page.goto(`/clinic/${clinic.slug}/demandes`, { waitUntil: "networkidle" });
  await expect(page.getByText("2 demandes attendent")).toBeVisible();
  // Each has a field of its own, named by its own label.
  await expect(page.getByRole("combobox", { name: "Patient", exact: true })).toHaveCount(2);

  const known = page.getByRole("listitem", { name: "Noemie OUELLET" });
  await expect(known).toContainText("mêmes noms · même naissance");
  await known.getByRole("button", { name: /C’est cette personne/ }).press("Enter");
  await expect(page.getByText("1 demande attend")).toBeVisible();
  // The one that takes its place has the focus; the toast's undo gives it back there.
  const next = page.getByRole("heading", { name: "Minh Nguyen" });
  await expect(next).toBeFocused();
  await page.getByRole("button", { name: "Annuler" }).press("Enter");
  await expect(page.getByText("2 demandes attendent")).toBeVisible();
  await expect(next).toBeFocused();
  await known.getByRole("button", { name: /C’est cette personne/ }).click();
  await expect(known).toHaveCount(0);

  const stranger = page.getByRole("listitem", { name: "Minh Nguyen" });
  await expect(stranger).toContainText("Aucun dossier ne ressemble");
  await stranger.getByRole("button", { name: "Ouvrir un dossier" }).click();
  await expect(page.getByText("Aucune demande à vérifier")).toBeVisible();
  await page.getByText("Jointes", { exact: true }).click();
  await expect(page.getByRole("listitem", { name: "Minh Nguyen" })).toBeVisible();
});
