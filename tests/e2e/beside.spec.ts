import "./instance-database.ts";
import { expect, type Page, test } from "@playwright/test";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { smallPdf } from "#prisma/seed/small-pdf.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { fileDocument } from "#server/document/file-document.ts";
import { makeClinic } from "#tests/factories/clinic.ts";
import { card, sendFile } from "#tests/factories/document.ts";
import { opens } from "#tests/factories/ground.ts";
import { beginTestNote } from "#tests/factories/note.ts";
import { aBook, aDocxOf, wordText } from "#tests/factories/office.ts";
import { makePrescriber } from "#tests/factories/prescriber.ts";
import { enter } from "./enter.ts";

/** A report is read beside the note that is written about it: « each card opens in place ». */

const titles = ["Échographie abdominale", "Scanner thoracique", "Colonoscopie"] as const;

const aConsultLetter = aDocxOf(
  `<w:p><w:pPr><w:outlineLvl w:val="0"/><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Réponse de consultation</w:t></w:r></w:p>${wordText("&lt;script&gt;x()&lt;/script&gt;")}`,
);

/** A doctor with a note begun, and three reports in the chart, the latest first. */
async function scene() {
  const clinic = await makeClinic();
  const doctor = await makePrescriber(clinic);
  const { id: patientId } = await makePatient(clinic.owner.ctx);
  await opens(doctor, patientId);
  await beginTestNote(clinic, doctor, { patientId });
  const ids: string[] = [];
  for (const [index, title] of titles.entries()) {
    const pages = Array.from({ length: 4 }, (_, at) => ({ lines: [title.toUpperCase(), `Page ${at + 1}`] }));
    const id = await sendFile(doctor, smallPdf(pages), `${title}.pdf`);
    const filing = { id, version: 1, patientId, ...card, title, datedOn: `2026-11-0${9 - index}` };
    await fileDocument(doctor.ctx, { ...filing, reviewerId: index === 0 ? doctor.userId : null });
    ids.push(id);
  }
  return { clinic, doctor, patientId, ids, path: `/clinic/${clinic.slug}/patients/${patientId}` };
}

const line = (page: Page, title: string) => page.getByRole("link", { name: title });
const shown = (page: Page, title: string) =>
  expect(page.locator("[data-document-place]").getByRole("heading", { level: 2, name: title })).toBeVisible();
const none = (page: Page) => expect(page.locator("[data-document-place]")).toHaveCount(0);
const subjective = (page: Page) => page.getByRole("textbox", { name: "Subjectif", exact: true });

test("OSC-1: a report beside the note and the prescription over both: each key and each step back closes the one that lies above", async ({
  page,
  context,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const { doctor, path } = await scene();
  const sheet = page.getByRole("dialog", { name: /^Médicaments et ordonnances/ });
  await page.setViewportSize({ width: 1440, height: 900 });
  await enter(context, doctor, baseURL);
  await page.goto(path, { waitUntil: "networkidle" });
  await expect(subjective(page)).toBeVisible({ timeout: 20_000 });
  await line(page, titles[0]).click();
  await shown(page, titles[0]);
  await page.keyboard.press("r");
  await expect(sheet).toBeVisible();
  // What turns the reports, beneath, does not hear its keys here.
  await page.keyboard.press("n");
  await page.keyboard.press("Escape");
  await expect(sheet).toHaveCount(0);
  await shown(page, titles[0]);
  await subjective(page).click();
  await page.keyboard.type("Écrit à côté.");
  // Out of the text first, then out of the document: the next letter is a key, and nothing that is written.
  await page.keyboard.press("Escape");
  await shown(page, titles[0]);
  await expect(subjective(page)).not.toBeFocused();
  await page.keyboard.press("Escape");
  await none(page);
  await expect(line(page, titles[0])).toBeFocused();
  await expect(page).toHaveURL(new RegExp(`${path}$`));
  await page.keyboard.press("r");
  await expect(sheet).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(sheet).toHaveCount(0);
  await expect(subjective(page)).toHaveText("Écrit à côté.");
  // A reload, and steps back and forth, keep to what the address says.
  await line(page, titles[0]).click();
  await shown(page, titles[0]);
  await page.keyboard.press("r");
  await expect(sheet).toBeVisible();
  await page.reload({ waitUntil: "networkidle" });
  await expect(sheet).toBeVisible({ timeout: 20_000 });
  await page.goBack();
  await expect(sheet).toHaveCount(0);
  await shown(page, titles[0]);
  await page.goForward();
  await expect(sheet).toBeVisible();
  await page.goBack();
  await expect(sheet).toHaveCount(0);
  await shown(page, titles[0]);
});

test("GM-3: a report opens beside the note, which stays writable; keys turn to the next one, close, and give the hand back", async ({
  page,
  context,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const { clinic, doctor, patientId, ids, path } = await scene();
  await page.setViewportSize({ width: 1440, height: 900 });
  await enter(context, doctor, baseURL);
  await page.goto(path, { waitUntil: "networkidle" });
  await expect(subjective(page)).toBeVisible({ timeout: 20_000 });

  await line(page, titles[0]).focus();
  await page.keyboard.press("Enter");
  await shown(page, titles[0]);
  await expect(page).toHaveURL(new RegExp(`${patientId}\\?doc=${ids[0]}$`));
  const pages = page.locator("[data-document-place] [data-page]");
  await expect(pages.first()).toContainText("Page 1", { timeout: 30_000 });
  // Who it is stays at the head, and the note stands beside it.
  await expect(page.getByRole("heading", { level: 1 })).toBeInViewport();
  await expect(subjective(page)).toBeInViewport();

  await subjective(page).click();
  await page.keyboard.type("Nodule de 8 mm, n’est pas connu. ");
  const frame = page.locator("[data-document-place] [role=document]");
  await page.keyboard.press("Alt+PageDown");
  await expect.poll(() => frame.evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(100);
  await page.keyboard.type("À revoir.");
  await expect(subjective(page)).toContainText("Nodule de 8 mm, n’est pas connu. À revoir.");
  await shown(page, titles[0]);

  // The keys that sign are shown beside what has the hand, one at a time.
  const keys = page.getByText("Ctrl ↵").filter({ visible: true });
  const noteKeys = page.locator("[data-signs-note]").getByText("Ctrl ↵").filter({ visible: true });
  const all = await keys.count();
  expect(await noteKeys.count()).toBe(all);
  await page.locator("[data-document-place] h2").focus();
  await expect(noteKeys).toHaveCount(0);
  await expect(keys).toHaveCount(1);
  await subjective(page).focus();
  await expect(noteKeys).toHaveCount(all);

  // Escape leaves the text, a second one the document; the caret is found again where it was.
  await page.keyboard.press("Escape");
  await shown(page, titles[0]);
  await page.keyboard.press("Escape");
  await none(page);
  await expect(page).toHaveURL(new RegExp(`${patientId}$`));
  await subjective(page).focus();
  await page.keyboard.type(" Rappel.");
  await expect(subjective(page)).toContainText("À revoir. Rappel.");

  // From the line: the next ones by key, and the hand goes back to the line of the last.
  await line(page, titles[0]).click();
  await shown(page, titles[0]);
  await page.keyboard.press("n");
  await shown(page, titles[1]);
  await page.keyboard.press("n");
  await shown(page, titles[2]);
  await page.keyboard.press("p");
  await shown(page, titles[1]);
  await expect(pages.first()).toContainText(titles[1].toUpperCase(), { timeout: 30_000 });
  await page.keyboard.press("Escape");
  await none(page);
  await expect(line(page, titles[1])).toBeFocused();

  // Written in the note meanwhile, then read on: closed by its button, the caret is in the note again.
  await line(page, titles[0]).click();
  await shown(page, titles[0]);
  await subjective(page).click();
  await page.keyboard.press("Control+End");
  await frame.click();
  await page.locator("[data-document-place]").getByRole("button", { name: "Fermer" }).click();
  await none(page);
  await expect(subjective(page)).toBeFocused();
  await page.keyboard.type(" Fin.");
  await expect(subjective(page)).toContainText("Rappel. Fin.");

  // A reload shows it again, and it is signed there.
  await line(page, titles[0]).click();
  await shown(page, titles[0]);
  await page.reload({ waitUntil: "networkidle" });
  await shown(page, titles[0]);
  // The keys that sign a note sign what has the hand: the report, and not the note.
  await page
    .locator("[data-document-place]")
    .getByRole("textbox", { name: "Commentaire" })
    .fill("Contrôle dans six mois");
  await page.keyboard.press("Control+Enter");
  await expect(page.locator("[data-document-place]").getByText(/^Révisé par/)).toBeVisible();
  await expect(page.locator("[data-document-place]").getByText("Contrôle dans six mois")).toBeVisible();
  await expect(subjective(page)).toBeVisible();
  await page.goBack();
  await none(page);
  await expect(line(page, titles[0])).not.toContainText("À lire");

  const notes = await withStaff(doctor.ctx, (db) =>
    db.note.findMany({ where: { clinicId: clinic.id, patientId }, select: { status: true } }),
  );
  expect(notes).toEqual([{ status: "preliminary" }]);

  // Every opening is in the journal, as from the page of the documents.
  const events = await withStaff(clinic.owner.ctx, (db) =>
    db.auditEvent.findMany({
      where: { clinicId: clinic.id, patientId, event: { in: ["document.opened", "document.viewed"] } },
      select: { event: true, entityIds: true, ground: true },
    }),
  );
  expect(
    new Set(events.filter(({ event }) => event === "document.opened").flatMap(({ entityIds }) => entityIds)),
  ).toEqual(new Set(ids));
  expect(events.some(({ event }) => event === "document.viewed")).toBe(true);
});

test("OSC-3: Ctrl Enter held in a report's comment, or pressed on its head, never signs the note beside it", async ({
  page,
  context,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const { clinic, doctor, patientId, ids, path } = await scene();
  await page.setViewportSize({ width: 1440, height: 900 });
  await enter(context, doctor, baseURL);
  await page.goto(`${path}?doc=${ids[0]}`, { waitUntil: "networkidle" });
  await shown(page, titles[0]);
  await page.locator("[data-document-place] header p").first().click();
  await page.keyboard.press("Control+Enter");
  const reviewed = page
    .locator("[data-document-place]")
    .getByText(/Révisé|a révisé/)
    .first();
  await expect(reviewed).toBeVisible({ timeout: 20_000 });
  await page.locator("[data-document-place]").getByRole("textbox", { name: "Commentaire" }).fill("Vu");
  await page.keyboard.down("Control");
  for (let nth = 0; nth < 40; nth += 1) await page.keyboard.down("Enter");
  await page.keyboard.up("Enter");
  await page.keyboard.up("Control");
  await expect(page.locator("[data-document-place]").getByText("Vu", { exact: true })).toBeVisible({ timeout: 20_000 });
  const notes = await withStaff(doctor.ctx, (db) =>
    db.note.findMany({ where: { clinicId: clinic.id, patientId }, select: { status: true } }),
  );
  expect(notes).toEqual([{ status: "preliminary" }]);
});

test("GM-3: on a phone the report lies over all, and closing gives the hand back to its line", async ({
  page,
  context,
  baseURL,
}) => {
  const { doctor, path } = await scene();
  await page.setViewportSize({ width: 390, height: 844 });
  await enter(context, doctor, baseURL);
  await page.goto(path, { waitUntil: "networkidle" });
  await subjective(page).click();
  await page.keyboard.type("Avant le rapport.");
  await line(page, titles[0]).click();
  await shown(page, titles[0]);
  const box = await page.locator("[data-document-place]").boundingBox();
  expect(box).toEqual({ x: 0, y: 0, width: 390, height: 844 });
  // Nothing under it is reached.
  await expect(subjective(page)).toBeHidden();
  await page.locator("[data-document-place]").getByRole("button", { name: "Document suivant" }).click();
  await shown(page, titles[1]);
  await page.locator("[data-document-place]").getByRole("button", { name: "Fermer" }).click();
  await none(page);
  await expect(line(page, titles[1])).toBeFocused();
  await expect(subjective(page)).toContainText("Avant le rapport.");
});

test("a document of another chart is not shown beside this one", async ({ page, context, baseURL }) => {
  const { clinic, doctor, ids, patientId: other } = await scene();
  const { id: patientId } = await makePatient(clinic.owner.ctx);
  await opens(doctor, patientId);
  await enter(context, doctor, baseURL);
  await page.goto(`/clinic/${clinic.slug}/patients/${patientId}?doc=${ids[0]}`, { waitUntil: "networkidle" });
  await expect(page.getByText("Ce document n’est pas à ce dossier.")).toBeVisible();
  await expect(page.getByText(titles[0])).toHaveCount(0);
  expect(other).not.toBe(patientId);
  await page.keyboard.press("Escape");
  await none(page);
});

test("the page of the documents is as high as its window", async ({ page, context, baseURL }) => {
  const { doctor, path, ids } = await scene();
  await page.setViewportSize({ width: 1440, height: 900 });
  await enter(context, doctor, baseURL);
  await page.goto(`${path}/documents?doc=${ids[0]}`, { waitUntil: "networkidle" });
  await expect(page.locator("[data-page] canvas").first()).toBeVisible({ timeout: 30_000 });
  const beyond = await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
  expect(beyond).toBe(0);
});

test("what a document is, is put right where it is read, and the card says it", async ({ page, context, baseURL }) => {
  const { doctor, path } = await scene();
  await enter(context, doctor, baseURL);
  await page.goto(path, { waitUntil: "networkidle" });
  await line(page, titles[0]).click();
  await shown(page, titles[0]);
  await page.locator("[data-document-place]").getByRole("button", { name: "Modifier", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Modifier la fiche du document" });
  await dialog.getByLabel("Titre").fill("Échographie du foie");
  await dialog.getByLabel("Auteur").fill("Dre Lemay");
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await shown(page, "Échographie du foie");
  // Escape closed the dialog's place alone: the document is still there.
  await page.keyboard.press("Escape");
  await none(page);
  await expect(line(page, "Échographie du foie")).toContainText("Dre Lemay");
});

test("a Word file and an Excel file are read as they look, and printed; nothing leaves the clinic", async ({
  page,
  context,
  baseURL,
}) => {
  const { doctor, patientId, path, clinic } = await scene();
  const files = [
    { title: "Lettre du spécialiste", name: "Lettre.docx", content: aConsultLetter },
    {
      title: "Glycémies de novembre",
      name: "Glycémies.xlsx",
      content: aBook([{ name: "Novembre", rows: '<row r="1"><c r="A1"><v>7.4</v></c></row>' }]),
    },
  ];
  const ids: string[] = [];
  for (const [index, { title, name, content }] of files.entries()) {
    const id = await sendFile(doctor, content, name);
    await fileDocument(doctor.ctx, { id, version: 1, patientId, ...card, title, datedOn: `2026-11-2${9 - index}` });
    ids.push(id);
  }
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.addInitScript(() => {
    // What a printer would be given, frame by frame.
    window.print = () => {
      (window.top as unknown as { printed: string }).printed = document.body.textContent ?? "";
      window.dispatchEvent(new Event("afterprint"));
    };
  });
  await enter(context, doctor, baseURL);
  await page.goto(path, { waitUntil: "networkidle" });
  // The note has the hand once it is there: what is opened before keeps it, what is opened after takes it.
  await expect(subjective(page)).toBeFocused({ timeout: 20_000 });
  await line(page, "Lettre du spécialiste").click();
  const letter = page.frameLocator("[data-document-place] iframe");
  await expect(letter.getByRole("heading", { name: "Réponse de consultation" })).toBeVisible({ timeout: 20_000 });
  await expect(letter.getByText("<script>x()</script>")).toBeVisible();
  await expect(page.getByRole("button", { name: "Document suivant" })).toBeEnabled();
  await page.keyboard.press("n");
  await expect(letter.getByRole("cell", { name: "7,4" })).toBeVisible({ timeout: 20_000 });
  await page.locator("[data-document-place]").getByRole("button", { name: "Imprimer" }).click();
  await expect.poll(() => page.evaluate(() => (window as unknown as { printed?: string }).printed)).toContain("7,4");
  expect(
    asked.filter((url) => !url.startsWith(baseURL ?? "") && !url.startsWith("blob:") && !url.startsWith("data:")),
  ).toEqual([]);
  // A copy on paper is in the journal as one that was taken away.
  const taken = await withStaff(clinic.owner.ctx, (db) =>
    db.auditEvent.findMany({
      where: { clinicId: clinic.id, event: "document.downloaded" },
      select: { entityIds: true },
    }),
  );
  expect(taken.map(({ entityIds }) => entityIds)).toEqual([[ids[1]]]);
});
