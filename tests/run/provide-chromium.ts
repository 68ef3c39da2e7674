import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";
import { aptInstall } from "./apt.ts";
import { nodeCommand } from "./command.ts";

// The shell has no window to draw: the same engine, a fifth less to do.
const names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const macApplications = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** Makes a Chromium available, if it can be: CHROMIUM_PATH, an installed one, apt as root, Playwright's download. */
export async function provideChromium(): Promise<string | undefined> {
  if (installedChromium()) return installedChromium();
  for (const name of names.slice(0, 2))
    if ((await aptInstall([name])) && installedChromium()) return installedChromium();
  await nodeCommand("node_modules/@playwright/test/cli.js", ["install", "chromium"]);
  return installedChromium();
}

/** The Chromium that is there already, or undefined. */
export function installedChromium(): string | undefined {
  const given = process.env.CHROMIUM_PATH;
  if (given) return existsSync(given) ? given : undefined;
  const onPath = (process.env.PATH ?? "").split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return [...onPath, ...macApplications, chromium.executablePath()].find((path) => existsSync(path));
}
