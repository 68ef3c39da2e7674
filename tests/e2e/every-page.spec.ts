import "./instance-database.ts";
import { readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { type BrowserContext, expect, type Page, test } from "@playwright/test";
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

let clinic: TestClinic;
test.beforeAll(async () => {
  clinic = await makeClinic("Clinique du Vieux-Limoilou");
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

/** What keeps somebody out, by axe: everything in the first theme; in the other what colours alone decide, for nothing else differs. */
async function barriers(page: Page, theme: "light" | "dark"): Promise<string[]> {
  // A page in a frame of another is visited by itself.
  const axe = new AxeBuilder({ page }).exclude("iframe");
  if (theme === "light") axe.withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]);
  else axe.withRules(["color-contrast", "link-in-text-block"]);
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(" | ")}`);
}

async function enter(context: BrowserContext, visit: Visit, origin: string): Promise<void> {
  const session = await visit.session?.(clinic);
  if (!session) return;
  await context.addCookies([
    { name: `chevet-${session.realm}`, value: session.token, url: origin, httpOnly: true, sameSite: "Lax" },
  ]);
}

for (const [route, visit] of Object.entries(visits)) {
  for (const locale of ["fr", "en"] as const) {
    test(`${route} in ${locale}: no barrier, nobody else called`, async ({ browser, baseURL }) => {
      const origin = baseURL?.replace(/\/$/, "") ?? "";
      const context = await browser.newContext({
        colorScheme: "light",
        locale: locale === "fr" ? "fr-CA" : "en-CA",
        reducedMotion: "reduce",
      });
      await enter(context, visit, origin);
      const page = await context.newPage();
      const seen = watch(page, origin);
      const path = await visit.path(clinic, locale);
      const response = await page.goto(path, { waitUntil: "networkidle" });
      expect(response?.status()).toBe(200);
      expect(new URL(page.url()).pathname, "the page itself, and not where it sends a stranger").toBe(
        visit.lands?.(clinic) ?? path.split("?")[0],
      );
      expect(await page.locator("html").getAttribute("lang")).toMatch(new RegExp(`^${locale}`));
      await expect(page.locator("h1")).toHaveCount(1);
      // No language changes a colour: the dark theme is looked at in one.
      for (const colorScheme of locale === "fr" ? (["light", "dark"] as const) : (["light"] as const)) {
        // A page follows its reader's machine without being loaded again; one that runs no script, when it is opened next.
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        if (colorScheme === "dark" && /^\/(c|apercu)\//.test(route))
          await page.goto(path, { waitUntil: "networkidle" });
        await expect(page.locator("html")).toHaveCSS("color-scheme", new RegExp(colorScheme));
        expect(await barriers(page, colorScheme)).toEqual([]);
      }
      for (const width of [390, 820]) {
        await page.setViewportSize({ width, height: 844 });
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow, `no sideways scroll at ${width} px`).toBeLessThanOrEqual(0);
      }
      const told = visit.refused ? seen.filter((line) => !/status of 4\d\d/.test(line)) : seen;
      expect(told).toEqual([]);
      await context.close();
    });
  }
}
