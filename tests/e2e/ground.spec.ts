import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { asAdmin } from "#tests/database/as-admin.ts";
import { makeMember, signIn } from "#tests/factories/clinic.ts";
import { makeRecord } from "#tests/factories/record.ts";
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
