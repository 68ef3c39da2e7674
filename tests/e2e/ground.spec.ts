import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { fileDocument } from "#server/document/file-document.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { makeMember, signIn } from "#tests/factories/clinic.ts";
import { aLetter, card, sendFile } from "#tests/factories/document.ts";
import { makeRecord } from "#tests/factories/record.ts";
import { makeTask } from "#tests/factories/task.ts";
import { press, tabTo } from "./by-keyboard.ts";
import { enter } from "./enter.ts";
import { adminUrl } from "./instance-database.ts";

test("AC-22: a reason that no longer holds is asked for in place, and what was typed goes on by itself", async ({
  page,
  context,
  baseURL,
}) => {
  const { clinic, doctor, patientId } = await makeRecord();
  const expire = () =>
    asAdmin(adminUrl, (admin) =>
      admin.query(
        "update clinic.chart_opening set created_at = now() - interval '13 hours', expires_at = now() - interval '1 hour' where patient_id = $1",
        [patientId],
      ),
    );
  await enter(context, doctor, baseURL);
  await page.goto(`/clinic/${clinic.slug}/patients/${patientId}`, { waitUntil: "networkidle" });
  const quick = page.getByRole("combobox", { name: /Ajouter au dossier/ });
  const vitals = page.getByRole("region", { name: "Signes vitaux" });
  const dialog = page.getByRole("dialog", { name: "Pourquoi ouvrez-vous ce dossier?" });

  // Every card has been read: what is asked for later is asked by hand.
  await expect(page.locator("article [role=status] > .cv-visually-hidden")).toHaveCount(0);
  // The chart was left open over the night.
  await expire();
  await tabTo(page, quick);
  await page.keyboard.type("ta 128/76");
  await expect(page.getByRole("option", { selected: true })).toContainText("TA 128/76 mmHg");
  await page.keyboard.press("Enter");
  await expect(dialog).toBeVisible();
  await expect(dialog.getByLabel("Je remplace la personne qui la suit")).toBeFocused();
  const { violations } = await new AxeBuilder({ page }).include("[role=dialog]").analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  // No reason is chosen beforehand.
  await page.keyboard.press("Enter");
  await expect(dialog.getByText("Choisissez pourquoi vous ouvrez ce dossier.")).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(vitals).toContainText("128/76");

  // Not opened after all: it is said, and nothing is written.
  await expire();
  await tabTo(page, quick);
  await page.keyboard.type("pouls 72");
  await expect(page.getByRole("option", { selected: true })).toContainText("Pouls 72");
  await page.keyboard.press("Enter");
  await press(page, dialog.getByRole("button", { name: "Ne pas ouvrir" }));
  await expect(dialog).toBeHidden();
  await expect(page.getByText("Dites d’abord pourquoi vous ouvrez ce dossier.").first()).toBeVisible();
  const kept = await asAdmin(adminUrl, (admin) =>
    admin.query("select code from clinic.observation where patient_id = $1 order by code", [patientId]),
  );
  expect(kept.rows.map(({ code }) => code)).not.toContain("heart-rate");
});

test("AC-22: a window that a link opened on the chart of somebody else leaves it for the clinic's own page", async ({
  page,
  context,
  baseURL,
}) => {
  const { clinic, patientId } = await makeRecord();
  const other = await makeMember(clinic, "professional");
  await enter(context, await signIn(other.userId, other.email, clinic.slug), baseURL);
  await page.goto(`/clinic/${clinic.slug}/patients/${patientId}`, { waitUntil: "networkidle" });
  await press(page, page.getByRole("button", { name: "Revenir" }));
  await expect(page).toHaveURL(new RegExp(`/clinic/${clinic.slug}$`));
});

test("AC-22: the clinic's lists withhold what is said of somebody whom one does not follow, and show it once one says why", async ({
  page,
  context,
  baseURL,
}) => {
  const { clinic, doctor, patientId } = await makeRecord();
  const owner = { kind: "user" as const, userId: doctor.userId };
  await makeTask(doctor, { patientId, clinical: true, title: "Annoncer la biopsie positive", owner });
  const id = await sendFile(doctor, aLetter("Carcinome infiltrant"), "biopsie.pdf");
  await fileDocument(doctor.ctx, { ...card, id, version: 1, patientId, title: "Biopsie du sein droit" });
  const other = await makeMember(clinic, "professional");
  await enter(context, await signIn(other.userId, other.email, clinic.slug), baseURL);
  const dialog = page.getByRole("dialog", { name: "Pourquoi ouvrez-vous ce dossier?" });

  await page.goto(`/clinic/${clinic.slug}/taches`, { waitUntil: "networkidle" });
  await page.getByRole("radio", { name: "Toutes" }).locator("..").click();
  const row = page.getByRole("row", { name: /Tâche clinique/ });
  await expect(row).toBeVisible();
  await expect(page.locator("body")).not.toContainText("biopsie");
  const { violations } = await new AxeBuilder({ page }).include("main").analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  // Opened, it is whose and when, and neither done nor changed.
  await press(page, row.getByRole("button", { name: "Tâche clinique" }));
  const pane = page.getByRole("dialog", { name: "Tâche clinique" });
  await expect(pane).toContainText("Son contenu ne s’affiche pas");
  await expect(pane.getByRole("button", { name: "C’est fait" })).toHaveCount(0);
  await expect(pane.getByRole("button", { name: "Modifier" })).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(pane).toBeHidden();
  // Not said after all: nothing is shown.
  const why = row.getByRole("button", { name: /^Dire pourquoi, dossier de / });
  await press(page, why);
  await press(page, dialog.getByRole("button", { name: "Ne pas ouvrir" }));
  await expect(dialog).toBeHidden();
  await expect(why).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dialog.getByLabel("Je remplace la personne qui la suit")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  const shown = page.getByRole("button", { name: /Annoncer la biopsie positive/ });
  await expect(shown).toBeFocused();

  // Said once, it holds for the documents too; of another day, it is asked for there.
  const search = async () => {
    await page.goto(`/clinic/${clinic.slug}/boite`, { waitUntil: "networkidle" });
    await page.getByRole("radio", { name: "Tous" }).locator("..").click();
  };
  await search();
  await expect(page.getByRole("button", { name: /Biopsie du sein droit/ })).toBeVisible();
  await asAdmin(adminUrl, (admin) =>
    admin.query(
      "update clinic.chart_opening set created_at = now() - interval '13 hours', expires_at = now() - interval '1 hour' where patient_id = $1 and author_id = $2",
      [patientId, other.userId],
    ),
  );
  await search();
  await expect(page.getByRole("button", { name: /^Contenu non affiché Imagerie/ })).toBeVisible();
  await expect(page.locator("body")).not.toContainText("Biopsie");
  await press(page, page.getByRole("button", { name: /^Dire pourquoi, dossier de / }));
  await dialog.getByLabel("Elle me l’a demandé").check();
  await press(page, dialog.getByRole("button", { name: "Continuer" }));
  await expect(page.getByRole("button", { name: /Biopsie du sein droit/ })).toBeVisible();
});
