import "./instance-database.ts";
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { type Browser, expect, type Locator, type Page, test } from "@playwright/test";
import pg from "pg";
import { makePerson, openFor } from "#tests/factories/person.ts";
import { waitForCode } from "./caught-mail.ts";
import { adminUrl } from "./instance-database.ts";

/**
 * DM-1: somebody who works alone, in French, who was shown nothing, from the landing page to the paper in the patient's hand. Only what is on
 * the screens is used, in the words that are there; each gesture is counted: a press, or a field that is filled.
 */

const word = () => randomBytes(4).toString("hex");
const password = "le merle chante sous la pluie 47";

function hand(page: Page) {
  const done = { gestures: 0 };
  const once = async (act: () => Promise<unknown>) => {
    done.gestures += 1;
    await act();
  };
  return {
    done,
    press: (target: Locator) => once(() => target.click()),
    fill: (target: Locator, text: string) => once(() => target.fill(text)),
    type: (text: string) => once(() => page.keyboard.type(text)),
    key: (key: string) => once(() => page.keyboard.press(key)),
    choose: async (target: Locator, option: string) => {
      await once(() => target.click());
      await once(() => page.getByRole("option", { name: option, exact: true }).click());
    },
  };
}
type Hand = ReturnType<typeof hand>;

async function openClinic(page: Page, { press, fill, choose }: Hand, slug: string, email: string): Promise<void> {
  await page.goto("/", { waitUntil: "networkidle" });
  await press(page.getByRole("main").getByRole("link", { name: "Ouvrir ma clinique" }));
  await page.waitForURL("**/ouvrir", { waitUntil: "networkidle" });
  await press(page.getByRole("button", { name: "J’accepte ces conditions" }));
  await fill(page.getByLabel("Nom de la clinique"), "Cabinet Lavallée");
  await press(page.getByRole("checkbox", { name: "Médecine", exact: true }));
  await choose(page.getByRole("combobox", { name: "Région" }), "Capitale-Nationale");
  await fill(page.getByLabel("Adresse publique"), slug);
  await fill(page.getByLabel("Nom", { exact: true }), "Dre Maude Lavallée");
  await fill(page.getByLabel("Titre"), "Médecin propriétaire");
  await fill(page.getByLabel("Courriel public"), email);
  await fill(page.getByLabel("Téléphone public"), "418 555-0142");
  await expect(page.getByText("Cette adresse est libre.")).toBeVisible();
  await press(page.getByRole("button", { name: "Continuer" }));
  await fill(page.getByLabel("Votre courriel"), email);
  await fill(page.getByLabel("Mot de passe", { exact: true }), password);
  await press(page.getByRole("button", { name: "Recevoir le code" }));
  await fill(page.getByLabel("Code à six chiffres"), await waitForCode(page.request, email));
  await page.waitForURL(`**/clinic/${slug}`);
}

/** The host is somebody else, elsewhere: not a gesture of the practitioner's. */
async function approve(browser: Browser, slug: string, baseURL: string): Promise<void> {
  const operator = await makePerson();
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query("insert into host.operator (user_id) values ($1)", [operator.id]).finally(() => admin.end());
  const { token } = await openFor(operator.id, { realm: "host", secondFactor: true });
  const context = await browser.newContext({ locale: "fr-CA" });
  await context.addCookies([{ name: "chevet-host", value: token, url: baseURL }]);
  const console = await context.newPage();
  await console.goto(`${baseURL}/host`, { waitUntil: "networkidle" });
  await console.getByRole("textbox", { name: "Chercher un nom ou une adresse" }).fill(slug);
  const row = console.getByRole("row").filter({ hasText: slug });
  // The head and hers: the list has been drawn for what was typed.
  await expect(console.getByRole("row")).toHaveCount(2);
  await console.waitForLoadState("networkidle");
  await row.getByRole("button", { name: "Approuver" }).click();
  await expect(row.getByRole("button", { name: "Suspendre" })).toBeVisible();
  await context.close();
}

async function comeBack(page: Page, { press, fill, key }: Hand, slug: string, email: string): Promise<void> {
  await press(page.getByRole("banner").getByRole("button", { name: "Dre Maude Lavallée" }));
  await press(page.getByRole("menuitem", { name: "Fermer la session" }));
  await page.waitForURL("**/connexion**", { waitUntil: "networkidle" });
  await fill(page.getByLabel("Courriel"), email);
  await key("Enter");
  await fill(page.getByLabel("Mot de passe", { exact: true }), password);
  await key("Enter");
  await page.waitForURL(`**/clinic/${slug}`);
}

/** What the first screen proposes: who gives care here, with their permit. */
async function signOn(page: Page, { press, fill, choose }: Hand): Promise<void> {
  await press(page.getByRole("link", { name: "Inscrire un soignant" }).first());
  await expect(page.getByRole("heading", { name: "Soignants", level: 1 })).toBeVisible();
  await page.waitForLoadState("networkidle");
  await press(page.getByRole("button", { name: "Inscrire un soignant" }).first());
  const form = page.getByRole("dialog");
  await press(form.getByRole("switch", { name: /^C’est moi/ }));
  await expect(form.getByLabel("Prénom")).toHaveValue("Maude");
  await expect(form.getByLabel("Nom de famille")).toHaveValue("Lavallée");
  await choose(form.getByRole("combobox", { name: "Profession" }), "Médecin");
  await fill(form.getByLabel("Numéro de permis"), "12345");
  await press(form.getByRole("button", { name: "Inscrire un soignant" }));
  await expect(page.getByRole("row").filter({ hasText: "Lavallée" })).toBeVisible();
  // What the card opens is there at once, in the rail.
  await expect(page.getByRole("navigation").getByRole("link", { name: "À signer" })).toBeVisible();
}

async function register(page: Page, { press, fill }: Hand): Promise<void> {
  await press(page.getByRole("navigation").getByRole("link", { name: "Patients" }));
  await press(page.getByRole("link", { name: /Inscrire un patient|Nouveau patient/ }).first());
  await fill(page.getByLabel("Nom de famille"), "Bouchard");
  await fill(page.getByLabel("Prénom"), "Ginette");
  await fill(page.getByLabel("Date de naissance"), "1958-03-14");
  await press(page.locator("label").filter({ hasText: /^F$/ }));
  await fill(page.getByLabel("Cellulaire"), "418 555-0177");
  await press(page.getByRole("button", { name: /^Inscrire Ctrl/ }));
  await expect(page).toHaveURL(/\/patients\/[0-9a-f-]{36}$/, { timeout: 20_000 });
}

async function consult(page: Page, { press, fill, type }: Hand): Promise<void> {
  await press(page.getByRole("button", { name: "Commencer la note" }));
  await press(page.getByRole("textbox", { name: "Subjectif" }));
  await type("Maux de tête le soir, 2 fois par semaine. TA à domicile élevée.");
  await press(page.getByRole("textbox", { name: "Plan" }));
  await type("Amlodipine 5 mg. Revoir dans 4 semaines.");
  await press(page.getByRole("button", { name: "Ajouter un diagnostic" }));
  await fill(page.getByRole("combobox", { name: "Diagnostic 1", exact: true }), "HTA essentielle");
  await press(page.getByRole("button", { name: "Ajouter « HTA essentielle » à la liste de problèmes" }));
  await expect(page.getByRole("img", { name: "Lié au problème « HTA essentielle »" })).toBeVisible({ timeout: 20_000 });
  await press(page.getByRole("button", { name: /^Signer la note/ }));
  await expect(page.getByText("Signée par Dre Maude Lavallée,").first()).toBeVisible({ timeout: 20_000 });
}

async function prescribe(page: Page, { press, fill, choose }: Hand): Promise<void> {
  await press(page.getByRole("button", { name: "Prescrire et renouveler" }));
  await page.waitForURL(/ouvre=medicaments/);
  await fill(page.getByRole("textbox", { name: "Nom, DIN, ingrédient" }), "Amlodipine");
  await press(page.getByRole("button", { name: /Ajouter «\sAmlodipine\s» sans DIN/ }));
  await fill(page.getByLabel("Teneur"), "5 mg");
  await fill(page.getByLabel("Dose par prise"), "1 co");
  await choose(page.getByRole("combobox", { name: "Fréquence" }), "1 fois par jour");
  await fill(page.getByLabel("Durée"), "30 j");
  await fill(page.getByLabel("Renouvellements"), "3");
  await fill(page.getByLabel("Quantité", { exact: true }), "30");
  await expect(page.getByText("1 ordonnance complète")).toBeVisible();
  const paper = page.waitForEvent("download");
  await press(page.getByRole("button", { name: /^Signer et imprimer/ }));
  const file = await paper;
  expect(file.suggestedFilename()).toMatch(/^ordonnance-\d{4}-000001\.pdf$/);
  expect((await readFile(await file.path())).subarray(0, 5).toString()).toBe("%PDF-");
}

test("DM-1: alone, in French, with no training, from signing up to the first consultation and its printed prescription", async ({
  page,
  browser,
  baseURL,
}, info) => {
  test.setTimeout(180_000);
  page.setDefaultTimeout(20_000);
  const [slug, email] = [`cabinet-${word()}`, `${word()}@clinique.example`];
  await page.setViewportSize({ width: 1440, height: 900 });
  const mine = hand(page);
  const begun = Date.now();
  const lap = async (name: string, act: () => Promise<void>) => {
    const [at, gestures] = [Date.now(), mine.done.gestures];
    await act();
    info.annotations.push({
      type: name,
      description: `${((Date.now() - at) / 1000).toFixed(1)} s, ${mine.done.gestures - gestures} gestures`,
    });
    if (process.env.CHEVET_LOOK) await page.screenshot({ path: `${process.env.CHEVET_LOOK}/dm1-${name}.png` });
  };
  await lap("clinic", () => openClinic(page, mine, slug, email));
  await approve(browser, slug, baseURL ?? "");
  await lap("session", () => comeBack(page, mine, slug, email));
  await lap("practitioner", () => signOn(page, mine));
  await lap("patient", () => register(page, mine));
  await lap("consultation", () => consult(page, mine));
  await lap("prescription", () => prescribe(page, mine));
  // All of it in French: no word of another language stands on the last screen either.
  await expect(page.locator("html")).toHaveAttribute("lang", "fr-CA");
  const told = `${((Date.now() - begun) / 1000).toFixed(0)} s, ${mine.done.gestures} gestures`;
  info.annotations.push({ type: "whole", description: told });
  if (process.env.CHEVET_LOOK) for (const { type, description } of info.annotations) console.log(type, description);
});
