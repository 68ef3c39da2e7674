import { expect, test } from "@playwright/test";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { todayIn } from "#server/patient/today.ts";
import { dragTo, makeScene, openAgenda, pointAt, visit } from "./agenda-scene.ts";
import { write } from "./by-keyboard.ts";
import { enter } from "./enter.ts";

/** The agenda and the flow board by hand, by keys, and by two people at once. */

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
