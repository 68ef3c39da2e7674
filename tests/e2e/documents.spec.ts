import "./instance-database.ts";
import { expect, test } from "@playwright/test";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { smallPdf } from "#prisma/seed/small-pdf.ts";
import { sayReason } from "#server/chart/say-reason.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { fileDocument } from "#server/document/file-document.ts";
import type { PatientView } from "#server/patient/record.ts";
import { makeClinic, makeMember } from "#tests/factories/clinic.ts";
import { aLetter, card, sendFile } from "#tests/factories/document.ts";
import { enter } from "./enter.ts";

/** The inbox as the front desk and a doctor work in it: hands on the keyboard. */

test("the front desk drops ten scans and files them, one press each; a stranger's one goes by hand", async ({
  page,
  context,
  baseURL,
}) => {
  test.setTimeout(180_000);
  const clinic = await makeClinic();
  const desk = await makeMember(clinic, "assistant");
  const patients: PatientView[] = [];
  for (let index = 0; index < 10; index += 1) patients.push(await makePatient(clinic.owner.ctx));
  const scan = ({ givenName, familyName, birthDate }: (typeof patients)[number]) =>
    smallPdf([
      {
        lines: [
          "RADIOGRAPHIE PULMONAIRE",
          `Patient : ${givenName} ${familyName}`,
          `Née le ${birthDate}`,
          "Date de l’examen : 2026-10-12",
          "Radiologiste : Dr Luc Morin",
        ],
      },
    ]);
  await enter(context, desk, baseURL);
  await page.goto(`/clinic/${clinic.slug}`, { waitUntil: "networkidle" });
  await page.keyboard.press("g");
  await page.keyboard.press("b");
  await expect(page.getByRole("heading", { level: 1, name: "Boîte" })).toBeVisible();
  await expect(page.getByText("Rien à classer")).toBeVisible();
  await page.locator('input[type="file"]').setInputFiles(
    patients.map((patient, index) => ({
      name: `scan ${index}.pdf`,
      mimeType: "application/pdf",
      buffer: scan(patient),
    })),
  );
  const rows = page.getByRole("list", { name: "Documents" }).getByRole("listitem");
  await expect(rows).toHaveCount(10);
  // The worker has read them all.
  await expect
    .poll(
      () =>
        withStaff(clinic.owner.ctx, (db) =>
          db.documentText.count({ where: { clinicId: clinic.id, state: "read", proposedPatientId: { not: null } } }),
        ),
      { timeout: 120_000 },
    )
    .toBe(10);
  await page.reload({ waitUntil: "networkidle" });
  for (let left = 10; left > 0; left -= 1) {
    await expect(rows).toHaveCount(left);
    await expect(page.getByText("nom et date de naissance écrits dans le document")).toBeVisible();
    await expect(page.getByRole("button", { name: "Classer et suivant" })).toBeFocused();
    await page.keyboard.press("Enter");
  }
  await expect(page.getByText("Rien à classer")).toBeVisible();
  const filed = await withStaff(desk.ctx, (db) =>
    db.document.findMany({ where: { clinicId: clinic.id, status: "filed" }, select: { patientId: true, title: true } }),
  );
  expect(new Set(filed.map(({ patientId }) => patientId))).toEqual(new Set(patients.map(({ id }) => id)));
  expect(new Set(filed.map(({ title }) => title))).toEqual(new Set(["Radiographie pulmonaire"]));

  // What is not a document is refused in words, and leaves nothing.
  await page
    .locator('input[type="file"]')
    .setInputFiles([
      { name: "lettre.pdf", mimeType: "application/pdf", buffer: Buffer.from("<svg onload='x()'></svg>") },
    ]);
  await expect(page.getByText(/C’est un dessin SVG/)).toBeVisible();
});

test("a key that is held files one, and none of those that nobody looked at", async ({ page, context, baseURL }) => {
  const clinic = await makeClinic();
  const desk = await makeMember(clinic, "assistant");
  for (let index = 0; index < 3; index += 1) {
    const { givenName, familyName, birthDate } = await makePatient(clinic.owner.ctx);
    const lines = ["RADIOGRAPHIE PULMONAIRE", `Patient : ${givenName} ${familyName}`, `Née le ${birthDate}`];
    await sendFile(desk, smallPdf([{ lines }]));
  }
  const proposed = () =>
    withStaff(clinic.owner.ctx, (db) =>
      db.documentText.count({ where: { clinicId: clinic.id, state: "read", proposedPatientId: { not: null } } }),
    );
  await expect.poll(proposed, { timeout: 60_000 }).toBe(3);
  await enter(context, desk, baseURL);
  await page.goto(`/clinic/${clinic.slug}/boite`, { waitUntil: "networkidle" });
  const rows = page.getByRole("list", { name: "Documents" }).getByRole("listitem");
  const files = page.getByRole("button", { name: "Classer et suivant" });
  for (const [key, left] of [
    ["Enter", 2],
    ["Control+Enter", 1],
  ] as const) {
    await expect(files).toBeFocused();
    const [held = "", letter] = key.split("+");
    if (letter) await page.keyboard.down(held);
    for (let beat = 0; beat < 8; beat += 1) {
      await page.keyboard.down(letter ?? held);
      await page.waitForTimeout(250);
    }
    await page.keyboard.up(letter ?? held);
    if (letter) await page.keyboard.up(held);
    await expect(rows).toHaveCount(left);
  }
});

test("a scan that names another patient than the chart it was dropped in says so, and is filed there only knowingly", async ({
  page,
  context,
  baseURL,
}) => {
  const clinic = await makeClinic();
  const desk = await makeMember(clinic, "assistant");
  const named = await makePatient(clinic.owner.ctx, { givenName: "Ursuline", familyName: "Quévillon" });
  const held = await makePatient(clinic.owner.ctx, { givenName: "Zoé", familyName: "Barrette" });
  const lines = ["RADIOGRAPHIE PULMONAIRE", "Patient : Ursuline Quévillon", `Née le ${named.birthDate}`];
  const id = await sendFile(desk, smallPdf([{ lines }]), "scan.pdf", held.id);
  const row = () =>
    withStaff(clinic.owner.ctx, (db) => db.documentText.findFirst({ where: { clinicId: clinic.id, id } }));
  await expect.poll(async () => (await row())?.namedPatientId, { timeout: 60_000 }).toBe(named.id);
  await enter(context, desk, baseURL);
  await page.goto(`/clinic/${clinic.slug}/boite?doc=${id}`, { waitUntil: "networkidle" });
  const said = `Le texte nomme Ursuline Quévillon (${named.birthDate}); ce dossier est celui de Zoé Barrette.`;
  await expect(page.getByText("Ce document nomme quelqu’un d’autre")).toBeVisible();
  await expect(page.getByText(said)).toBeVisible();
  // On a phone it is read before the pages.
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(page.getByText(said)).toBeInViewport();
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.keyboard.press("Control+Enter");
  const asks = page.getByRole("dialog", { name: "Classer au dossier de Zoé Barrette malgré le texte?" });
  await expect(asks.getByText(said)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(asks).toBeHidden();
  await page.keyboard.press("Control+Enter");
  await asks.getByRole("button", { name: "Classer quand même" }).click();
  await expect(page.getByText("Rien à classer")).toBeVisible();
  const { patientId } = await withStaff(desk.ctx, (db) =>
    db.document.findFirstOrThrow({ where: { clinicId: clinic.id, id } }),
  );
  expect(patientId).toBe(held.id);
});

test("a name that is one person's is taken by Enter alone, pressed before the answer is there", async ({
  page,
  context,
  baseURL,
}) => {
  const clinic = await makeClinic();
  const desk = await makeMember(clinic, "assistant");
  const patient = await makePatient(clinic.owner.ctx, { givenName: "Ursuline", familyName: "Quévillon" });
  await makePatient(clinic.owner.ctx);
  await sendFile(desk, smallPdf([{ lines: ["Sans nom"] }]));
  await enter(context, desk, baseURL);
  await page.goto(`/clinic/${clinic.slug}/boite`, { waitUntil: "networkidle" });
  const field = page.getByRole("combobox", { name: "Patient" });
  await expect(field).toBeFocused();
  await page.keyboard.type("quevillon");
  await page.keyboard.press("Enter");
  await expect(field).toHaveValue(`${patient.givenName} ${patient.familyName}`);
});

test("GM-3: a doctor reads a scan of 300 pages, a page at a time, and signs it off", async ({
  page,
  context,
  baseURL,
}) => {
  const clinic = await makeClinic();
  const doctor = await makeMember(clinic, "professional");
  const { id: patientId } = await makePatient(clinic.owner.ctx);
  const scan = smallPdf(
    Array.from({ length: 300 }, (_, index) => ({ lines: [`Page ${index + 1}`, "Écriture d’une page"] })),
  );
  const id = await sendFile(doctor, scan, "Scan de 300 pages.pdf");
  await fileDocument(doctor.ctx, {
    id,
    version: 1,
    patientId,
    ...card,
    title: "Dossier antérieur",
    reviewerId: doctor.userId,
  });
  await enter(context, doctor, baseURL);
  await page.goto(`/clinic/${clinic.slug}/boite`, { waitUntil: "networkidle" });
  await expect(page.getByText("Page 1 de 300")).toBeVisible({ timeout: 30_000 });
  const sheets = page.locator("[data-page]");
  await expect(sheets).toHaveCount(300);
  await expect(sheets.first().locator("canvas")).toBeVisible();
  await expect(sheets.first()).toContainText("Écriture d’une page");
  // Only what is near is drawn.
  expect(await page.locator("[data-page] canvas").count()).toBeLessThan(8);
  await sheets.last().scrollIntoViewIfNeeded();
  await expect(sheets.last().locator("canvas")).toBeVisible();
  await expect(page.getByText(/Page (299|300) de 300/)).toBeVisible();
  expect(await page.locator("[data-page] canvas").count()).toBeLessThan(8);

  await page.getByLabel("Commentaire").fill("Vu");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Rien à réviser")).toBeVisible();
  // No visit brings them together: why the chart is opened is said first.
  await sayReason(doctor.ctx, { id: newId(), patientId, reason: "covering", note: "" });
  await page.goto(`/clinic/${clinic.slug}/patients/${patientId}/documents?doc=${id}`);
  await expect(page.getByText(/Révisé par/)).toBeVisible();
});

test("GM-3: signed, a document gives way to the one after it in the list, and at the end to the one before", async ({
  page,
  context,
  baseURL,
}) => {
  const clinic = await makeClinic();
  const doctor = await makeMember(clinic, "professional");
  const { id: patientId } = await makePatient(clinic.owner.ctx);
  for (const title of ["Un", "Deux", "Trois", "Quatre"]) {
    const id = await sendFile(doctor, aLetter(title), `${title}.pdf`);
    await fileDocument(doctor.ctx, { id, version: 1, patientId, ...card, title, reviewerId: doctor.userId });
  }
  await enter(context, doctor, baseURL);
  await page.goto(`/clinic/${clinic.slug}/boite`, { waitUntil: "networkidle" });
  const shown = (title: string) =>
    expect(page.getByRole("heading", { level: 2, name: title, exact: true })).toBeVisible();
  await shown("Un");
  await page.getByRole("button", { name: /^Deux/ }).click();
  // The list is read again slower than they sign: what they are done with is not led back to.
  await page.route(/document\.reviews/, async (route) => {
    await new Promise((done) => setTimeout(done, 3000));
    await route.continue();
  });
  for (const [title, next] of [
    ["Deux", "Trois"],
    ["Trois", "Quatre"],
    ["Quatre", "Un"],
  ] as const) {
    await shown(title);
    await page.getByLabel("Commentaire").focus();
    await page.keyboard.press("Control+Enter");
    await shown(next);
  }
});
