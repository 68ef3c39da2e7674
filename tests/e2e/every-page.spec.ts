import "./instance-database.ts";
import { readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { localeCookie } from "#app/_i18n/locale.ts";
import { makeClinic, type TestClinic } from "#tests/factories/clinic.ts";
import { type Visit, visits } from "./visits.ts";

/** Every page there is, found on the disk: one that visits.ts does not know fails, so that a new page is covered without anyone remembering. */

const appDir = join(import.meta.dirname, "../../app");

function routesOnDisk(): string[] {
  return readdirSync(appDir, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(`${sep}page.tsx`) || file === "page.tsx")
    .map(
      (file) =>
        `/${relative(".", join(file, ".."))
          .split(sep)
          .filter((part) => !/^\(.*\)$/.test(part))
          .join("/")}`.replace(/\/\.?$/, "") || "/",
    )
    .sort();
}

test("every page is visited", () => {
  expect(Object.keys(visits).sort()).toEqual(routesOnDisk());
});

/** What a page must never do: call another origin, break its own policy, or complain in the console. */
function watch(page: Page, origin: string): string[] {
  const seen: string[] = [];
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith("http") && url.origin !== origin) seen.push(`request to ${url.origin}`);
  });
  page.on("console", (message) => {
    if (message.type() === "error") seen.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => seen.push(`error: ${error.message}`));
  return seen;
}

/**
 * What keeps somebody out, by axe: everything in the first language and theme; in the dark, what colours alone decide; in the other
 * language, what words alone decide. Nothing else differs.
 */
const rules = {
  all: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
  colours: { type: "rule", values: ["color-contrast", "link-in-text-block"] },
  words: { type: "tag", values: ["cat.name-role-value", "cat.text-alternatives", "cat.language", "cat.forms"] },
} as const;

async function barriers(page: Page, { type, values }: (typeof rules)[keyof typeof rules]): Promise<string[]> {
  // A page in a frame of another is visited by itself. Without frames, axe needs no second page to gather what it found in each.
  const axe = new AxeBuilder({ page })
    .exclude("iframe")
    .setLegacyMode()
    .options({ runOnly: { type, values: [...values] } });
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(" | ")}`);
}

/** One clinic for all the pages that a worker visits. */
let made: Promise<TestClinic> | undefined;
const theClinic = () => {
  made ??= makeClinic("Clinique du Vieux-Limoilou");
  return made;
};

const tabs = new Map<Visit["session"], Promise<{ page: Page; seen: string[] }>>();

/** One tab for each kind of visitor that a worker plays: what they all load, the browser reads once. */
const tabOf = (browser: Browser, visit: Visit, origin: string) => {
  const tab = tabs.get(visit.session) ?? openTab(browser, visit, origin);
  tabs.set(visit.session, tab);
  return tab;
};

async function openTab(browser: Browser, visit: Visit, origin: string) {
  const context = await browser.newContext({ locale: "fr-CA", reducedMotion: "reduce" });
  const session = await visit.session?.(await theClinic());
  if (session)
    await context.addCookies([
      { name: `chevet-${session.realm}`, value: session.token, url: origin, httpOnly: true, sameSite: "Lax" },
    ]);
  const page = await context.newPage();
  return { page, seen: watch(page, origin) };
}

async function isNeverTooWide(page: Page): Promise<void> {
  for (const width of [390, 820]) {
    await page.setViewportSize({ width, height: 844 });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, `no sideways scroll at ${width} px`).toBeLessThanOrEqual(0);
  }
}

// Each page by itself: whichever worker is free takes the next.
test.describe.configure({ mode: "parallel" });

for (const [route, visit] of Object.entries(visits)) {
  test(`${route}: no barrier, nobody else called, in both languages and themes`, async ({ browser, baseURL }) => {
    const origin = baseURL?.replace(/\/$/, "") ?? "";
    const clinic = await theClinic();
    const { page, seen } = await tabOf(browser, visit, origin);
    seen.length = 0;
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });

    const open = async (locale: "fr" | "en") => {
      await page.setViewportSize({ width: 1280, height: 720 });
      await page.context().addCookies([{ name: localeCookie, value: locale, url: origin }]);
      const path = await visit.path(clinic, locale);
      const response = await page.goto(path, { waitUntil: "networkidle" });
      expect(response?.status()).toBe(200);
      expect(new URL(page.url()).pathname, "the page itself, and not where it sends a stranger").toBe(
        visit.lands?.(clinic) ?? path.split("?")[0],
      );
      expect(await page.locator("html").getAttribute("lang")).toMatch(new RegExp(`^${locale}`));
      await expect(page.locator("h1")).toHaveCount(1);
    };

    await open("fr");
    await expect(page.locator("html")).toHaveCSS("color-scheme", /light/);
    expect(await barriers(page, rules.all)).toEqual([]);
    await isNeverTooWide(page);

    // A page follows its reader's machine without being loaded again; one that runs no script, when it is opened next.
    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    if (/^\/(c|apercu)\//.test(route)) await open("fr");
    await expect(page.locator("html")).toHaveCSS("color-scheme", /dark/);
    expect(await barriers(page, rules.colours)).toEqual([]);

    await open("en");
    expect(await barriers(page, rules.words)).toEqual([]);
    await isNeverTooWide(page);

    expect(visit.refused ? seen.filter((line) => !/status of 4\d\d/.test(line)) : seen).toEqual([]);
  });
}
