import "./instance-database.ts";
import { expect, type Page, test } from "@playwright/test";
import { makePatient, syntheticNam } from "#prisma/seed/fictional-patient.ts";
import { makeClinic } from "#tests/factories/clinic.ts";
import { enter } from "./enter.ts";

/** The register at the front desk: a person registered by the keys alone, a look-alike told in time, a file completed. */

const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name });

/** Types as a receptionist does, and counts each key. */
function counting(page: Page) {
  const count = { keys: 0 };
  return {
    count,
    type: async (text: string) => {
      count.keys += text.length;
      await page.keyboard.type(text);
    },
    press: async (key: string, times = 1) => {
      for (let at = 0; at < times; at += 1) await page.keyboard.press(key);
      count.keys += times;
    },
  };
}

test("a patient is registered by the keys alone, and the card fills what it knows", async ({
  page,
  context,
  baseURL,
}) => {
  const clinic = await makeClinic();
  await enter(context, clinic.owner, baseURL);
  await page.goto(`/clinic/${clinic.slug}/patients`, { waitUntil: "networkidle" });
  await expect(page.getByText("Personne n’est encore inscrit")).toBeVisible();
  await page.keyboard.press("n");
  await expect(heading(page, "Nouveau patient")).toBeVisible();
  await page.waitForLoadState("networkidle");
  const { count, type, press } = counting(page);
  await page.getByLabel("Nom de famille").focus();
  await type("Lafrenière");
  await press("Tab");
  await type("Ginette");
  await press("Tab");
  await type(syntheticNam("Lafrenière", "Ginette", "1958-03-12", "female").toLowerCase());
  await expect(page.getByLabel("Date de naissance")).toHaveValue("1958-03-12");
  await expect(page.getByRole("radio", { name: "F", exact: true })).toBeChecked();
  await expect(page.getByText("Le NAM concorde avec la personne.")).toBeVisible();
  await press("Tab");
  await type("3105");
  await press("Tab");
  await expect(page.getByLabel("Expiration")).toHaveValue("2031-05");
  await page.getByLabel("Cellulaire").focus();
  await type("4185550142");
  await press("Enter");
  await expect(page.getByText(/Ginette Lafrenière.: dossier 1001, inscrit/)).toBeVisible();
  await expect(page).toHaveURL(/\/patients\/[0-9a-f-]{36}$/);
  // Some fifty keys: well under a minute for anybody who types.
  expect(count.keys).toBeLessThan(70);

  await page.goto(`/clinic/${clinic.slug}/patients`, { waitUntil: "networkidle" });
  const row = page.getByRole("row", { name: /Lafrenière, Ginette/ });
  await expect(row).toContainText("418 555-0142");
  await expect(row).toContainText("F");
});

test("a look-alike is told while one types, and never blocks", async ({ page, context, baseURL }) => {
  const clinic = await makeClinic();
  const sam = { familyName: "Côté", givenName: "Sam", birthDate: "1988-02-29" };
  await makePatient(clinic.owner.ctx, { ...sam, sex: "other", gender: "non binaire" });
  await enter(context, clinic.owner, baseURL);
  await page.goto(`/clinic/${clinic.slug}/patients/inscription`, { waitUntil: "networkidle" });
  await page.getByLabel("Nom de famille").fill("Cote");
  await page.getByLabel("Prénom").fill("Sam");
  const pane = page.getByRole("complementary", { name: "Dossiers semblables" });
  // The name alone tells already, in softer words.
  await expect(pane).toContainText("Une personne inscrite s’en approche.");
  await page.getByLabel("Date de naissance").fill("1988-02-29");
  await page.getByLabel("Cellulaire").focus();
  await expect(pane).toContainText("Sam Côté");
  await expect(pane).toContainText("même naissance, nom semblable");
  await page.getByRole("button", { name: /Inscrire quand même/ }).click();
  await expect(page.getByText(/Sam Cote.: dossier 1002, inscrit/)).toBeVisible();
});

test("a doctor is added by keyboard without losing the form, and the key of the form waits for them", async ({
  page,
  context,
  baseURL,
}) => {
  const clinic = await makeClinic();
  await enter(context, clinic.owner, baseURL);
  await page.goto(`/clinic/${clinic.slug}/patients/inscription`, { waitUntil: "networkidle" });
  await page.getByLabel("Nom de famille").fill("Gagnon");
  await page.getByLabel("Prénom").fill("Thomas");
  const doctor = page.getByRole("combobox", { name: "Médecin de famille" });
  const begin = async () => {
    await doctor.focus();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("Karim Benali");
    const offer = page.getByRole("option", { name: /Ajouter « Karim Benali »/ });
    await expect(offer).toHaveAttribute("data-combobox-selected", "true");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("group", { name: "Ajouter le médecin" })).toBeVisible();
  };
  await begin();
  await page.getByRole("group", { name: "Ajouter le médecin" }).getByRole("button", { name: "Annuler" }).press("Enter");
  await expect(doctor).toBeFocused();
  await begin();
  await page.getByRole("group", { name: "Ajouter le médecin" }).getByRole("button", { name: "Annuler" }).press("Enter");
  // Enter, Tab and the key of the form, pressed before the answer is there, wait for it: no word is dropped.
  for (const key of ["Enter", "Tab", "Control+Enter"]) {
    await doctor.focus();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("Karim Benali");
    await page.keyboard.press(key);
    await expect(page.getByRole("group", { name: "Ajouter le médecin" })).toBeVisible();
    if (key !== "Control+Enter")
      await page
        .getByRole("group", { name: "Ajouter le médecin" })
        .getByRole("button", { name: "Annuler" })
        .press("Enter");
  }
  // From elsewhere in the form, it is not registered without them.
  await page.getByLabel("Cellulaire").focus();
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("button", { name: "Ajouter le médecin" })).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Control+Enter");
  await expect(doctor).toHaveValue("Karim Benali");
  await expect(doctor).toBeFocused();
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText(/Thomas Gagnon.: dossier 1001, inscrit/)).toBeVisible();
  // Nobody wrote a birth date: the bar that never leaves says so.
  await expect(page.getByText("Naissance non notée")).toBeVisible();
});

test("a file is completed part by part, and a list is kept", async ({ page, context, baseURL }) => {
  const clinic = await makeClinic();
  const { ctx } = clinic.owner;
  const { id } = await makePatient(ctx, {
    familyName: "Gagnon",
    givenName: "Léo",
    birthDate: "2020-05-04",
    relatedPersons: [{ relationship: "mother", familyName: "Gagnon", givenName: "Anne", mayAct: true }],
  });
  await makePatient(ctx, { familyName: "Roy", givenName: "Ève", language: "en" });
  await enter(context, clinic.owner, baseURL);
  await page.goto(`/clinic/${clinic.slug}/patients/${id}/fiche`, { waitUntil: "networkidle" });
  await expect(page.getByText("Peut agir aujourd’hui")).toBeVisible();
  await page.getByRole("button", { name: "Ajouter une alerte" }).click();
  await page.getByRole("textbox", { name: "Ce qu’il faut savoir" }).fill("Sourd de l’oreille gauche");
  await page.getByRole("dialog").getByRole("button", { name: "Ajouter une alerte" }).click();
  await expect(page.getByText("Sourd de l’oreille gauche")).toBeVisible();
  await page.getByRole("button", { name: "Inscrire un consentement" }).click();
  await page.getByRole("combobox", { name: "Pour" }).click();
  await page.getByRole("option", { name: "Parler à un proche" }).click();
  await page.getByLabel("Ce qui est permis exactement").fill("Résultats à sa grand-mère");
  await page.getByRole("combobox", { name: "Donné par" }).click();
  await page.getByRole("option", { name: "Anne Gagnon" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Inscrire un consentement" }).click();
  await expect(page.getByText(/De vive voix, par Anne Gagnon/)).toBeVisible();

  await page.goto(`/clinic/${clinic.slug}/patients`, { waitUntil: "networkidle" });
  await page.getByLabel("Avec une alerte").check();
  await expect(page.getByRole("row", { name: /Roy, Ève/ })).toHaveCount(0);
  await page.getByRole("button", { name: "Garder cette liste" }).click();
  await page.getByLabel("Nom de la liste").fill("Alertes");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Tout afficher" }).click();
  await expect(page.getByRole("row", { name: /Roy, Ève/ })).toBeVisible();
  await page.getByRole("button", { name: "Listes" }).click();
  await page.getByRole("menuitem", { name: "Alertes" }).click();
  await expect(page.getByRole("row", { name: /Roy, Ève/ })).toHaveCount(0);
});

test("two records become one, and two again", async ({ page, context, baseURL }) => {
  const clinic = await makeClinic();
  const { ctx } = clinic.owner;
  const first = await makePatient(ctx, { familyName: "Ouellet", givenName: "Rose", birthDate: "1971-01-02" });
  const second = await makePatient(ctx, { familyName: "Ouellette", givenName: "Rose", birthDate: "1971-01-02" });
  await enter(context, clinic.owner, baseURL);
  await page.goto(`/clinic/${clinic.slug}/patients/${first.id}/fiche`, { waitUntil: "networkidle" });
  await page.getByRole("link", { name: "Fusionner avec un autre dossier" }).click();
  await page.getByRole("combobox", { name: "Chercher l’autre dossier" }).fill(second.fileNumber);
  await page.getByRole("option", { name: /Rose Ouellette/ }).click();
  await expect(page.getByRole("row", { name: /Nom de famille/ })).toContainText("Différent");
  await page.getByLabel(/Comment savez-vous/).fill("Même personne, confirmé au téléphone");
  await page.getByRole("button", { name: "Fusionner les deux dossiers" }).click();
  await expect(page.getByText(/Dossiers fusionnés.:/)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(`Dossier ${second.fileNumber}, Rose Ouellette`)).toBeVisible();

  await page.goto(`/clinic/${clinic.slug}/patients`, { waitUntil: "networkidle" });
  await expect(page.getByRole("row", { name: /Ouellet, Rose/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /Ouellette, Rose/ })).toHaveCount(0);

  await page.goto(`/clinic/${clinic.slug}/patients/${first.id}/fiche`, { waitUntil: "networkidle" });
  await page.getByRole("button", { name: `Séparer : ${second.fileNumber}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Séparer" }).click();
  await expect(page.getByText("Séparé", { exact: true })).toBeVisible({ timeout: 30_000 });
  await page.goto(`/clinic/${clinic.slug}/patients`, { waitUntil: "networkidle" });
  await expect(page.getByRole("row", { name: /Ouellette, Rose/ })).toBeVisible();
});

test("a register is brought from a file, its faults told in their cells, and taken back", async ({
  page,
  context,
  baseURL,
}) => {
  const clinic = await makeClinic();
  await enter(context, clinic.owner, baseURL);
  await page.goto(`/clinic/${clinic.slug}/patients/importation`, { waitUntil: "networkidle" });
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choisir un fichier CSV" }).first().click();
  const file =
    "Nom;Prénom;Date de naissance;Code postal;Adresse\nRoy;Ève;1980-02-03;G1R 2B5;1, rue A\nCôté;Zoé;31/02/1990;;\n";
  await (await chooser).setFiles({ name: "patients.csv", mimeType: "text/csv", buffer: Buffer.from(file, "latin1") });
  await expect(heading(page, "patients.csv")).toBeVisible();
  await expect(page.getByRole("combobox", { name: /Prénom/ })).toHaveValue("Prénom");
  await page.getByRole("button", { name: /Vérifier les 2 lignes/ }).click();
  await expect(page.getByText("Cette date n’existe pas. Écrivez-la AAAA-MM-JJ.")).toBeVisible({ timeout: 30_000 });
  await page.getByRole("button", { name: "Importer une personne" }).click();
  await expect(page.getByRole("button", { name: "Annuler l’importation" })).toBeVisible({ timeout: 30_000 });
  await page.goto(`/clinic/${clinic.slug}/patients`, { waitUntil: "networkidle" });
  await expect(page.getByRole("row", { name: /Roy, Ève/ })).toBeVisible();
  await page.goBack();
  await page.getByRole("button", { name: "Annuler l’importation" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Annuler l’importation" }).click();
  await expect(page.getByText("Annulé", { exact: true })).toBeVisible({ timeout: 30_000 });
  await page.goto(`/clinic/${clinic.slug}/patients`, { waitUntil: "networkidle" });
  await expect(page.getByText("Personne n’est encore inscrit")).toBeVisible();
});
