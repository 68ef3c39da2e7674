import "./instance-database.ts";
import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { makeClinic, type TestClinic } from "#tests/factories/clinic.ts";
import { openPalette } from "./by-keyboard.ts";

let clinic: TestClinic;
test.beforeAll(async () => {
  clinic = await makeClinic("Clinique du Vieux-Limoilou");
});

async function enter(context: BrowserContext, baseURL: string | undefined): Promise<void> {
  const { token } = clinic.owner;
  await context.addCookies([
    { name: "chevet-staff", value: token, url: baseURL ?? "", httpOnly: true, sameSite: "Lax" },
  ]);
}

/** Opens the workspace and waits until it answers keys. */
async function openWorkspace(page: Page, path = ""): Promise<void> {
  await page.goto(`/clinic/${clinic.slug}${path}`, { waitUntil: "networkidle" });
  await expect(page.locator("h1")).toBeVisible();
}

const palette = (page: Page) => page.getByRole("dialog", { name: "Chercher" });
const sheet = (page: Page) => page.getByRole("dialog", { name: "Raccourcis du clavier" });

test("the language changes on the same page without any JavaScript, and stays", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto("/legal/vie-privee");
  await expect(page.locator("html")).toHaveAttribute("lang", "fr-CA");
  await page.getByRole("button", { name: /English/ }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en-CA");
  await expect(page.locator("h1")).toHaveText("Privacy");
  expect(new URL(page.url()).pathname).toBe("/legal/vie-privee");
  await page.goto("/securite");
  await expect(page.locator("h1")).toHaveText("Security");
  await context.close();
});

test("the appearance is in the very HTML that the server sends: nothing flashes", async ({ page }) => {
  await page.goto("/securite", { waitUntil: "networkidle" });
  await page.getByRole("button", { name: "Apparence" }).click();
  await page.getByRole("menuitemradio", { name: "Sombre" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
  const html = await (await page.request.get("/securite")).text();
  expect(html).toMatch(/<html[^>]+data-mantine-color-scheme="dark"/);
});

test("every page carries the strict policy, with a nonce of its own", async ({ request }) => {
  const [first, second] = await Promise.all([request.get("/"), request.get("/")]);
  const policy = first.headers()["content-security-policy"] ?? "";
  expect(policy).toContain("default-src 'none'");
  expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=]+' 'strict-dynamic';/);
  expect(policy).toMatch(/style-src 'self' 'nonce-[\w+/=]+';/);
  expect(policy).not.toContain("unsafe-eval");
  for (const directive of ["base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"])
    expect(policy).toContain(directive);
  expect(policy).not.toBe(second.headers()["content-security-policy"]);
  expect(first.headers()).toMatchObject({
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "x-frame-options": "DENY",
  });
  expect(first.headers()["strict-transport-security"]).toBeUndefined();
  expect(first.headers()["x-powered-by"]).toBeUndefined();
});

test("a stranger finds nothing at a clinic's address, and is told so in words", async ({ page }) => {
  const answer = await page.goto("/clinic/nowhere-at-all/journal");
  expect(new URL(page.url()).pathname).toBe("/connexion");
  expect(answer?.status()).toBe(200);
  const missing = await page.goto("/nothing");
  expect(missing?.status()).toBe(404);
  await expect(page.locator("h1")).toHaveText("Rien à cette adresse");
});

test("the workspace is walked by keys alone", async ({ page, context, baseURL }) => {
  await enter(context, baseURL);
  await openWorkspace(page);

  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Aller au contenu" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator("#content")).toBeFocused();

  await openPalette(page);
  await expect(palette(page).getByRole("combobox")).toBeFocused();
  await page.keyboard.type("journal");
  await expect(palette(page).getByRole("option", { name: /Journal/ })).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/journal/);
  await expect(palette(page)).toBeHidden();

  await expect(page.locator("h1")).toHaveText("Journal");
  // The two keys of a chord must follow one another; a machine that is busy may need a second try.
  await expect(async () => {
    await page.keyboard.press("g");
    await page.keyboard.press("l");
    await expect(page).toHaveURL(/\/locations$/, { timeout: 3000 });
  }).toPass();

  await page.keyboard.press("?");
  await expect(sheet(page)).toContainText("Journal");
  await page.keyboard.press("Escape");
  await expect(sheet(page)).toBeHidden();

  await page.keyboard.press("Control+k");
  await expect(palette(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(palette(page)).toBeHidden();
});

test("what is typed in a field is not a shortcut, and single keys can be switched off", async ({
  page,
  context,
  baseURL,
}) => {
  await enter(context, baseURL);
  await openWorkspace(page, "/journal");
  const field = page.getByRole("textbox").first();
  await field.click();
  await page.keyboard.type("?/");
  await expect(sheet(page)).toBeHidden();
  await expect(palette(page)).toBeHidden();

  await page.locator("h1").click();
  await page.keyboard.press("?");
  await page.getByRole("switch", { name: "Raccourcis d’une seule touche" }).click();
  await page.keyboard.press("Escape");
  await expect(sheet(page)).toBeHidden();
  await page.keyboard.press("/");
  await expect(palette(page)).toBeHidden();
  await page.keyboard.press("Control+k");
  await expect(palette(page)).toBeVisible();
});

test("on a phone the places are at the thumb, and the rest in a drawer", async ({ browser, baseURL }) => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    locale: "fr-CA",
  });
  await enter(context, baseURL);
  const page = await context.newPage();
  await openWorkspace(page);
  const bar = page.getByRole("navigation", { name: "Lieux de travail, barre du bas" });
  await expect(bar).toBeVisible();
  for (const item of await bar.getByRole("link").all()) {
    const box = await item.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
  }
  await bar.getByRole("button", { name: "Plus" }).tap();
  const drawer = page.getByRole("dialog", { name: "Plus" });
  await drawer.getByRole("link", { name: "Journal" }).tap();
  await expect(page).toHaveURL(/\/journal/);
  await expect(drawer).toBeHidden();
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
  await context.close();
});
