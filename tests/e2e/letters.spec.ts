import "./instance-database.ts";
import { expect, test } from "@playwright/test";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { newId } from "#server/db/new-id.ts";
import { fileDocument } from "#server/document/file-document.ts";
import { todayIn } from "#server/patient/today.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeClinic, makeMember } from "#tests/factories/clinic.ts";
import { aLetter, card, sendFile } from "#tests/factories/document.ts";
import { beginTestLetter, body, signTestReferral } from "#tests/factories/letter.ts";
import { makePrescriber } from "#tests/factories/prescriber.ts";
import { daysAgo, measure } from "#tests/factories/record.ts";
import { choose, tabTo } from "./by-keyboard.ts";

test("OSC-8, DM-3, DM-4: by keyboard, a request is begun from a template, completed, previewed, signed, marked as sent and answered", async ({
  page,
  baseURL,
}) => {
  const clinic = await makeClinic("Clinique Rive-Claire");
  const doctor = await makePrescriber(clinic);
  const caller = callerOf(doctor, clinic);
  const { id: patientId } = await makePatient(clinic.owner.ctx, { birthDate: "1958-03-14", language: "fr" });
  await caller.chart.sayReason({ id: newId(), patientId, reason: "covering" });
  await caller.condition.add({ id: newId(), patientId, label: "HTA essentielle", onset: "2014" });
  await caller.phrase.add({
    id: newId(),
    code: "cordial",
    title: "Salutations",
    body: "Avec mes salutations, [prénom].",
    own: true,
  });
  await caller.correspondent.add({
    id: newId(),
    kind: "practitioner",
    givenName: "Chantal",
    familyName: "Lemay",
    specialty: "Ophtalmologie",
    city: "Québec",
  });
  await caller.letterTemplate.add({
    id: newId(),
    kind: "referral",
    title: "Ophtalmologie",
    content: {
      fr: {
        subject: "Fond d’œil",
        body: body(
          "Bonjour {{Nom du destinataire}},\nConnue pour {{Problèmes actifs}}.\nMédicaments : {{Médicaments actifs}}.\nPriorité {{Priorité}}.\n[Précisez le motif, depuis quand, et ce que vous attendez de la consultation.]",
        ),
      },
      en: { subject: "", body: [] },
      specialty: "Ophtalmologie",
      priority: "",
    },
  });
  const scan = await sendFile(doctor, aLetter("Ancien fond d’œil"));
  await fileDocument(doctor.ctx, { ...card, id: scan, version: 1, patientId, title: "Fond d’œil 2024" });
  const refused: string[] = [];
  // Looked at before it is complete, a letter is refused, and the page says what it lacks.
  page.on(
    "console",
    (message) => message.type() === "error" && !message.text().includes("400") && refused.push(message.text()),
  );
  page.on("pageerror", (error) => refused.push(error.message));
  await page.context().addCookies([{ name: "chevet-staff", value: doctor.token, url: baseURL ?? "" }]);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`/clinic/${clinic.slug}/patients/${patientId}`, { waitUntil: "networkidle" });

  // Two gestures.
  await page.keyboard.press("l");
  const template = page.getByRole("menuitem", { name: "Ophtalmologie" });
  await expect(template).toBeVisible();
  await template.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 2, name: "Demande de consultation" })).toBeVisible();
  const text = page.getByRole("textbox", { name: "Texte de la lettre" });
  await expect(text).toContainText("Connue pour HTA essentielle (2014).");
  await expect(text).toContainText("Médicaments : aucun au dossier.");
  await expect(page.getByText("3 champs à compléter")).toBeVisible();

  // Refused while something is missing, and said where.
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Dites à qui la lettre est adressée.").first()).toBeVisible();

  await page.locator("#recipient").focus();
  await page.keyboard.type("lemay");
  const lemay = page.getByRole("option", { name: /Chantal Lemay/ });
  // The first answer is lit, and Enter takes it.
  await expect(lemay).toHaveAttribute("data-combobox-selected", "true");
  await page.keyboard.press("Enter");
  await expect(text).toContainText("Bonjour Chantal Lemay,");
  await choose(page, page.locator("#priority"), /28 jours/);
  await expect(text).toContainText("28 jours");
  // What the template asks to be written, between brackets, is one of them: taken whole from there, and written over.
  await expect(page.getByText("Un champ à compléter")).toBeVisible();
  await page.getByRole("button", { name: /^\[Précisez le motif/ }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.type("Vision floue depuis juin.");
  await expect(text).not.toContainText("Précisez");
  await expect(page.getByText(/champs? à compléter/)).toHaveCount(0);

  await page.getByRole("button", { name: "Joindre" }).focus();
  await page.keyboard.press("Enter");
  const old = page.getByRole("checkbox", { name: "Fond d’œil 2024" });
  await old.focus();
  await page.keyboard.press("Space");
  await page.getByRole("button", { name: "Joindre ce qui est coché" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("1. Fond d’œil 2024")).toBeVisible();
  await text.focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(" Merci!");
  // A phrase is called by its word, as in a note, and its place to fill is taken whole.
  await page.keyboard.press("Enter");
  await page.keyboard.type(".cordi");
  await expect(
    page.getByRole("listbox", { name: "Phrases" }).getByRole("option", { name: /Salutations/ }),
  ).toBeVisible();
  await page.keyboard.press("Enter");
  // Left so, the letter says it before it is signed.
  await expect(page.getByText("Un champ à compléter")).toBeVisible();
  await expect(page.getByText(/^Enregistré à/)).toBeVisible();
  await page.keyboard.press("Control+Enter");
  const early = page.getByRole("dialog", { name: "Aperçu" });
  await expect(early.getByText("Il reste un champ entre crochets.")).toBeVisible();
  await expect(early.getByRole("button", { name: /^Signer quand même/ })).toBeVisible();
  await page.screenshot({ path: test.info().outputPath("places-1440.png") });
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "[prénom]" }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.type("Maude");
  await expect(text).toContainText("Avec mes salutations, Maude.");
  await expect(page.getByText(/^Enregistré à/)).toBeVisible();
  await page.screenshot({ path: test.info().outputPath("letter-1440.png") });

  // A killed page loses nothing.
  await page.reload({ waitUntil: "networkidle" });
  await expect(text).toContainText("Merci!");
  await page.keyboard.press("Control+Enter");
  const preview = page.getByRole("dialog", { name: "Aperçu" });
  // The viewer and the paper count the same pages: what is behind the letter too.
  await expect(preview.getByText("Page 1 de 2")).toHaveCount(2);
  await page.screenshot({ path: test.info().outputPath("preview-1440.png") });
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Demande signée et classée au dossier")).toBeVisible();

  // The hand is on what comes next: sent, by two presses of Enter; then the appointment.
  await expect(page.getByRole("button", { name: "Marquer comme envoyée" })).toBeFocused();
  await page.keyboard.press("Enter");
  const sending = page.getByRole("form", { name: "Marquer comme envoyée" });
  await expect(sending.getByRole("button", { name: "Marquer comme envoyée" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Envoyée", { exact: true }).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Rendez-vous donné" })).toBeFocused();

  // The report comes in: filing it proposes the request.
  const report = await sendFile(doctor, aLetter("Rapport"), "rapport.pdf", patientId);
  await page.goto(`/clinic/${clinic.slug}/boite`, { waitUntil: "networkidle" });
  await expect(page.getByRole("combobox", { name: "Répond à la demande" })).toBeVisible();
  await choose(page, page.locator("#documentType"), /^Réponse de consultation/, "Réponse de cons");
  await page.locator("#title").fill("Rapport en ophtalmologie");
  await choose(page, page.locator("#answers"), /Ophtalmologie/);
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Demande de consultation : rapport reçu")).toBeVisible();
  const [answered] = (await caller.referral.list({ view: "answered" })).rows;
  expect(answered?.reportDocumentId).toBe(report);

  await page.goto(`/clinic/${clinic.slug}/repertoire`, { waitUntil: "networkidle" });
  await page.getByRole("searchbox").fill("LEMAY");
  const line = page.getByRole("button", { name: /Chantal Lemay/ });
  await expect(line).toBeVisible();
  await line.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("link", { name: "Fond d’œil" })).toBeVisible();
  expect(refused).toEqual([]);
});

test("OSC-8: whoever reviews the report that the front desk filed answers the request with it, where they read it", async ({
  page,
  baseURL,
}) => {
  const clinic = await makeClinic();
  const doctor = await makePrescriber(clinic);
  const desk = await makeMember(clinic, "assistant");
  const { id: patientId } = await makePatient(clinic.owner.ctx, { birthDate: "1958-03-14", language: "fr" });
  const { requestId, version } = await signTestReferral(clinic, doctor, patientId);
  const { referral } = callerOf(doctor, clinic);
  await referral.markSent({ id: requestId, version, on: todayIn("America/Toronto"), how: "desk" });
  const report = await sendFile(desk, aLetter("Rapport d’ophtalmologie"));
  await fileDocument(desk.ctx, {
    ...card,
    id: report,
    version: 1,
    patientId,
    documentType: "consultation",
    reviewerId: doctor.userId,
  });
  await page.context().addCookies([{ name: "chevet-staff", value: doctor.token, url: baseURL ?? "" }]);
  await page.goto(`/clinic/${clinic.slug}/boite`, { waitUntil: "networkidle" });
  const answer = page.getByRole("button", { name: /^Répond à la demande Ophtalmologie/ });
  await tabTo(page, answer);
  await page.keyboard.press("Enter");
  await expect(page.getByText("Demande de consultation : rapport reçu")).toBeVisible();
  await expect(answer).toHaveCount(0);
  const { rows } = await referral.list({ mine: true, view: "open" });
  expect(rows).toEqual([]);
});

test("what is attached is chosen findings first, a pressure as one; booked late, a request proposes when its answer is expected", async ({
  page,
  baseURL,
}) => {
  const clinic = await makeClinic();
  const doctor = await makePrescriber(clinic);
  const caller = callerOf(doctor, clinic);
  const { id: patientId } = await makePatient(clinic.owner.ctx, { birthDate: "1958-03-14", language: "fr" });
  const { id, requestId, version } = await signTestReferral(clinic, doctor, patientId);
  await caller.referral.markSent({ id: requestId, version, on: todayIn("America/Toronto"), how: "fax" });
  const record = { clinic, doctor, patientId, caller };
  await measure(record, [["=hba1c", "7,1", { label: "HbA1c", unit: "%" }]], daysAgo(60));
  await measure(record, [
    ["bp-systolic", "128"],
    ["bp-diastolic", "76"],
    ["weight", "78,4"],
  ]);
  const { id: draft } = await beginTestLetter(clinic, doctor, patientId);
  await page.context().addCookies([{ name: "chevet-staff", value: doctor.token, url: baseURL ?? "" }]);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`/clinic/${clinic.slug}/patients/${patientId}/lettres/${draft}`, { waitUntil: "networkidle" });
  await page.getByRole("button", { name: "Joindre" }).click();
  const dialog = page.getByRole("dialog", { name: "Joindre" });
  await expect(dialog.getByRole("checkbox")).toHaveCount(4);
  const labels = await dialog
    .getByRole("checkbox")
    .evaluateAll((boxes) =>
      boxes.map((box) => (box as HTMLInputElement).labels?.[0]?.textContent?.replaceAll(/\s/g, " ")),
    );
  expect(labels.slice(1, 2)).toEqual(["HbA1c 7,1 %"]);
  expect(labels).toContain("TA 128/76 mm Hg");
  await dialog.getByRole("checkbox", { name: /^TA 128/ }).check();
  await page.screenshot({ path: test.info().outputPath("attach-1440.png") });
  await dialog.getByRole("button", { name: "Joindre ce qui est coché" }).click();
  await expect(page.getByText("1. Un résultat")).toBeVisible();

  await page.goto(`/clinic/${clinic.slug}/patients/${patientId}/lettres/${id}`, { waitUntil: "networkidle" });
  await page.getByRole("button", { name: "Rendez-vous donné" }).click();
  const form = page.getByRole("form", { name: "Rendez-vous donné" });
  await form.getByRole("textbox").first().fill("2099-01-05");
  await page.keyboard.press("Tab");
  await expect(form.getByRole("textbox", { name: "Réponse attendue le" })).toHaveValue("2099-01-19");
  await expect(form.getByText("Proposée deux semaines après le rendez-vous.")).toBeVisible();
  await page.screenshot({ path: test.info().outputPath("booked-1440.png") });
  // On to what is written of it: the calendar closes.
  await page.keyboard.press("Tab");
  await form.getByRole("button", { name: "Rendez-vous donné" }).click();
  await expect(page.getByText("2099-01-19")).toBeVisible();
});
