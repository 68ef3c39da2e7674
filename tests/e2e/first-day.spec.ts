import "./instance-database.ts";
import { randomBytes } from "node:crypto";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { generate } from "otplib";
import pg from "pg";
import { makeClinic } from "#tests/factories/clinic.ts";
import { makePerson, openFor } from "#tests/factories/person.ts";
import { choose, chord, pick, press, tabTo, write } from "./by-keyboard.ts";
import { waitForCode, waitForMail } from "./caught-mail.ts";
import { adminUrl } from "./instance-database.ts";

/** A clinic's first day, from the landing page to one's own traces in the journal, by the keyboard alone. */

const word = () => randomBytes(4).toString("hex");
const password = "le merle chante sous la pluie 47";

async function signUp(page: Page, slug: string, email: string): Promise<void> {
  await page.goto("/", { waitUntil: "networkidle" });
  await press(page, page.getByRole("main").getByRole("link", { name: "Ouvrir ma clinique" }));
  await press(page, page.getByRole("button", { name: "J’accepte ces conditions" }));
  await write(page, page.getByLabel("Nom de la clinique"), "Clinique 李 d’Ailleboust-Nuñez");
  await tabTo(page, page.getByRole("checkbox", { name: "Médecine", exact: true }));
  await page.keyboard.press("Space");
  const region = page.getByRole("combobox", { name: "Région" });
  await tabTo(page, region);
  await choose(page, region, /^Capitale-Nationale$/, "capitale");
  await tabTo(page, page.getByLabel("Adresse publique"));
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(slug);
  await write(page, page.getByLabel("Nom", { exact: true }), "Zoë Peña Nuñez-O’Brien");
  await write(page, page.getByLabel("Titre"), "Directrice générale");
  await write(page, page.getByLabel("Courriel public"), email);
  await expect(page.getByText("Cette adresse est libre.")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.locator("h1")).toHaveText("Votre compte");
  // « C’est moi »: name and address are already there.
  await expect(page.getByLabel("Votre nom")).toHaveValue("Zoë Peña Nuñez-O’Brien");
  await expect(page.getByLabel("Votre courriel")).toHaveValue(email);
  await write(page, page.getByLabel("Mot de passe", { exact: true }), password);
  await page.keyboard.press("Enter");
  await expect(page.locator("h1")).toHaveText("Vérifiez votre courriel");
  await page.keyboard.type(await waitForCode(page.request, email));
  await page.waitForURL(`**/clinic/${slug}`);
}

async function inviteColleague(page: Page, browser: Browser, slug: string): Promise<void> {
  const email = `${word()}@clinique.example`;
  await chord(page, "g", "e", /\/members$/);
  await press(page, page.getByRole("button", { name: "Inviter" }));
  const form = page.getByRole("dialog", { name: "Inviter quelqu’un" });
  await expect(form.getByLabel("Courriel", { exact: true })).toBeFocused();
  await page.keyboard.insertText(email);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("row").filter({ hasText: email })).toBeVisible();
  await expect(page.getByRole("button", { name: "Inviter" })).toBeFocused();

  const { text } = await waitForMail(page.request, email, /invite/i);
  const colleague = await (await browser.newContext()).newPage();
  await colleague.goto(/\/invitation#\S+/.exec(text)?.[0] ?? "", { waitUntil: "networkidle" });
  await write(colleague, colleague.getByLabel("Votre nom"), "Félix Gagnon");
  await write(colleague, colleague.getByLabel("Mot de passe", { exact: true }), "un merle siffle sous le pont 61");
  await colleague.keyboard.press("Enter");
  await colleague.waitForURL(`**/clinic/${slug}`);
  await colleague.context().close();
}

const me = (page: Page) => page.getByRole("banner").getByRole("button", { name: "Zoë Peña Nuñez-O’Brien" });

/** @returns the secret of the authenticator application. */
async function protectAccount(page: Page): Promise<string> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const options = {
    protocol: "ctap2",
    transport: "internal",
    hasResidentKey: true,
    hasUserVerification: true,
  } as const;
  await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: { ...options, isUserVerified: true, automaticPresenceSimulation: true },
  });
  await press(page, me(page));
  await expect(page.getByRole("menu")).toBeVisible();
  for (let step = 0; step < 8; step += 1) {
    await page.keyboard.press("ArrowDown");
    if (await page.getByRole("menuitem", { name: "Mon compte" }).evaluate((item) => item === document.activeElement))
      break;
  }
  await page.keyboard.press("Enter");
  await page.waitForURL("**/compte", { waitUntil: "networkidle" });
  await press(page, page.getByRole("link", { name: "Sécurité" }));
  await page.waitForURL("**/compte/securite");
  await press(page, page.getByRole("button", { name: "Ajouter une clé" }));
  await expect(page.getByText("Clé d’accès ajoutée")).toBeVisible();
  await press(page, page.getByRole("button", { name: "Activer" }));
  const secret = ((await page.locator("code").first().textContent()) ?? "").replaceAll(" ", "");
  await tabTo(page, page.getByLabel("Code à six chiffres"));
  await page.keyboard.type(await generate({ secret }));
  await expect(page.getByText("Gardez ces codes de secours")).toBeVisible();
  await tabTo(page, page.getByLabel("Je les ai gardés en lieu sûr"));
  await page.keyboard.press("Space");
  await press(page, page.getByRole("button", { name: "Terminé" }));
  await expect(page.getByText("Active", { exact: true })).toBeVisible();
  return secret;
}

async function comeBack(page: Page, slug: string, email: string, secret: string): Promise<void> {
  await press(page, page.getByRole("button", { name: "Fermer la session" }));
  await page.waitForURL("**/connexion", { waitUntil: "networkidle" });
  await write(page, page.getByLabel("Courriel"), email);
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Mot de passe", { exact: true })).toBeFocused();
  await page.keyboard.insertText(password);
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Code à six chiffres")).toBeFocused();
  // The code that turned it on was spent: the next one, as half a minute later.
  await page.keyboard.type(await generate({ secret, epoch: Math.floor(Date.now() / 1000) + 30 }));
  await page.waitForURL(`**/clinic/${slug}`);
}

async function changeLooks(page: Page): Promise<void> {
  const html = page.locator("html");
  await press(page, page.getByRole("button", { name: /English/ }));
  await expect(html).toHaveAttribute("lang", "en-CA");
  await press(page, page.getByRole("button", { name: /Français/ }));
  await expect(html).toHaveAttribute("lang", "fr-CA");
  await press(page, me(page));
  const dark = page.getByRole("menuitemradio", { name: "Sombre" });
  await expect(dark).toBeVisible();
  for (let step = 0; step < 8 && !(await dark.evaluate((item) => item === document.activeElement)); step += 1) {
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.press("Enter");
  await expect(html).toHaveAttribute("data-mantine-color-scheme", "dark");
  await page.keyboard.press("Escape");
  await expect(me(page)).toBeFocused();
}

async function findTraces(page: Page): Promise<void> {
  await chord(page, "g", "s", /\/settings$/);
  await write(page, page.getByLabel("Téléphone", { exact: true }), "418 555-0142");
  await page.keyboard.press("Enter");
  await expect(
    page
      .getByText("Fiche enregistrée")
      .or(page.getByText(/enregistr/))
      .first(),
  ).toBeVisible();
  // A letter in a field is a letter: out of it first.
  await tabTo(page, page.getByRole("button", { name: "Clinique", exact: true }));
  await pick(
    page,
    page.getByRole("button", { name: "Clinique", exact: true }),
    page.getByRole("menuitem", { name: /^Journal/ }),
  );
  await expect(page).toHaveURL(/\/journal/);
  const rows = page.locator("tbody tr");
  const event = page.getByRole("combobox", { name: "Geste" });
  await tabTo(page, event);
  await choose(page, event, /^Invitation envoyée/, "invitation env");
  await expect(page).toHaveURL(/event=invitation\.sent/);
  await expect(rows).toHaveCount(1);
  await press(page, page.getByRole("button", { name: "Tout afficher" }));
  await tabTo(page, page.getByRole("radio", { name: "Toute la clinique" }), true);
  await page.keyboard.press("ArrowRight");
  await expect(page).toHaveURL(/mine=1/);
  await expect(rows.filter({ hasText: "Réglages modifiés" })).toHaveCount(1);
}

test("a clinic’s first day needs no mouse", async ({ page, browser }) => {
  test.setTimeout(240_000);
  const [slug, email] = [`clinique-${word()}`, `${word()}@clinique.example`];
  await signUp(page, slug, email);
  await inviteColleague(page, browser, slug);
  const secret = await protectAccount(page);
  await comeBack(page, slug, email, secret);
  await changeLooks(page);
  await findTraces(page);
});

test("the host approves and suspends a clinic without a mouse, and Esc suspends nothing", async ({ page, baseURL }) => {
  const clinic = await makeClinic(`Clinique ${word()}`);
  const operator = await makePerson();
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query("insert into host.operator (user_id) values ($1)", [operator.id]).finally(() => admin.end());
  const { token } = await openFor(operator.id, { realm: "host", secondFactor: true });
  await page.context().addCookies([{ name: "chevet-host", value: token, url: baseURL ?? "" }]);
  await page.goto("/host", { waitUntil: "networkidle" });
  await write(page, page.getByRole("textbox", { name: "Chercher un nom ou une adresse" }), clinic.slug);
  const row = page.getByRole("row").filter({ hasText: clinic.slug });
  await expect(page.locator("table").first().locator("tbody tr")).toHaveCount(1);
  await press(page, row.getByRole("button", { name: "Approuver" }));
  const suspend = row.getByRole("button", { name: "Suspendre" });
  await press(page, suspend);
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(suspend).toBeFocused();
  await page.keyboard.press("Enter");
  await press(page, page.getByRole("dialog").getByRole("button", { name: "Suspendre" }));
  await expect(row).toContainText("Suspendue");
  // The console leads to one's account, hence to the way out.
  await press(page, page.getByRole("link", { name: "Mon compte" }));
  await page.waitForURL("**/host/compte", { waitUntil: "networkidle" });
  await press(page, page.getByRole("button", { name: "Fermer la session" }));
  await page.waitForURL("**/host/connexion");
});
