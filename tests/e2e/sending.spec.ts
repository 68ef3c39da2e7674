import "./instance-database.ts";
import { createServer } from "node:http";
import { expect, type Page, test } from "@playwright/test";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { smallPdf } from "#prisma/seed/small-pdf.ts";
import { sayReason } from "#server/chart/say-reason.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import { sealValue } from "#server/crypto/seal-value.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { fileDocument } from "#server/document/file-document.ts";
import { faxSecretPlace } from "#server/integration/fax-account/record.ts";
import { makeClinic, makeMember } from "#tests/factories/clinic.ts";
import { card, sendFile } from "#tests/factories/document.ts";
import { approve } from "#tests/factories/public-page.ts";
import { waitForMail } from "./caught-mail.ts";
import { enter } from "./enter.ts";

/** Documents leave a chart: by a link that is read on a telephone with its code, and by the clinic's fax service; and all of it as one file. */

async function aChart() {
  const clinic = await makeClinic();
  await approve(clinic);
  const doctor = await makeMember(clinic, "professional");
  // One in eight reads English, and is written to so.
  const patient = await makePatient(doctor.ctx, { language: "fr" });
  await sayReason(doctor.ctx, { id: newId(), patientId: patient.id, reason: "patient-asked", note: "" });
  const documentId = await sendFile(
    doctor,
    smallPdf([{ lines: ["Lettre au Dr Thibodeau", "Lithiase vésiculaire simple."] }]),
  );
  await fileDocument(doctor.ctx, { id: documentId, version: 1, patientId: patient.id, ...card });
  return { clinic, doctor, patient, documentId, home: `/clinic/${clinic.slug}/patients/${patient.id}` };
}

/** « Choisir des documents », the one there is, « Envoyer… ». */
async function openDrawer(page: Page, home: string) {
  await page.goto(`${home}/documents`, { waitUntil: "networkidle" });
  await page.getByRole("button", { name: "Choisir des documents" }).click();
  await page.getByRole("checkbox", { name: "Choisir Échographie abdominale" }).check();
  await page.getByRole("button", { name: "Envoyer…" }).click();
  await expect(page.getByRole("dialog", { name: "Envoyer" })).toBeVisible();
}

test("a letter goes by a secure link, is read on a telephone with its code, and opens nothing once revoked", async ({
  page,
  context,
  browser,
  baseURL,
  request,
}) => {
  test.setTimeout(120_000);
  const { clinic, doctor, patient, home } = await aChart();
  const email = `${newId()}@cabinet.example`;
  await enter(context, doctor, baseURL);
  await openDrawer(page, home);
  const drawer = page.getByRole("dialog", { name: "Envoyer" });
  // Nobody is chosen yet: said beside the field, and nothing leaves.
  await drawer.getByRole("button", { name: "Envoyer", exact: true }).click();
  await expect(drawer.getByRole("alert").first()).toBeVisible();
  await drawer.getByRole("combobox", { name: "À qui" }).fill("Quelqu’un");
  await page.getByRole("option", { name: "Quelqu’un d’autre" }).click();
  await drawer.getByLabel("Nom du destinataire").fill("Dr Luc Thibodeau");
  await drawer.getByLabel("Courriel").fill(email);
  await drawer.getByRole("button", { name: "Envoyer", exact: true }).click();
  const code = (await page.locator("[data-code]").getAttribute("data-code")) ?? "";
  expect(code).toMatch(/^\d{6}$/);
  await page.getByRole("button", { name: "C’est noté" }).click();

  const mail = await waitForMail(request, email, /un document vous attend/);
  for (const said of [patient.familyName, patient.givenName, "Échographie", "Thibodeau", code])
    expect(`${mail.subject} ${mail.text}`).not.toContain(said);
  const [link = ""] = /http\S+\/envoi#[\w-]{43}/.exec(mail.text) ?? [];
  expect(link).not.toBe("");

  const telephone = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "fr-CA", baseURL });
  const read = await telephone.newPage();
  await read.goto(link, { waitUntil: "networkidle" });
  await read.getByLabel("Code").fill(code === "000000" ? "111111" : "000000");
  await expect(read.getByText("Ce n’est pas le bon code.")).toBeVisible();
  await read.getByLabel("Code").fill(code);
  await expect(read.getByRole("heading", { level: 1, name: "Votre document" })).toBeVisible();
  const [download] = await Promise.all([
    read.waitForEvent("download"),
    read.getByRole("button", { name: "Télécharger" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("Échographie abdominale.pdf");
  expect(await read.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);

  await page.goto(`${home}/communications`, { waitUntil: "networkidle" });
  const row = page.getByRole("listitem").filter({ hasText: "Dr Luc Thibodeau" });
  await expect(row.getByText("Lien sécurisé · Ouvert")).toBeVisible();
  await expect(row.getByText("1 téléchargement")).toBeVisible();
  await row.getByRole("button", { name: "Révoquer" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Révoquer" }).click();
  await expect(row.getByText("Lien sécurisé · Révoqué")).toBeVisible();
  await read.reload({ waitUntil: "networkidle" });
  await expect(read.getByRole("heading", { level: 1, name: "Ce lien ne fonctionne plus" })).toBeVisible();
  // Whoever chose English here reads English here too.
  await telephone.addCookies([{ name: "chevet-locale", value: "en", url: baseURL ?? "" }]);
  await read.reload({ waitUntil: "networkidle" });
  await expect(read.getByRole("heading", { level: 1, name: "This link no longer works" })).toBeVisible();
  await telephone.close();

  // The person in charge of privacy finds it in the register.
  const owner = await browser.newContext({ baseURL, locale: "fr-CA" });
  await enter(owner, clinic.owner, baseURL);
  const register = await owner.newPage();
  await register.goto(`/clinic/${clinic.slug}/privacy/registre`, { waitUntil: "networkidle" });
  await expect(register.getByRole("row").filter({ hasText: "Dr Luc Thibodeau" }).getByText("Imagerie")).toBeVisible();
  await owner.close();
});

test("a fax leaves by the clinic's service, and the chart says that it arrived", async ({ page, context, baseURL }) => {
  test.setTimeout(120_000);
  const { clinic, doctor, home } = await aChart();
  const taken: { to: string; content: string }[] = [];
  const port = Number(process.env.CHEVET_E2E_FAX_PORT);
  const service = createServer((incoming, answer) => {
    let text = "";
    incoming.on("data", (piece) => {
      text += piece;
    });
    incoming.on("end", () => {
      if (incoming.method === "GET") return void answer.end('{"status":"sent"}');
      taken.push(JSON.parse(text));
      answer.writeHead(202).end('{"id":"fx-1"}');
    });
  });
  await new Promise<void>((resolve) => service.listen(port, "127.0.0.1", resolve));
  try {
    const sealedSecret = sealValue(await openClinicKey(clinic.id), faxSecretPlace(clinic.id), "cle-secrete");
    await withStaff(clinic.owner.ctx, async (db) => {
      await db.faxAccount.createMany({
        data: { clinicId: clinic.id, apiUrl: `http://127.0.0.1:${port}`, sealedSecret, sender: "+14185550100" },
      });
      await db.integration.createMany({
        data: { clinicId: clinic.id, id: newId(), code: "fax", enabled: true, outsideQuebec: false },
      });
    });
    await enter(context, doctor, baseURL);
    await openDrawer(page, home);
    const drawer = page.getByRole("dialog", { name: "Envoyer" });
    await drawer.getByRole("combobox", { name: "À qui" }).fill("Quelqu’un");
    await page.getByRole("option", { name: "Quelqu’un d’autre" }).click();
    await drawer.getByLabel("Nom du destinataire").fill("Dr Luc Thibodeau");
    await drawer.getByText("Télécopie", { exact: true }).click();
    await drawer.getByLabel("Télécopieur").fill("418 555-0142");
    await drawer.getByRole("button", { name: "Envoyer la télécopie" }).click();
    await expect.poll(() => taken.length, { timeout: 60_000 }).toBe(1);
    expect(taken[0]?.to).toBe("+14185550142");
    expect(
      Buffer.from(taken[0]?.content ?? "", "base64")
        .subarray(0, 5)
        .toString(),
    ).toBe("%PDF-");
    await page.goto(`${home}/communications`, { waitUntil: "networkidle" });
    await expect(page.getByText("Télécopie · Télécopiée")).toBeVisible({ timeout: 75_000 });
  } finally {
    await new Promise((resolve) => service.close(resolve));
  }
});

test("the whole chart is made into one file, with its progress, and taken away", async ({ page, context, baseURL }) => {
  test.setTimeout(120_000);
  const { doctor, home } = await aChart();
  await enter(context, doctor, baseURL);
  await page.goto(home, { waitUntil: "networkidle" });
  await page.getByRole("button", { name: "Plus", exact: true }).click();
  await page.getByRole("menuitem", { name: "Dossier complet en PDF" }).click();
  await page.getByRole("button", { name: "Produire" }).click();
  const file = page.locator('[data-export="done"]');
  await expect(file).toBeVisible({ timeout: 60_000 });
  await expect(file.getByText(/\d+ pages/)).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    file.getByRole("link", { name: "Télécharger" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("dossier.pdf");
});
