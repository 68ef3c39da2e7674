import "./instance-database.ts";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium, expect, type Page, test } from "@playwright/test";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { newId } from "#server/db/new-id.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { todayIn } from "#server/patient/today.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, signIn, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";
import { beginTestNote, newTab, signTestNote } from "#tests/factories/note.ts";
import { makeSchedule, sit, type TestSchedule } from "#tests/factories/schedule.ts";
import { installedChromium } from "#tests/run/provide-chromium.ts";
import { pick } from "./by-keyboard.ts";
import { enter } from "./enter.ts";

/** A note, from its first word to its signature, whatever happens to the browser meanwhile. */

interface Scene {
  clinic: TestClinic;
  doctor: TestMember;
  place: TestSchedule;
  patientId: string;
  path: string;
}

/** A physician of the clinic, with a card and a patient whom they see tomorrow: the chart opens at once. */
async function scene(): Promise<Scene> {
  const clinic = await makeClinic();
  const place = await makeSchedule(clinic);
  const member = await makeMember(clinic, "professional");
  const [practitionerId] = place.practitioners;
  await withStaff(clinic.owner.ctx, async (db) => {
    const where = { clinicId: clinic.id, id: practitionerId };
    const { version } = await db.practitioner.findFirstOrThrow({ where });
    await db.practitioner.updateMany({ where, data: { membershipId: member.membershipId, version: version + 1 } });
  });
  const { id: patientId } = await makePatient(clinic.owner.ctx);
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  await withStaff(clinic.owner.ctx, async (db) => {
    const sittingId = await sit(db, place, { at: `${tomorrow} 09:00` });
    await db.appointment.createMany({
      data: { clinicId: clinic.id, id: newId(), sittingId, patientId, source: "staff" },
    });
  });
  const doctor = await signIn(member.userId, member.email, clinic.slug);
  return { clinic, doctor, place, patientId, path: `/clinic/${clinic.slug}/patients/${patientId}` };
}

const section = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });
const saved = (page: Page) => expect(page.getByText(/Enregistré à/)).toBeVisible({ timeout: 20_000 });

async function begin(page: Page, path: string) {
  await page.goto(path);
  await page.getByRole("button", { name: "Commencer la note" }).click();
  await expect(section(page, "Subjectif")).toBeVisible({ timeout: 20_000 });
}

/** A browser with a disk of its own, that is killed without a word. */
async function launch(folder: string): Promise<{ context: BrowserContext; page: Page; kill: () => Promise<void> }> {
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: installedChromium(),
    args: ["--no-sandbox", "--disable-gpu", "--remote-debugging-port=0"],
    locale: "fr-CA",
    timezoneId: "America/Toronto",
    baseURL: process.env.CHEVET_E2E_URL,
  });
  const page = context.pages()[0] ?? (await context.newPage());
  return {
    context,
    page,
    async kill() {
      const session = await context.newCDPSession(page);
      // The page's process goes first, in the middle of what it was doing; then the browser.
      void session.send("Page.crash").catch(() => undefined);
      await context.close();
    },
  };
}

test("OSC-2: the browser is killed twice in the middle of a note, once without a network, and every word is found", async () => {
  test.setTimeout(180_000);
  const { doctor, path } = await scene();
  const folder = mkdtempSync(join(tmpdir(), "chevet-kill-"));
  try {
    const first = await launch(folder);
    await enter(first.context, doctor, process.env.CHEVET_E2E_URL);
    await begin(first.page, path);
    await section(first.page, "Subjectif").pressSequentially("Toux depuis trois jours, sans fièvre.");
    await saved(first.page);
    await first.kill();

    const second = await launch(folder);
    await enter(second.context, doctor, process.env.CHEVET_E2E_URL);
    await second.page.goto(path);
    await expect(section(second.page, "Subjectif")).toHaveText("Toux depuis trois jours, sans fièvre.", {
      timeout: 20_000,
    });
    await second.context.setOffline(true);
    await section(second.page, "Objectif").pressSequentially("Poumons clairs, gorge rouge.");
    await expect(second.page.getByText(/Gardé sur ce poste/)).toBeVisible({ timeout: 20_000 });
    await section(second.page, "Plan").pressSequentially("Repos.");
    // The browser's own copy follows the fingers by a fifth of a second.
    await expect.poll(() => second.page.evaluate(keptBytes), { timeout: 10_000 }).toBeGreaterThan(0);
    const before = Number(await second.page.evaluate(keptBytes));
    await section(second.page, "Plan").pressSequentially(" Revoir si dyspnée ou fièvre.");
    await expect.poll(() => second.page.evaluate(keptBytes), { timeout: 10_000 }).toBeGreaterThan(before + 20);
    // All of it: nothing more has come for longer than the copy is behind.
    const settled = async () => {
      const bytes = await second.page.evaluate(keptBytes);
      await second.page.waitForTimeout(800);
      return (await second.page.evaluate(keptBytes)) === bytes;
    };
    await expect.poll(settled, { timeout: 20_000 }).toBe(true);
    // Nothing of it can be read there.
    expect(await second.page.evaluate(keptText)).not.toMatch(/Poumons|Repos|dyspnée/);
    await second.kill();

    const third = await launch(folder);
    await enter(third.context, doctor, process.env.CHEVET_E2E_URL);
    await third.page.goto(path);
    await expect(third.page.getByText(/Des mots gardés sur ce poste ont été retrouvés/)).toBeVisible({
      timeout: 20_000,
    });
    await expect(section(third.page, "Subjectif")).toHaveText("Toux depuis trois jours, sans fièvre.");
    await expect(section(third.page, "Objectif")).toHaveText("Poumons clairs, gorge rouge.");
    await expect(section(third.page, "Plan")).toHaveText("Repos. Revoir si dyspnée ou fièvre.");
    await saved(third.page);
    await expect.poll(() => third.page.evaluate(keptBytes)).toBe(0);
    await third.context.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("OSC-2: a second person sees who writes, and goes on once the first has left", async ({
  browser,
  page,
  baseURL,
}) => {
  const { clinic, doctor, patientId, path } = await scene();
  await enter(page.context(), doctor, baseURL);
  await begin(page, path);
  await section(page, "Subjectif").pressSequentially("Toux.");
  await saved(page);
  const colleague = await makeMember(clinic, "professional");
  // Says why they open it, as whoever does not see this patient must.
  await callerOf(colleague, clinic).chart.sayReason({
    id: newId(),
    patientId,
    reason: "covering",
    note: "Remplacement",
  });
  const other = await (await browser.newContext({ locale: "fr-CA", timezoneId: "America/Toronto" })).newPage();
  await enter(other.context(), colleague, baseURL);
  const [draft] = await callerOf(colleague, clinic).note.drafts({ patientId });
  await other.goto(`${baseURL}${path}?note=${draft?.id}`);
  await expect(other.getByText(`${doctor.ctx.membership.displayName} écrit cette note.`)).toBeVisible({
    timeout: 20_000,
  });
  await expect(other.getByText("Toux.")).toBeVisible();
  await expect(section(other, "Subjectif")).toHaveCount(0);
  // Leaving gives the edit back.
  await page.getByRole("button", { name: "Autres gestes" }).click();
  await page.getByRole("menuitem", { name: "Toutes les notes" }).click();
  await expect(section(other, "Subjectif")).toHaveText("Toux.", { timeout: 20_000 });
  await other.context().close();
});

test("OSC-3, DM-2: reason, examination, diagnosis and plan on one page; signed by keyboard, then added to", async ({
  page,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const { clinic, doctor, path, patientId } = await scene();
  await signTestNote(clinic, doctor, { patientId, text: "Ancienne note" });
  await callerOf(doctor, clinic).phrase.add({
    id: newId(),
    code: "examcp",
    title: "Examen normal",
    body: "Poumons clairs [côté].",
    own: true,
  });
  await enter(page.context(), doctor, baseURL);
  await begin(page, path);
  await section(page, "Subjectif").pressSequentially("Toux. ");
  // Bold, and what Word had on its clipboard.
  await page.keyboard.press("Control+b");
  await page.keyboard.type("Fièvre");
  await page.keyboard.press("Control+b");
  await section(page, "Objectif").click();
  await page.keyboard.type(".examc");
  const menu = page.getByRole("listbox", { name: "Phrases" });
  await expect(menu.getByRole("option", { name: /Examen normal/ })).toBeVisible();
  await page.keyboard.press("Enter");
  // The first place to fill is taken whole.
  await page.keyboard.type("des deux côtés");
  await expect(section(page, "Objectif")).toHaveText("Poumons clairs des deux côtés.");
  await section(page, "Plan").evaluate((element) => {
    const data = new DataTransfer();
    data.setData(
      "text/html",
      "<p class=MsoNormal>Repos<o:p></o:p></p><p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp;</span></span><![endif]>Hydratation</p>",
    );
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await expect(section(page, "Plan").getByRole("listitem")).toHaveText("Hydratation");
  await page.getByRole("button", { name: "Ajouter un diagnostic" }).click();
  await page.getByRole("combobox", { name: "Diagnostic 1", exact: true }).fill("Bronchite aiguë");
  await page.getByRole("textbox", { name: "Code du diagnostic 1" }).fill("466.0");
  await section(page, "Analyse").click();
  await page.keyboard.type("Bronchite aiguë");
  // Offered at the head of the chart too, where it never scrolls away.
  await expect(page.getByRole("button", { name: /^Signer la note/ })).toBeInViewport();
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Note signée.").first()).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText("Signée par")).toBeVisible();
  await expect(page.locator("strong", { hasText: "Fièvre" })).toBeVisible();
  await expect(page.getByText("466.0")).toBeVisible();

  await page.getByRole("button", { name: "Ajouter un addenda" }).click();
  await section(page, "Note").pressSequentially("Radiographie normale.");
  await saved(page);
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Addenda signé.").first()).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole("heading", { name: "Addenda" })).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText("Radiographie normale.")).toBeVisible();
  await expect(page.getByText("Poumons clairs des deux côtés.")).toBeVisible();

  // Its author corrects the addendum at its place; the note stays as it is.
  await page.getByRole("button", { name: "Corriger cet addenda" }).click();
  await page.keyboard.type("Mauvais côté");
  await page.keyboard.press("Control+Enter");
  await expect(section(page, "Note")).toHaveText("Radiographie normale.", { timeout: 20_000 });
  await section(page, "Note").fill("Radiographie normale à gauche.");
  await saved(page);
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Pourquoi : Mauvais côté")).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole("heading", { name: "Addenda" })).toHaveCount(1);
  await expect(page.getByText("Radiographie normale à gauche.")).toBeVisible();
  await expect(page.getByText("Radiographie normale.", { exact: true })).toBeHidden();
  await page.getByRole("button", { name: "Version antérieure" }).click();
  await expect(page.getByText("Radiographie normale.", { exact: true })).toBeVisible();
  await expect(page.getByText("Corrigée", { exact: true })).toHaveCount(1);
  if (process.env.CHEVET_LOOK) {
    for (const [width, height] of [
      [1440, 900],
      [390, 844],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.getByRole("heading", { name: "Addenda" }).scrollIntoViewIfNeeded();
      await page.screenshot({ path: `${process.env.CHEVET_LOOK}/addendum-${width}.png` });
    }
  }
});

test("a phrase comes by its whole word and a space, and Ctrl+Z gives back the word as it was typed", async ({
  page,
  baseURL,
}) => {
  const { clinic, doctor, path } = await scene();
  const add = (code: string, body: string) =>
    callerOf(doctor, clinic).phrase.add({ id: newId(), code, title: code, body, own: true });
  await add("rasq", "Rien à signaler.");
  await add("rasquo", "Rien de neuf.");
  await enter(page.context(), doctor, baseURL);
  await begin(page, path);
  const text = section(page, "Subjectif");
  await text.pressSequentially("Vu. .rasq Revoir.");
  await expect(text).toHaveText("Vu. Rien à signaler. Revoir.");
  await text.fill("");
  await text.pressSequentially("On tape .rasq ");
  await expect(text).toHaveText(/^On tape Rien à signaler\. ?$/);
  await page.keyboard.press("Control+z");
  await expect(text).toHaveText(/^On tape \.rasq ?$/);
  await page.keyboard.type("au long; .rasqu et .inconnu ");
  await expect(text).toHaveText(/^On tape \.rasq au long; \.rasqu et \.inconnu ?$/);
});

test("my day says of each visit whether its note is signed, to sign or to begin, and so does the agenda", async ({
  page,
  baseURL,
}) => {
  const { clinic, doctor, place, patientId } = await scene();
  const today = todayIn("America/Toronto");
  const visits = await withStaff(clinic.owner.ctx, async (db) => {
    const made: string[] = [];
    for (const minute of ["00:00", "02:00", "04:00"]) {
      const [id, sittingId] = [newId(), await sit(db, place, { at: `${today} ${minute}` })];
      await db.appointment.createMany({ data: { clinicId: clinic.id, id, sittingId, patientId, source: "staff" } });
      made.push(id);
    }
    return made;
  });
  const [, signed = "", begun = ""] = visits;
  await signTestNote(clinic, doctor, { patientId, appointmentId: signed });
  await beginTestNote(clinic, doctor, { patientId, appointmentId: begun });
  await enter(page.context(), doctor, baseURL);
  await page.goto(`/clinic/${clinic.slug}`);
  const rows = page.getByRole("list", { name: /^Ma journée/ }).getByRole("listitem");
  const marks = ["Note à commencer", "Note signée", "Note à signer"];
  for (const [at, mark] of marks.entries()) await expect(rows.nth(at).getByText(mark)).toBeVisible();
  for (const [width, height] of [
    [1440, 900],
    [820, 1180],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const mark of marks) await expect(page.getByTitle(mark)).toBeInViewport();
    if (process.env.CHEVET_LOOK) await page.screenshot({ path: `${process.env.CHEVET_LOOK}/my-day-${width}.png` });
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`/clinic/${clinic.slug}/agenda?date=${today}&view=list`);
  await rowsOfAgenda(page).nth(1).click();
  await expect(page.getByTitle("Note signée")).toBeVisible();
  if (process.env.CHEVET_LOOK) await page.screenshot({ path: `${process.env.CHEVET_LOOK}/agenda-note.png` });
});

const rowsOfAgenda = (page: Page) => page.locator("button[data-row-opener], button[data-event]");

test("AC-48: a signed note is corrected twice, each time with a reason: the text that stands is read first, and the others are one press away and on paper", async ({
  page,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const { clinic, doctor, path, patientId } = await scene();
  await signTestNote(clinic, doctor, { patientId, text: "TA 152/88" });
  await enter(page.context(), doctor, baseURL);
  await page.goto(path);
  await page.getByText("TA 152/88").first().click();
  for (const [reason, text] of [
    ["Erreur de frappe", "TA 142/88"],
    ["Lu sur le mauvais bras", "TA 132/88"],
  ] as const) {
    await page.getByRole("button", { name: "Corriger", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Corriger cette note signée?" });
    await expect(dialog.getByRole("button", { name: "Corriger" })).toBeDisabled();
    await page.keyboard.type(reason);
    await page.keyboard.press("Control+Enter");
    await expect(section(page, "Subjectif")).toBeVisible({ timeout: 20_000 });
    await section(page, "Subjectif").fill(text);
    await saved(page);
    await page.keyboard.press("Control+Enter");
    await expect(page.getByText(`Pourquoi : ${reason}`)).toBeVisible({ timeout: 20_000 });
  }
  const standing = page.getByText("TA 132/88", { exact: true });
  const earlier = [page.getByText("TA 142/88", { exact: true }), page.getByText("TA 152/88", { exact: true })];
  await expect(standing).toBeVisible();
  for (const text of earlier) await expect(text).toBeHidden();
  await page.emulateMedia({ media: "print" });
  for (const text of earlier) await expect(text).toBeVisible();
  await page.emulateMedia({ media: "screen" });
  await page.getByRole("button", { name: "Versions antérieures (2)" }).click();
  for (const text of earlier) await expect(text).toBeVisible();
  await expect(page.getByText("Corrigée", { exact: true })).toHaveCount(2);
  await expect(page.getByText("Pourquoi : Erreur de frappe")).toBeVisible();
  const places = await Promise.all([standing, ...earlier].map(async (text) => (await text.boundingBox())?.y ?? 0));
  expect(places).toEqual([...places].sort((one, other) => one - other));
  if (process.env.CHEVET_LOOK) await page.screenshot({ path: `${process.env.CHEVET_LOOK}/corrected.png` });
  await page.getByRole("button", { name: "Toutes les notes" }).click();
  await expect(page.getByText("TA 132/88")).toBeVisible();
  await expect(page.getByText("TA 152/88")).toHaveCount(0);
});

test("a question that its template requires is asked again where it stands, and the note is signed once it is answered", async ({
  page,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const { clinic, doctor, path } = await scene();
  await enter(page.context(), doctor, baseURL);
  // Its author says so in the template.
  await page.goto(`/clinic/${clinic.slug}/modeles`);
  await page.getByRole("button", { name: "Ajouter un modèle" }).click();
  await page.getByRole("textbox", { name: "Nom", exact: true }).fill("Infiltration");
  await page.getByRole("textbox", { name: "Nom de la section 1" }).fill("Geste");
  await page.getByRole("button", { name: "Ajouter une section" }).click();
  await page.getByRole("textbox", { name: "Nom de la section 2" }).fill("Consentement");
  await page.getByRole("checkbox", { name: "Réponse de la section 2 exigée pour signer" }).check();
  if (process.env.CHEVET_LOOK) await page.screenshot({ path: `${process.env.CHEVET_LOOK}/template-form.png` });
  await page.getByRole("button", { name: "Enregistrer", exact: true }).click();
  await expect(page.getByText("Modèle enregistré.").first()).toBeVisible();
  await page.goto(path);
  await page.getByRole("combobox", { name: "Modèle" }).fill("Infil");
  await page.getByRole("option", { name: /Infiltration/ }).click();
  await page.getByRole("button", { name: "Commencer la note" }).click();
  await section(page, "Geste").pressSequentially("Genou droit, 40 mg.");
  await saved(page);
  await page.keyboard.press("Control+Enter");
  const asked = page.getByText("Réponse exigée pour signer.");
  await expect(asked).toBeVisible();
  await expect(section(page, "Consentement")).toBeFocused();
  if (process.env.CHEVET_LOOK) await page.screenshot({ path: `${process.env.CHEVET_LOOK}/required.png` });
  await page.keyboard.type("Verbal.");
  await expect(asked).toHaveCount(0);
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Note signée.").first()).toBeVisible({ timeout: 20_000 });
});

test("GM-2: a diagnosis chosen from the problems hangs the note on it, and the problem opens its notes", async ({
  page,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const { clinic, doctor, path, patientId } = await scene();
  await signTestNote(clinic, doctor, { patientId, text: "Une entorse, guérie." });
  await callerOf(doctor, clinic).condition.add({ id: newId(), patientId, label: "HTA essentielle" });
  await enter(page.context(), doctor, baseURL);
  await begin(page, path);
  await section(page, "Subjectif").pressSequentially("Prend ses comprimés.");
  await page.getByRole("button", { name: "Ajouter un diagnostic" }).click();
  // From the list, by keyboard: the field is open on the problems.
  await expect(page.getByRole("option", { name: "HTA essentielle" })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await expect(page.locator("[role=option][data-combobox-selected]")).toHaveText("HTA essentielle");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("img", { name: "Lié au problème « HTA essentielle »" })).toBeVisible();
  // In one's own words, and onto the list in one gesture.
  await page.getByRole("button", { name: "Ajouter un diagnostic" }).click();
  await page.keyboard.type("Insomnie");
  await page.getByRole("button", { name: "Ajouter le diagnostic 2 aux problèmes" }).click();
  await expect(page.getByRole("img", { name: "Lié au problème « Insomnie »" })).toBeVisible({ timeout: 20_000 });
  // A third by its key, and a fourth where the note is signed: each is offered until it is of the list.
  await page.getByRole("button", { name: "Ajouter un diagnostic" }).click();
  await page.keyboard.type("Migraine");
  await page.keyboard.press("Shift+Enter");
  await expect(page.getByRole("img", { name: "Lié au problème « Migraine »" })).toBeVisible({ timeout: 20_000 });
  await page.getByRole("button", { name: "Ajouter un diagnostic" }).click();
  await page.keyboard.type("Tendinite");
  const offered = page.getByRole("group", { name: "Pas à la liste de problèmes" });
  await expect(offered.getByRole("button")).toHaveCount(1);
  if (process.env.CHEVET_LOOK) await page.screenshot({ path: `${process.env.CHEVET_LOOK}/write.png` });
  await offered.getByRole("button", { name: "Ajouter « Tendinite » à la liste de problèmes" }).click();
  await expect(page.getByRole("img", { name: "Lié au problème « Tendinite »" })).toBeVisible({ timeout: 20_000 });
  await expect(offered).toHaveCount(0);
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Note signée.").first()).toBeVisible({ timeout: 20_000 });

  const problem = page.getByRole("button", { name: "Insomnie", expanded: false });
  await problem.click();
  await page.getByRole("button", { name: "Sa note", exact: true }).click();
  await expect(page.getByText("Notes de « Insomnie »")).toBeVisible();
  await expect(page.getByText("Prend ses comprimés.")).toBeVisible();
  await expect(page.getByText("Une entorse, guérie.")).toHaveCount(0);
  if (process.env.CHEVET_LOOK) await page.screenshot({ path: `${process.env.CHEVET_LOOK}/list.png` });
  // From the note that is read, the other problem is one gesture away.
  await page.getByText("Prend ses comprimés.").click();
  await page.getByTitle("Voir les notes de ce problème").filter({ hasText: "HTA essentielle" }).click();
  await expect(page.getByText("Notes de « HTA essentielle »")).toBeVisible();
  await page.getByRole("button", { name: "Toutes les notes" }).click();
  await expect(page.getByText("Une entorse, guérie.")).toBeVisible();
});

test("a note that is begun changes its template: same-named sections follow, the rest stays in sight, and nothing is lost", async ({
  page,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const { doctor, path } = await scene();
  await enter(page.context(), doctor, baseURL);
  await begin(page, path);
  await section(page, "Subjectif").pressSequentially("Toux depuis hier.");
  await section(page, "Plan").pressSequentially("Repos.");
  const change = async (to: string) => {
    await pick(
      page,
      page.getByRole("button", { name: "Autres gestes" }),
      page.getByRole("menuitem", { name: "Changer de modèle…" }),
    );
    const dialog = page.getByRole("dialog", { name: "Changer de modèle" });
    await dialog.getByRole("combobox", { name: "Modèle" }).fill(to);
    await page.getByRole("option", { name: to }).click();
    await dialog.getByRole("button", { name: "Changer", exact: true }).click();
    await expect(dialog).toHaveCount(0);
  };
  await change("Appel téléphonique");
  await expect(section(page, "Conseils et suite")).toHaveText("Repos.", { timeout: 20_000 });
  await expect(section(page, "Repris du modèle précédent")).toHaveText("SubjectifToux depuis hier.");
  // Still this window's: the next word is saved.
  await section(page, "Renseignements obtenus").pressSequentially("Sa mère rappelle.");
  await saved(page);
  if (process.env.CHEVET_LOOK) await page.screenshot({ path: `${process.env.CHEVET_LOOK}/template.png` });
  await change("Note SOAP");
  await expect(section(page, "Subjectif")).toHaveText("Toux depuis hier.", { timeout: 20_000 });
  await expect(section(page, "Plan")).toHaveText("Repos.");
  await expect(section(page, "Repris du modèle précédent")).toHaveText("Renseignements obtenusSa mère rappelle.");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Note signée.").first()).toBeVisible({ timeout: 20_000 });
  // To read, each line of what was carried over has the width of the page.
  const carried = page.getByRole("region", { name: "Repris du modèle précédent" });
  await expect(carried.getByText("Sa mère rappelle.")).toBeVisible();
  const [name, text] = await carried
    .locator("p")
    .evaluateAll((lines) => lines.map((line) => line.getBoundingClientRect()));
  expect(name?.left).toBe(text?.left);
  expect(name?.width).toBeGreaterThan(200);
});

test("OSC-3: a note is kept for its author alone, and is not signed beneath the question of who may read it", async ({
  page,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const { clinic, doctor, path, patientId } = await scene();
  await enter(page.context(), doctor, baseURL);
  await begin(page, path);
  await section(page, "Subjectif").pressSequentially("Propos confidentiels.");
  await saved(page);
  await pick(
    page,
    page.getByRole("button", { name: "Autres gestes" }),
    page.getByRole("menuitem", { name: "Réserver cette note…" }),
  );
  const dialog = page.getByRole("dialog", { name: "Qui peut lire cette note?" });
  await expect(dialog.getByText("Rien de choisi : personne d’autre que vous.")).toBeVisible();
  await page.keyboard.press("Control+Enter");
  await expect(dialog).toBeVisible();
  await dialog.getByRole("button", { name: "Réserver la note" }).click();
  await expect(dialog).toHaveCount(0);
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Note signée.").first()).toBeVisible({ timeout: 20_000 });
  const note = await withStaff(doctor.ctx, (db) =>
    db.note.findFirstOrThrow({ where: { clinicId: clinic.id, patientId } }),
  );
  expect(note.audience).toBe(`user:${doctor.userId};`);
});

test("OSC-2: a page that goes in the middle of a word takes the word with it, and no other writer is seen in it", async ({
  page,
  baseURL,
}) => {
  const { doctor, path } = await scene();
  await enter(page.context(), doctor, baseURL);
  await begin(page, path);
  await section(page, "Plan").click();
  await page.keyboard.type("Repos");
  await saved(page);
  // At once after the last letter: neither the server nor this browser had its pause.
  for (const word of [", hydratation", ", revoir au be"]) {
    await page.keyboard.type(word);
    await page.reload();
    await expect(section(page, "Plan")).toContainText(word, { timeout: 20_000 });
    await section(page, "Plan").click();
    await page.keyboard.press("Control+End");
  }
  await page.keyboard.type("soin");
  await saved(page);
  await expect(section(page, "Plan")).toHaveText("Repos, hydratation, revoir au besoin");
});

test("OSC-2: what is typed while the signature is on its way is written nowhere, and is written again if it is refused", async ({
  page,
  context,
  baseURL,
}) => {
  const { doctor, path } = await scene();
  await enter(context, doctor, baseURL);
  await begin(page, path);
  await expect(section(page, "Subjectif")).toBeFocused();
  await page.keyboard.type("Toux depuis 3 jours.");
  await saved(page);
  // Refused at first, then answered late: each time keys are pressed meanwhile.
  let asked = 0;
  await page.route(/note\.sign(\?|$|,)/, async (route) => {
    asked += 1;
    await new Promise((done) => setTimeout(done, 1500));
    if (asked === 1) await route.abort();
    else await route.continue();
  });
  for (const press of [1, 2]) {
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => asked).toBe(press);
    await page.keyboard.type(" rien");
    if (press === 2) break;
    await expect(page.locator("[data-frozen]")).toHaveCount(0);
    await expect(section(page, "Subjectif")).toHaveText("Toux depuis 3 jours.");
    await expect(section(page, "Subjectif")).toBeFocused();
    await page.keyboard.type(" Fièvre.");
    await saved(page);
  }
  await expect(page.getByText(/Signée par/).first()).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText("Toux depuis 3 jours. Fièvre.", { exact: true }).first()).toBeVisible();
});

test("a reload brings the caret back to where it was, and what is said never covers the signature", async ({
  page,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const { doctor, path } = await scene();
  await enter(page.context(), doctor, baseURL);
  await begin(page, path);
  await section(page, "Plan").click();
  await page.keyboard.type("Repos. Revoir.");
  for (let step = 0; step < 7; step += 1) await page.keyboard.press("ArrowLeft");
  await saved(page);
  await page.reload();
  await expect(section(page, "Plan")).toBeFocused({ timeout: 20_000 });
  await page.keyboard.type("Hydratation. ");
  await expect(section(page, "Plan")).toHaveText("Repos. Hydratation. Revoir.");
  await saved(page);
  for (const [width, height] of [
    [1440, 900],
    [820, 1180],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.getByRole("button", { name: "Ajouter un diagnostic" }).click();
    await page.keyboard.type(`Fatigue ${width}`);
    await page.keyboard.press("Shift+Enter");
    const toast = page.getByText(`« Fatigue ${width} » ajouté aux problèmes.`);
    await expect(toast).toBeVisible({ timeout: 20_000 });
    const sign = page.getByRole("button", { name: /^Signer la note/ });
    await expect(sign).toBeInViewport();
    if (process.env.CHEVET_LOOK) await page.screenshot({ path: `${process.env.CHEVET_LOOK}/toast-${width}.png` });
    const box = (await sign.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    // Nothing lies over it: on a phone, neither does the bar of places.
    expect(
      await sign.evaluate((one) => {
        const { x, y, width: wide, height: high } = one.getBoundingClientRect();
        return one.contains(document.elementFromPoint(x + wide / 2, y + high / 2));
      }),
      `${width}: under the hand`,
    ).toBe(true);
    for (const one of await page.getByRole("status").filter({ hasText: "ajouté aux problèmes" }).all()) {
      const told = await one.boundingBox();
      const apart =
        told &&
        (told.y + told.height <= box.y ||
          told.y >= box.y + box.height ||
          told.x + told.width <= box.x ||
          told.x >= box.x + box.width);
      expect(apart, `${width}: ${JSON.stringify({ box, told })}`).toBe(true);
    }
  }
});

test("a session that was locked in the middle of a note keeps every word beneath the lock", async ({
  page,
  baseURL,
}) => {
  const { clinic, doctor, path, patientId } = await scene();
  await enter(page.context(), doctor, baseURL);
  await begin(page, path);
  await section(page, "Subjectif").pressSequentially("Toux.");
  await saved(page);
  const lock = (locked: boolean) =>
    page.request.post(`${baseURL}/api/trpc/auth.session.${locked ? "lock" : "touch"}`, {
      headers: { origin: baseURL ?? "", "content-type": "application/json" },
      data: { json: null },
    });
  await lock(true);
  await section(page, "Subjectif").pressSequentially(" Fièvre depuis hier.");
  await expect(page.getByRole("dialog")).toBeVisible({ timeout: 20_000 });
  const [draft] = await callerOf(await signIn(doctor.userId, doctor.email, clinic.slug), clinic).note.drafts({
    patientId,
  });
  expect(draft?.mine).toBe(true);
  // Beneath the lock the text stays as it was typed.
  await expect(page.locator("[aria-label='Subjectif']")).toHaveText("Toux. Fièvre depuis hier.");
});

test("a session that ended in the middle of a note loses no word: they are there once the person signs in again", async ({
  page,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const { clinic, doctor, path, patientId } = await scene();
  await enter(page.context(), doctor, baseURL);
  await begin(page, path);
  await section(page, "Subjectif").pressSequentially("Toux.");
  await saved(page);
  await withAuth({ userId: doctor.userId }, doctor.ctx, (db) =>
    db.session.updateMany({ where: { userId: doctor.userId }, data: { expiresAt: new Date(Date.now() - 60_000) } }),
  );
  await section(page, "Subjectif").pressSequentially(" Fièvre depuis hier.");
  await expect(page.getByRole("dialog", { name: "Votre session a pris fin" })).toBeVisible({ timeout: 20_000 });
  await expect(page.locator("[aria-label='Subjectif']")).toHaveText("Toux. Fièvre depuis hier.");
  await expect.poll(() => page.evaluate(keptBytes), { timeout: 10_000 }).toBeGreaterThan(0);
  expect(await page.evaluate(keptText)).not.toContain("Fièvre");
  const context = page.context();
  // The window goes too, and nothing more was sent.
  await page.close();
  const again = await signIn(doctor.userId, doctor.email, clinic.slug);
  const [draft] = await callerOf(again, clinic).note.drafts({ patientId });
  const onServer = await callerOf(again, clinic).note.open({ id: draft?.id ?? "", tab: newTab(), mayWrite: false });
  expect(JSON.stringify(onServer.answers)).not.toContain("Fièvre");
  await enter(context, again, baseURL);
  const other = await context.newPage();
  await other.goto(path);
  await expect(other.getByText(/Des mots gardés sur ce poste ont été retrouvés/)).toBeVisible({ timeout: 20_000 });
  await expect(section(other, "Subjectif")).toHaveText("Toux. Fièvre depuis hier.");
  await saved(other);
  await expect.poll(() => other.evaluate(keptBytes)).toBe(0);
});

async function keptRows(): Promise<{ sealed: ArrayBuffer }[]> {
  return new Promise((resolve) => {
    const request = indexedDB.open("chevet-notes");
    request.onsuccess = () => {
      const rows = request.result.transaction("draft").objectStore("draft").getAll();
      rows.onsuccess = () => resolve(rows.result);
    };
  });
}
const keptBytes = `(${keptRows})().then((rows) => rows.reduce((sum, { sealed }) => sum + sealed.byteLength, 0))`;
const keptText = `(${keptRows})().then((rows) => rows.map(({ sealed }) => new TextDecoder().decode(sealed)).join())`;

test("a diagnosis that a loaded list calls so has its code, and takes it onto the problems", async ({
  page,
  baseURL,
}) => {
  const { clinic, doctor, path, patientId } = await scene();
  const csv = "kind;code;fr;en\nproblem;S90.2;Orteil noir;Black toe\n";
  await callerOf(clinic.owner, clinic).terminology.import({ csv });
  await enter(page.context(), doctor, baseURL);
  await begin(page, path);
  await page.getByRole("button", { name: "Ajouter un diagnostic" }).click();
  await page.keyboard.type("orteil");
  await expect(page.getByRole("option", { name: "Orteil noir S90.2" })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await expect(page.locator("[role=option][data-combobox-selected]")).toContainText("S90.2");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Code du diagnostic 1" })).toHaveValue("S90.2");
  await page.getByRole("button", { name: "Ajouter le diagnostic 1 aux problèmes" }).click();
  await expect(page.getByRole("img", { name: "Lié au problème « Orteil noir »" })).toBeVisible({ timeout: 20_000 });
  const { conditions } = await callerOf(doctor, clinic).summary.read({ patientId });
  expect(conditions).toMatchObject([{ label: "Orteil noir", codeSystem: "own", code: "S90.2" }]);
});

test("Enter takes the first diagnosis that begins as was typed; Escape then Enter keeps the words", async ({
  page,
  baseURL,
}) => {
  const { clinic, doctor, path } = await scene();
  const csv = "kind;code;fr;en\nproblem;J20.9;Bronchite aiguë;Acute bronchitis\n";
  await callerOf(clinic.owner, clinic).terminology.import({ csv });
  await enter(page.context(), doctor, baseURL);
  await begin(page, path);
  const listed = page.getByRole("option", { name: "Bronchite aiguë J20.9" });
  await page.getByRole("button", { name: "Ajouter un diagnostic" }).click();
  await page.keyboard.type("bronchite");
  await expect(listed).toBeVisible();
  await expect(listed.locator("[data-offered]")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("combobox", { name: "Diagnostic 1", exact: true })).toHaveValue("Bronchite aiguë");
  await expect(page.getByRole("textbox", { name: "Code du diagnostic 1" })).toHaveValue("J20.9");
  await expect(listed).toHaveCount(0);
  await page.getByRole("button", { name: "Ajouter un diagnostic" }).click();
  await page.keyboard.type("bronchite");
  await expect(listed).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("combobox", { name: "Diagnostic 2", exact: true })).toHaveValue("bronchite");
  await expect(page.getByRole("textbox", { name: "Code du diagnostic 2" })).toHaveValue("");
  await expect(listed).toHaveCount(0);
});
