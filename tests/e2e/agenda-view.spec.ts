import { expect, test } from "@playwright/test";
import { todayIn } from "#server/patient/today.ts";
import { day, makeScene, openAgenda, visit } from "./agenda-scene.ts";
import { enter } from "./enter.ts";

/** What the agenda shows and where: addresses, the essentials of a person, paper, a phone, what stands over it. */

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Whether neither covers the other. @throws when one of them is not on the screen */
function areApart(one: Box | null, other: Box | null): boolean {
  if (!one || !other) throw new Error("it is not on the screen");
  return (
    one.y >= other.y + other.height ||
    one.y + one.height <= other.y ||
    one.x >= other.x + other.width ||
    one.x + one.width <= other.x
  );
}

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
    { width: 820, height: 1180 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(viewport);
    await page.keyboard.press("n");
    const form = page.getByRole("dialog", { name: "Nouveau rendez-vous" });
    // Nor over the name of the first field, before anybody scrolls.
    const label = form.locator("label").first();
    await expect
      .poll(async () => areApart(await label.boundingBox(), await page.locator("[data-of]").last().boundingBox()))
      .toBe(true);
    await form.getByRole("button", { name: "Prendre le rendez-vous" }).scrollIntoViewIfNeeded();
    const toast = await page.locator("[data-of]").last().boundingBox();
    for (const name of ["Prendre le rendez-vous", "Annuler", "Fermer"]) {
      const act = await form.getByRole("button", { name, exact: true }).last().boundingBox();
      expect(areApart(act, toast), `${name} at ${viewport.width}`).toBe(true);
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
