import "./instance-database.ts";
import { type BrowserContext, expect, type Locator, type Page, test } from "@playwright/test";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { bookAppointment } from "#server/appointment/book-appointment.ts";
import { bookInput } from "#server/appointment/schema.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { todayIn } from "#server/patient/today.ts";
import { makeClinic, type TestClinic } from "#tests/factories/clinic.ts";
import { makeSchedule, type TestSchedule } from "#tests/factories/schedule.ts";
import { write } from "./by-keyboard.ts";
import { enter } from "./enter.ts";

/** The agenda and the flow board by hand, by keys, by two people at once, on paper and on a phone. */

/** A Wednesday of the next winter: open from 8 h to 18 h, an hour a visit. */
const day = "2027-02-10";

interface Scene {
  readonly clinic: TestClinic;
  readonly place: TestSchedule;
  readonly book: (name: [string, string], minute: number, more?: Record<string, unknown>) => Promise<string>;
}

async function makeScene(shape: Parameters<typeof makeSchedule>[1] = {}): Promise<Scene> {
  const clinic = await makeClinic();
  const place = await makeSchedule(clinic, shape);
  await withStaff(clinic.owner.ctx, async (db) => {
    for (const [at, id] of place.practitioners.entries())
      await db.practitioner.updateMany({
        where: { clinicId: clinic.id, id },
        data: { familyName: ["Gagnon", "Benali"][at] ?? "Roy", givenName: ["Ève", "Karim"][at] ?? "Luc", version: 2 },
      });
  });
  return {
    clinic,
    place,
    async book([givenName, familyName], minute, more = {}) {
      const patient = await makePatient(clinic.owner.ctx, { givenName, familyName, birthFamilyName: "" });
      const { sittingId } = await bookAppointment(
        clinic.owner.ctx,
        bookInput.parse({
          id: newId(),
          sittingId: newId(),
          patientId: patient.id,
          serviceId: place.serviceId,
          locationId: place.locationId,
          resourceId: place.practitioners[0],
          date: day,
          minute,
          ...more,
        }),
      );
      return sittingId;
    },
  };
}

async function openAgenda(context: BrowserContext, { clinic }: Scene, query = `?date=${day}`): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`/clinic/${clinic.slug}/agenda${query}`, { waitUntil: "networkidle" });
  await expect(page.locator("[data-column]").first()).toBeVisible();
  return page;
}

const visit = (page: Page, name: RegExp): Locator =>
  page.locator("[data-event]").and(page.getByRole("button", { name }));

/** Where a minute of a column is on the screen. */
async function pointAt(page: Page, column: number, minute: number): Promise<{ x: number; y: number }> {
  const box = page.locator("[data-column]").nth(column);
  return box.evaluate((element, at) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return { x: left + width / 2, y: top + ((at - 480) / (1080 - 480)) * height };
  }, minute);
}

async function dragTo(page: Page, from: Locator, column: number, minute: number, release = true): Promise<void> {
  await from.scrollIntoViewIfNeeded();
  const box = await from.boundingBox();
  if (!box) throw new Error("the visit is not on the screen");
  // Taken a little under its top: it stands where its top is let go.
  await page.mouse.move(box.x + box.width / 2, box.y + 6);
  await page.mouse.down();
  const to = await pointAt(page, column, minute);
  await page.mouse.move(to.x, to.y - 20, { steps: 4 });
  await page.mouse.move(to.x, to.y + 6, { steps: 4 });
  if (release) await page.mouse.up();
}

test("an empty time is clicked and booked, and the toast takes it back", async ({ context, baseURL }) => {
  const scene = await makeScene();
  await makePatient(scene.clinic.owner.ctx, { givenName: "Éloïse", familyName: "Côté-Lavallée", birthFamilyName: "" });
  await enter(context, scene.clinic.owner, baseURL);
  const page = await openAgenda(context, scene);
  const { x, y } = await pointAt(page, 0, 602);
  await page.mouse.click(x, y);
  const form = page.getByRole("dialog", { name: "Nouveau rendez-vous" });
  await expect(form.getByLabel("Heure", { exact: true })).toHaveValue("10\u00a0h\u00a000");
  await form.getByRole("combobox", { name: "Patient" }).fill("lavallee elo");
  await page.getByRole("option", { name: /Éloïse Côté-Lavallée/ }).click();
  await expect(form.getByText(/C’est libre/)).toBeVisible();
  await form.getByLabel("Motif de la visite").fill("Otalgie");
  await form.getByRole("button", { name: "Prendre le rendez-vous" }).click();
  await expect(form).toHaveCount(0);
  await expect(visit(page, /10.h.00 à 11.h.00, Éloïse Côté-Lavallée, Otalgie, Ève Gagnon, Attendu/)).toBeVisible();
  await page.getByRole("status").getByRole("button", { name: "Annuler" }).click();
  await expect(visit(page, /Éloïse.*Annulé/)).toBeVisible();
});

test("somebody new is booked by the keys alone, after a look at who resembles them", async ({ context, baseURL }) => {
  const scene = await makeScene();
  await makePatient(scene.clinic.owner.ctx, {
    givenName: "Ginette",
    familyName: "Bouchard",
    birthFamilyName: "",
    birthDate: "1958-03-14",
  });
  await enter(context, scene.clinic.owner, baseURL);
  const page = await openAgenda(context, scene);
  await page.keyboard.press("n");
  const form = page.getByRole("dialog", { name: "Nouveau rendez-vous" });
  await expect(form.getByRole("combobox", { name: "Patient" })).toBeFocused();
  await page.keyboard.type("ginette bouchard");
  await expect(page.getByRole("option", { name: /Inscrire « ginette bouchard »/ })).toBeVisible();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect(form.getByLabel("Prénom")).toHaveValue("Ginette");
  // A name alone is no likeness: two Ginette Bouchard stand in the list above. The same birth date too is one.
  await expect(form.getByLabel("Naissance")).toBeFocused();
  await page.keyboard.type("1958-03-14");
  await expect(form.getByText(/Un dossier semblable existe déjà/)).toBeVisible();
  await write(page, form.getByLabel("Téléphone"), "418 555-0142");
  await write(page, form.getByLabel("Heure", { exact: true }), "14:30");
  await expect(form.getByText(/C’est libre/)).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(visit(page, /14.h.30 à 15.h.30, Ginette Bouchard/)).toBeVisible();
  const [count] = await withStaff(
    scene.clinic.owner.ctx,
    (db) => db.$queryRaw<{ n: number }[]>`select count(*)::int as n from clinic.patient where family_name = 'Bouchard'`,
  );
  expect(count?.n).toBe(2);
});

test("a visit is dragged to another hour and another column, and put back by the toast", async ({
  context,
  baseURL,
}) => {
  const scene = await makeScene({ practitioners: 2 });
  await scene.book(["Denis", "Vaillancourt"], 540);
  await enter(context, scene.clinic.owner, baseURL);
  const page = await openAgenda(context, scene);
  const gagnon = await page
    .locator("[data-column]")
    .evaluateAll((columns) => columns.findIndex((column) => column.querySelector("[data-event]") !== null));
  await dragTo(page, visit(page, /Denis Vaillancourt/), 1 - gagnon, 660);
  await expect(visit(page, /11.h.00 à 12.h.00, Denis Vaillancourt, .*Karim Benali/)).toBeVisible();
  await page.getByRole("status").getByRole("button", { name: "Annuler" }).click();
  await expect(visit(page, /9.h.00 à 10.h.00, Denis Vaillancourt, .*Ève Gagnon/)).toBeVisible();
});

test("a bad drop says every reason, moves nothing, and offers the next free time", async ({ context, baseURL }) => {
  const scene = await makeScene();
  await scene.book(["Denis", "Vaillancourt"], 540);
  await scene.book(["Étienne", "Charbonneau"], 660);
  await enter(context, scene.clinic.owner, baseURL);
  const page = await openAgenda(context, scene);
  await dragTo(page, visit(page, /Étienne Charbonneau/), 0, 570, false);
  const panel = page.getByRole("dialog", { name: /Impossible ici, pour une raison/ });
  await expect(panel).toContainText("Déjà une visite de 9\u00a0h\u00a000 à 10\u00a0h\u00a000");
  await expect(panel).toContainText("Relâchez");
  await page.mouse.up();
  await expect(panel).toContainText("Rien n’a bougé.");
  await expect(visit(page, /11.h.00 à 12.h.00, Étienne/)).toHaveCount(1);
  await panel
    .getByRole("button", { name: /10.h.00/ })
    .first()
    .click();
  await expect(visit(page, /10.h.00 à 11.h.00, Étienne Charbonneau/)).toBeVisible();
});

test("a visit is moved by the keys, and forced over another with a reason that stays", async ({ context, baseURL }) => {
  const scene = await makeScene();
  await scene.book(["Denis", "Vaillancourt"], 540);
  await scene.book(["Étienne", "Charbonneau"], 660);
  await enter(context, scene.clinic.owner, baseURL);
  const page = await openAgenda(context, scene);
  await visit(page, /Denis Vaillancourt/).focus();
  await page.keyboard.press("ArrowDown");
  await expect(visit(page, /Étienne Charbonneau/)).toBeFocused();
  await page.keyboard.press("m");
  for (let step = 0; step < 6; step += 1) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(visit(page, /11.h.30 à 12.h.30, Étienne Charbonneau/)).toBeVisible();
  await visit(page, /Étienne Charbonneau/).focus();
  await page.keyboard.press("m");
  for (let step = 0; step < 24; step += 1) await page.keyboard.press("ArrowUp");
  await expect(page.getByText("Échap\u00a0: rien ne bouge.")).toBeVisible();
  await page.keyboard.press("Shift+Enter");
  const why = page.getByRole("dialog", { name: /Forcer Étienne Charbonneau/ });
  await why.getByLabel("Motif du surplus").fill("Douleur aiguë");
  await page.keyboard.press("Enter");
  const forced = visit(page, /9.h.30 à 10.h.30, Étienne Charbonneau, .*En surplus/);
  await expect(forced).toBeVisible();
  await forced.press("Enter");
  await expect(page.getByRole("complementary", { name: /Étienne/ })).toContainText("Douleur aiguë");
});

test("two receptionists see each other's changes within a second", async ({ browser, context, baseURL }) => {
  const scene = await makeScene();
  await scene.book(["Denis", "Vaillancourt"], 540);
  await enter(context, scene.clinic.owner, baseURL);
  const other = await browser.newContext();
  await enter(other, scene.clinic.owner, baseURL);
  const page = await openAgenda(context, scene);
  const hers = await openAgenda(other, scene);
  await hers.waitForTimeout(300);
  await visit(page, /Denis Vaillancourt/).focus();
  await page.keyboard.press("m");
  for (let step = 0; step < 12; step += 1) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(visit(page, /10.h.00 à 11.h.00, Denis Vaillancourt/)).toBeVisible();
  await expect(visit(hers, /10.h.00 à 11.h.00, Denis Vaillancourt/)).toBeVisible({ timeout: 1_000 });
  await other.close();
});

test("a person goes from the door to the end on the board, by the keys, and a mistake is taken back", async ({
  context,
  baseURL,
}) => {
  const scene = await makeScene({ rooms: 1 });
  await scene.book(["Mathis", "Gauthier-Roy"], 600, { date: todayIn("America/Toronto") });
  await enter(context, scene.clinic.owner, baseURL);
  const page = await context.newPage();
  await page.goto(`/clinic/${scene.clinic.slug}/parcours`, { waitUntil: "networkidle" });
  const column = (name: string) => page.getByRole("region", { name: new RegExp(`^${name}`) });
  await expect(column("Attendu")).toContainText("Mathis Gauthier-Roy");
  await page.keyboard.press("a");
  await page.getByRole("dialog", { name: "Qui arrive?" }).getByLabel("Filtrer par nom").fill("gauthier");
  await page.keyboard.press("Enter");
  const card = (name: string) => column(name).getByRole("button", { name: /^Mathis Gauthier-Roy/ });
  await expect(card("Arrivé")).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(card("En salle")).toBeFocused();
  await expect(card("En salle")).toHaveAccessibleName(/Salle/);
  await page.keyboard.press("ArrowLeft");
  await expect(card("Arrivé")).toBeFocused();
  for (const next of ["En salle", "Avec le professionnel", "Terminé"]) {
    await page.keyboard.press("ArrowRight");
    await expect(card(next)).toBeFocused();
  }
  const told = page.getByRole("status").filter({ hasText: "visite terminée" });
  await told.getByRole("button", { name: "Annuler" }).press("Enter");
  await expect(card("Avec le professionnel")).toBeFocused();
});

test("the open visit is an address: the back button closes it, a copy of it opens it", async ({ context, baseURL }) => {
  const scene = await makeScene();
  const sitting = await scene.book(["Denis", "Vaillancourt"], 540);
  await enter(context, scene.clinic.owner, baseURL);
  const page = await openAgenda(context, scene);
  await visit(page, /Denis Vaillancourt/).click();
  const pane = page.getByRole("complementary", { name: /Denis Vaillancourt/ });
  await expect(pane).toContainText("Aucune absence");
  expect(new URL(page.url()).searchParams.get("open")).toBe(sitting);
  await page.goBack();
  await expect(pane).toHaveCount(0);
  await page.keyboard.press("Shift+ArrowRight");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("11 février");
  const copy = await openAgenda(context, scene, `?date=${day}&open=${sitting}`);
  await expect(copy.getByRole("complementary", { name: /Denis Vaillancourt/ })).toBeVisible();
});

test("a mouse that rests on a visit is told the essentials of the person, and Escape takes them away", async ({
  context,
  baseURL,
}) => {
  const scene = await makeScene();
  await scene.book(["Denis", "Vaillancourt"], 540);
  await enter(context, scene.clinic.owner, baseURL);
  const page = await openAgenda(context, scene);
  await visit(page, /Denis Vaillancourt/).hover();
  const essentials = page.getByRole("tooltip");
  await expect(essentials).toContainText("Aucune absence");
  await expect(essentials).toContainText("Aucune autre visite à venir");
  const covers = await essentials.evaluate((card) => {
    const [one, other] = [card, document.querySelector("[data-event]")].map((each) => each?.getBoundingClientRect());
    if (!one || !other) return undefined;
    return one.top < other.bottom && other.top < one.bottom && one.left < other.right && other.left < one.right;
  });
  expect(covers, "it stands beside the visit, never over it").toBe(false);
  await page.keyboard.press("Escape");
  await expect(essentials).toHaveCount(0);
});

test("a day is printed as its visits, without the screen around them", async ({ context, baseURL }) => {
  const scene = await makeScene();
  await scene.book(["Denis", "Vaillancourt"], 540);
  await enter(context, scene.clinic.owner, baseURL);
  const page = await openAgenda(context, scene);
  await page.emulateMedia({ media: "print" });
  await expect(visit(page, /Denis Vaillancourt/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Nouveau rendez-vous" })).toBeHidden();
  await expect(page.getByRole("navigation", { name: "Lieux de travail" }).first()).toBeHidden();
});

test("a phone shows one person's day, chosen by name, and the list of the week", async ({ browser, baseURL }) => {
  const scene = await makeScene({ practitioners: 2 });
  await scene.book(["Denis", "Vaillancourt"], 540);
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, locale: "fr-CA" });
  await enter(context, scene.clinic.owner, baseURL);
  const page = await openAgenda(context, scene);
  await expect(page.locator("[data-column]")).toHaveCount(1);
  await page.getByRole("button", { name: "Ève Gagnon", exact: true }).tap();
  await visit(page, /Denis Vaillancourt/).tap();
  const sheet = page.getByRole("complementary", { name: /Denis Vaillancourt/ });
  await expect(sheet.getByRole("button", { name: "Déplacer" })).toBeInViewport();
  await sheet.getByRole("button", { name: "Fermer" }).tap();
  // The radio itself has no size; a finger meets its word.
  await page.getByRole("radiogroup", { name: "Vue" }).getByText("Liste", { exact: true }).tap();
  await expect(page.getByRole("radio", { name: "Liste" })).toBeChecked();
  await expect(page.getByRole("button", { name: "Denis Vaillancourt", exact: true })).toBeVisible();
  await context.close();
});

test("a time is rewritten as it reads, a birth date opens no calendar, and nothing to erase stands on the way of Tab", async ({
  context,
  baseURL,
}) => {
  const scene = await makeScene();
  await enter(context, scene.clinic.owner, baseURL);
  const page = await openAgenda(context, scene);
  await page.keyboard.press("n");
  const form = page.getByRole("dialog", { name: "Nouveau rendez-vous" });
  await form.getByRole("combobox", { name: "Patient" }).fill("ginette bouchard");
  await page.getByRole("option", { name: /Inscrire/ }).click();
  await expect(form.getByLabel("Naissance")).toBeFocused();
  await expect(page.getByRole("button", { name: "Choisir le mois" })).toHaveCount(0);
  await page.keyboard.type("1958-03-14");
  await page.keyboard.press("Tab");
  await expect(form.getByLabel("Téléphone")).toBeFocused();

  const time = form.getByLabel("Heure", { exact: true });
  await time.fill("9h30");
  await page.keyboard.press("Tab");
  await expect(time).toHaveValue("9\u00a0h\u00a030");
  // What cannot be read stays as it was typed; a time chosen among the free ones takes its place.
  await time.fill("tantôt");
  await page.keyboard.press("Tab");
  await expect(time).toHaveValue("tantôt");
  await form.getByRole("button", { name: /^10.h.15$/ }).click();
  await expect(time).toHaveValue("10\u00a0h\u00a015");
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Bloquer du temps, imprimer" }).click();
  await page.getByRole("menuitem", { name: "Bloquer du temps" }).click();
  const block = page.getByRole("dialog", { name: "Bloquer du temps" });
  await block.getByLabel("De", { exact: true }).fill("1345");
  await page.keyboard.press("Tab");
  await expect(block.getByLabel("De", { exact: true })).toHaveValue("13\u00a0h\u00a045");
});

test("weeks begin on Monday in the agenda as in booking, and the list is named for the days that it shows", async ({
  context,
  baseURL,
}) => {
  const scene = await makeScene();
  await enter(context, scene.clinic.owner, baseURL);
  const page = await openAgenda(context, scene, `?date=${day}&view=week`);
  await expect(page.getByRole("heading", { level: 1, name: "Semaine du 8 février" })).toBeVisible();
  await page.getByRole("radiogroup", { name: "Vue" }).getByText("Mois", { exact: true }).click();
  await expect(page.getByRole("columnheader").first()).toHaveText("lun.");
  await page.getByRole("radiogroup", { name: "Vue" }).getByText("Liste", { exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Du 10 février au 16 février" })).toBeVisible();
});

test("a toast stands clear of the acts of a drawer that is open, and an undo that no longer applies goes away", async ({
  browser,
  context,
  baseURL,
}) => {
  const scene = await makeScene();
  const today = todayIn("America/Toronto");
  await scene.book(["Denis", "Vaillancourt"], 540, { date: today });
  await enter(context, scene.clinic.owner, baseURL);
  const page = await openAgenda(context, scene, `?date=${today}`);
  await visit(page, /Denis Vaillancourt/).click();
  const pane = page.getByRole("complementary", { name: /Denis Vaillancourt/ });
  await pane.getByRole("button", { name: /^Arrivé/ }).click();
  const undo = page.getByRole("status").getByRole("button", { name: "Annuler" });
  await expect(undo).toBeVisible();
  await undo.focus();

  // The pointer or the focus on it keeps it: what is beneath is looked at in both sizes.
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(viewport);
    await page.keyboard.press("n");
    const form = page.getByRole("dialog", { name: "Nouveau rendez-vous" });
    await form.getByRole("button", { name: "Prendre le rendez-vous" }).scrollIntoViewIfNeeded();
    const toast = await page.locator("[data-of]").last().boundingBox();
    if (!toast) throw new Error("the toast is not there any more");
    for (const name of ["Prendre le rendez-vous", "Annuler", "Fermer"]) {
      const act = await form.getByRole("button", { name, exact: true }).last().boundingBox();
      if (!act) throw new Error(`${name} is not on the screen`);
      const apart =
        act.y >= toast.y + toast.height ||
        act.y + act.height <= toast.y ||
        act.x >= toast.x + toast.width ||
        act.x + act.width <= toast.x;
      expect(apart, `${name} at ${viewport.width}`).toBe(true);
    }
    await page.keyboard.press("Escape");
    await expect(form).toHaveCount(0);
    await page.locator("[data-of]").last().hover();
  }

  // A colleague goes on with the visit: taking the arrival back would undo their gesture.
  const other = await browser.newContext({ locale: "fr-CA" });
  await enter(other, scene.clinic.owner, baseURL);
  const theirs = await openAgenda(other, scene, `?date=${today}`);
  await visit(theirs, /Denis Vaillancourt/).click();
  await theirs
    .getByRole("complementary")
    .getByRole("button", { name: /^En salle/ })
    .click();
  await expect(undo).toHaveCount(0);
  await other.close();
});
