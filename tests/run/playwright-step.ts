import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeCommand } from "./command.ts";
import { installedChromium } from "./provide-chromium.ts";
import { failed, skipped, type Tally } from "./tally.ts";

interface Report {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
}

/** Runs the browser tests against an instance of their own. A test that only passed when repeated counts as failed. */
export async function runPlaywright(): Promise<Tally> {
  const chromium = installedChromium();
  if (!chromium) return skipped("aucun Chromium : donnez CHROMIUM_PATH · no Chromium: give CHROMIUM_PATH");
  const folder = mkdtempSync(join(tmpdir(), "chevet-playwright-"));
  const file = join(folder, "report.json");
  try {
    const env = { CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: file };
    const args = ["test", "-c", "tests/e2e", "--reporter=list,json"];
    const { code } = await nodeCommand("node_modules/@playwright/test/cli.js", args, { env, live: true });
    const { stats }: Report = JSON.parse(readFileSync(file, "utf8"));
    const wrong = stats.unexpected + stats.flaky;
    return { passed: stats.expected, failed: wrong || (code === 0 ? 0 : 1), skipped: stats.skipped };
  } catch (error) {
    return failed(String(error));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
