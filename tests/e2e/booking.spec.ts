import "./instance-database.ts";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { makeBookableClinic } from "./bookable-clinic.ts";
import { waitForCode } from "./caught-mail.ts";

/** From a service to a visit that is moved, cancelled and taken back, on a telephone, by the keyboard alone. */
test.use({ viewport: { width: 390, height: 844 } });

const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name });

/** Tab after Tab until this has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeAttached();
  for (let step = 0; step < 120; step += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`no Tab leads to ${target}`);
}

async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press("Enter");
}

async function write(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.type(text);
}

/** A day's times are one stop of Tab: the arrows lead to this one. */
async function takeTime(page: Page, time: Locator): Promise<void> {
  await tabTo(page, page.getByRole("grid").locator('[data-stop][tabindex="0"]'));
  for (let step = 0; step < 80; step += 1) {
    if (await time.evaluate((element) => element === document.activeElement)) return page.keyboard.press("Enter");
    await page.keyboard.press("ArrowRight");
  }
  throw new Error(`no arrow leads to ${time}`);
}

/** Each step begins at its title. */
async function begins(page: Page, name: string | RegExp): Promise<void> {
  await expect(heading(page, name)).toBeFocused({ timeout: 20_000 });
}

test("a visit is booked, moved, cancelled and taken back by the keyboard", async ({ page, request }) => {
  test.setTimeout(180_000);
  const { slug } = await makeBookableClinic();
  const email = `${randomBytes(5).toString("hex")}@personne.example`;
  await page.goto(`/c/${slug}/rendez-vous`, { waitUntil: "networkidle" });
  await expect(heading(page, "De quoi avez-vous besoin?")).toBeVisible();

  const service = page.getByRole("radio", { name: /Consultation médicale/ });
  await tabTo(page, page.getByRole("radio", { name: "J’ai déjà consulté" }));
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await expect(service).toBeChecked();
  await press(page, page.getByRole("button", { name: "Choisir l’heure" }));
  await begins(page, "Quand voulez-vous venir?");

  // The nearest time goes on at once, and is changed by the way back.
  await press(page, page.getByRole("button", { name: /^Prendre cette heure/ }));
  await begins(page, "Pour qui est la visite?");
  await page.goBack();
  await begins(page, "Quand voulez-vous venir?");

  // Next week, so that the clinic's notice lets the visit be moved.
  await press(page, page.getByRole("button", { name: "Semaine suivante" }));
  const nine = page.getByRole("button", { name: /^9.h.00,/ });
  await takeTime(page, nine);
  await expect(nine).toHaveAttribute("aria-pressed", "true");
  await press(page, page.getByRole("button", { name: "Continuer" }));
  await begins(page, "Pour qui est la visite?");
  await expect(page.getByText(/La place est gardée jusqu’à/).first()).toBeVisible();

  await write(page, page.getByLabel("Prénom"), "Isabelle");
  await write(page, page.getByLabel("Nom à la naissance"), "Tremblay");
  await write(page, page.getByLabel(/Date de naissance/), "19910612");
  await expect(page.getByLabel(/Date de naissance/)).toHaveValue("1991-06-12");

  // A reload loses nothing: neither what was typed nor the time.
  await page.reload();
  await expect(page.getByLabel("Prénom")).toHaveValue("Isabelle");
  await expect(page.getByText(/La place est gardée jusqu’à|n’est plus gardée|encore gardée/).first()).toBeVisible();

  await write(page, page.getByLabel("Courriel"), email);
  await page.keyboard.press("Enter");
  const code = page.getByLabel("Code reçu par courriel");
  await expect(code).toBeFocused();
  await page.keyboard.insertText(await waitForCode(request, email));
  // The sixth digit sends itself.
  await expect(page.getByText("Adresse vérifiée").first()).toBeVisible();
  await write(page, page.getByLabel(/Numéro d’assurance maladie/), "TREI 9156 1212");
  await expect(page.getByText("Concorde avec le nom")).toBeVisible();
  await press(page, page.getByRole("button", { name: "Confirmer le rendez-vous" }));
  await begins(page, "C’est réservé, Isabelle.");
  await expect(page.getByText(/à 9.h.00/).first()).toBeVisible();
  await expect(page.getByText("Votre carte d’assurance maladie")).toBeVisible();

  const download = page.waitForEvent("download");
  await press(page, page.getByRole("button", { name: /Ajouter à mon agenda/ }));
  const calendar = readFileSync(await (await download).path(), "utf8");
  expect(calendar).toContain("BEGIN:VEVENT");
  expect(calendar).not.toMatch(/Consultation|Gagnon|Benali|Tremblay/);

  await press(page, page.getByRole("link", { name: "Gérer mon rendez-vous" }).last());
  await expect(heading(page, "Votre rendez-vous")).toBeVisible();
  expect(new URL(page.url()).hash).toMatch(/^#[\w-]{43}$/);
  await press(page, page.getByRole("button", { name: "Je serai là" }));
  await expect(page.getByText("Présence confirmée").first()).toBeVisible();

  await press(page, page.getByRole("button", { name: "Déplacer", exact: true }));
  await press(page, page.getByRole("button", { name: "Semaine suivante" }));
  await takeTime(page, page.getByRole("button", { name: /^10.h.20,/ }));
  await press(page, page.getByRole("button", { name: "Déplacer à cette heure" }));
  // Said to the eyes too, not only to whoever listens.
  await expect(
    page
      .locator("main")
      .getByText(/^C’est déplacé.*à 10.h.20/)
      .first(),
  ).toBeInViewport();
  // « Je serai là » was said of the time before.
  await expect(page.getByRole("button", { name: "Je serai là" })).toBeVisible();

  await press(page, page.getByRole("button", { name: "Annuler le rendez-vous" }));
  await expect(page.getByRole("button", { name: "Oui, annuler" })).toBeFocused();
  await press(page, page.getByRole("button", { name: "Non, le garder" }));
  await begins(page, "Votre rendez-vous");
  await press(page, page.getByRole("button", { name: "Annuler le rendez-vous" }));
  await page.keyboard.press("Enter");
  await expect(heading(page, "Ce rendez-vous est annulé")).toBeVisible();
  await press(page, page.getByRole("button", { name: "Garder finalement mon rendez-vous" }));
  await expect(heading(page, "Votre rendez-vous")).toBeVisible();
});

test("a time that somebody else took is told, with others, and what was typed is kept", async ({ browser }) => {
  test.setTimeout(120_000);
  const { slug } = await makeBookableClinic();
  const open = async () => {
    const page = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
    await page.goto(`/c/${slug}/rendez-vous`, { waitUntil: "networkidle" });
    await page.getByRole("radio", { name: /Consultation médicale/ }).check();
    await page.getByRole("button", { name: "Choisir l’heure" }).click();
    await page.getByLabel("Professionnel").selectOption({ label: "Dr\u00a0Karim Benali" });
    await page.getByRole("button", { name: "Semaine suivante" }).click();
    await page.getByRole("button", { name: /^9.h.00,/ }).click();
    return page;
  };
  const [first, second] = [await open(), await open()];
  await first.getByRole("button", { name: "Continuer" }).click();
  await expect(heading(first, "Pour qui est la visite?")).toBeVisible({ timeout: 20_000 });
  await second.getByRole("button", { name: "Continuer" }).click();
  await expect(second.getByRole("heading", { name: "Cette heure vient d’être prise" })).toBeFocused({
    timeout: 20_000,
  });
  await second
    .getByRole("region", { name: "Cette heure vient d’être prise" })
    .getByRole("button", { name: /à 9.h.20$/ })
    .click();
  await expect(heading(second, "Pour qui est la visite?")).toBeVisible({ timeout: 20_000 });
  // The browser's own buttons go from step to step.
  await second.goBack();
  await expect(heading(second, "Quand voulez-vous venir?")).toBeVisible();
  await second.goBack();
  await expect(heading(second, "De quoi avez-vous besoin?")).toBeVisible();
  for (const page of [first, second]) await page.context().close();
});

test("a link that opens nothing says so, whatever is wrong with it", async ({ page }) => {
  const { slug } = await makeBookableClinic();
  await page.goto(`/c/${slug}/gerer`, { waitUntil: "networkidle" });
  await expect(heading(page, "Ouvrez le lien reçu")).toBeVisible();
  for (const token of ["trop-court", randomBytes(32).toString("base64url")]) {
    await page.goto(`/c/${slug}/gerer#${token}`, { waitUntil: "networkidle" });
    await expect(heading(page, "Ce lien n’ouvre plus rien")).toBeVisible();
  }
});

test("on a telephone, the days are one stop of Tab and the times of a day another, walked by the arrows", async ({
  page,
}) => {
  const { slug } = await makeBookableClinic();
  await page.goto(`/c/${slug}/rendez-vous`, { waitUntil: "networkidle" });
  await page.getByRole("radio", { name: /Consultation médicale/ }).check({ force: true });
  await page.getByRole("button", { name: "Choisir l’heure" }).click();
  await begins(page, "Quand voulez-vous venir?");
  await press(page, page.getByRole("button", { name: "Semaine suivante" }));
  const days = page.getByRole("toolbar", { name: /^Semaine du/ });
  const times = page.getByRole("grid");
  await expect(times.getByRole("button", { name: /^8.h.00,/ })).toBeVisible();
  const named = (within: Locator, name: RegExp) => expect(within.locator(":focus")).toHaveAccessibleName(name);
  await page.keyboard.press("Tab");
  await named(days, /^lundi/i);
  await page.keyboard.press("ArrowRight");
  await named(days, /^mardi/i);
  await page.keyboard.press("Enter");
  await expect(times).toHaveAccessibleName(/^mardi/i);
  await page.keyboard.press("Tab");
  await named(times, /^8.h.00, mardi/);
  await page.keyboard.press("ArrowRight");
  await named(times, /^8.h.20, mardi/);
  // A line below, in the same place of its line.
  const left = () => times.locator(":focus").evaluate((element) => element.getBoundingClientRect().left);
  const before = await left();
  await page.keyboard.press("ArrowDown");
  await expect(times.getByRole("button", { name: /^8.h.20,/ })).not.toBeFocused();
  expect(await left()).toBeCloseTo(before, 0);
  await page.keyboard.press("ArrowUp");
  await named(times, /^8.h.20, mardi/);
  await page.keyboard.press("End");
  await page.keyboard.press("Home");
  await named(times, /^8.h.00, mardi/);
  await page.keyboard.press("Enter");
  await expect(times.locator(":focus")).toHaveAttribute("aria-pressed", "true");
  const next = page.getByRole("button", { name: "Continuer" });
  for (let steps = 0; !(await next.evaluate((element) => element === document.activeElement)); steps += 1) {
    if (steps > 4) throw new Error("« Continuer » is far");
    await page.keyboard.press("Tab");
  }
  const { violations } = await new AxeBuilder({ page }).include("main").analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
});

test("on a desk, a week is one stop of Tab, walked by the arrows", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  const { slug } = await makeBookableClinic();
  await page.goto(`/c/${slug}/rendez-vous`, { waitUntil: "networkidle" });
  await page.getByRole("radio", { name: /Consultation médicale/ }).check({ force: true });
  await page.getByRole("button", { name: "Choisir l’heure" }).click();
  await begins(page, "Quand voulez-vous venir?");
  await press(page, page.getByRole("button", { name: "Semaine suivante" }));
  const grid = page.getByRole("grid", { name: /^Semaine du/ });
  const times = grid.getByRole("button", { name: /^8.h.00,/ });
  await expect(times.first()).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(times.first()).toBeFocused();
  await expect(page.getByText("Les flèches passent d’une heure")).toBeVisible();

  const named = (name: RegExp) => expect(grid.locator(":focus")).toHaveAccessibleName(name);
  await named(/^8.h.00, lundi/);
  await page.keyboard.press("ArrowDown");
  await named(/^8.h.20, lundi/);
  await page.keyboard.press("ArrowRight");
  await named(/^8.h.20, mardi/);
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await named(/^8.h.20, lundi/);
  await page.keyboard.press("End");
  await named(/^Montrer .* autres heures, lundi/);
  await page.keyboard.press("Enter");
  // What comes takes the focus of the button that brought it.
  await named(/^9.h.40, lundi/);
  await page.keyboard.press("Home");
  await named(/^8.h.00, lundi/);
  await page.keyboard.press("Control+End");
  await named(/(samedi|dimanche)/);
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(grid.locator(":focus")).toHaveAttribute("aria-pressed", "true");
  await named(/^8.h.20, lundi/);

  // « Continuer » is a few steps away, whatever the week holds; the way back leads to the time that was chosen.
  let steps = 0;
  const next = page.getByRole("button", { name: "Continuer" });
  while (!(await next.evaluate((element) => element === document.activeElement))) {
    await page.keyboard.press("Tab");
    if (++steps > 5) throw new Error("« Continuer » is far");
  }
  for (let back = 0; back < steps; back += 1) await page.keyboard.press("Shift+Tab");
  await named(/^8.h.20, lundi/);
  const { violations } = await new AxeBuilder({ page }).include('[role="grid"]').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
});
