import "./instance-database.ts";
import { readFile } from "node:fs/promises";
import { type BrowserContext, expect, test } from "@playwright/test";
import { makeClinic, makeMember, type TestMember } from "#tests/factories/clinic.ts";
import { makeEvents, sealEverything } from "#tests/factories/journal.ts";

async function enter(context: BrowserContext, { token }: TestMember, baseURL: string | undefined): Promise<void> {
  await context.addCookies([
    { name: "chevet-staff", value: token, url: baseURL ?? "", httpOnly: true, sameSite: "Lax" },
  ]);
}

test("an owner finds a colleague's gesture, follows it to its seal, and takes the journal away", async ({
  page,
  context,
  baseURL,
}) => {
  test.slow();
  const clinic = await makeClinic();
  const colleague = await makeMember(clinic, "assistant");
  await makeEvents(colleague.ctx, 60);
  await makeEvents(clinic.owner.ctx, 3);
  await enter(context, clinic.owner, baseURL);
  await page.goto(`/clinic/${clinic.slug}/journal`, { waitUntil: "networkidle" });
  const rows = page.locator("tbody tr");
  await expect(rows).toHaveCount(50, { timeout: 30_000 });

  await page
    .getByRole("textbox", { name: "Personne" })
    .or(page.getByRole("combobox", { name: "Personne" }))
    .first()
    .click();
  await page.getByRole("option", { name: /^Membre/ }).click();
  await expect(page).toHaveURL(/agentId=/);
  await expect(rows.filter({ hasText: "Maude" })).toHaveCount(0);
  await page.getByRole("button", { name: "Page suivante" }).click();
  await expect(rows).toHaveCount(10);
  await page.getByRole("button", { name: "Page précédente" }).click();
  await expect(rows).toHaveCount(50);

  // Row by row with the keyboard, as everywhere.
  await rows.first().getByRole("button").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  const pane = page.getByRole("complementary", { name: "Dossier ouvert" });
  await expect(pane).toContainText("127.0.0.1");
  // The worker of the instance seals beside us, as any number of sealers may.
  await sealEverything(clinic.id);
  await page.reload();
  await expect(pane).toContainText(/Scellée, numéro \d+/, { timeout: 30_000 });
  await pane.getByRole("button", { name: "Fermer le détail" }).click();
  await expect(pane).toHaveCount(0);

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Exporter en CSV" }).click(),
  ]);
  const text = await readFile(await download.path(), "utf8");
  expect(download.suggestedFilename()).toMatch(/^journal-.*\.csv$/);
  expect(text.split("\r\n").filter((line) => line.includes(";patient.read;"))).toHaveLength(60);

  await page.getByRole("button", { name: "Tout afficher" }).click();
  await expect(rows.filter({ hasText: "Journal exporté" })).toHaveCount(1);
});

test("reception sees its own gestures and nobody else's", async ({ page, context, baseURL }) => {
  const clinic = await makeClinic();
  const reception = await makeMember(clinic, "assistant");
  await makeEvents(clinic.owner.ctx, 2);
  await makeEvents(reception.ctx, 4);
  await enter(context, reception, baseURL);
  await page.goto(`/clinic/${clinic.slug}/journal`, { waitUntil: "networkidle" });
  await expect(page.locator("tbody tr")).toHaveCount(4);
  await expect(page.getByRole("link", { name: "Exporter en CSV" })).toHaveCount(0);
  await expect(page.getByRole("radio", { name: "Toute la clinique" })).toHaveCount(0);
});
