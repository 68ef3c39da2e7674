import { defineConfig, devices } from "@playwright/test";
import { installedChromium } from "#tests/run/provide-chromium.ts";

// One instance for all files (global-setup.ts); each test makes its own clinic, so files may run side by side. Whatever file is asked for,
// the search for what the people in it left behind comes last.
export default defineConfig({
  testDir: ".",
  testMatch: "**/*.spec.ts",
  outputDir: "../../test-results",
  globalSetup: "./global-setup.ts",
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  projects: [
    { name: "browser", testIgnore: "**/no-trace.spec.ts", teardown: "no trace" },
    { name: "no trace", testMatch: "**/no-trace.spec.ts" },
  ],
  use: {
    ...devices["Desktop Chrome"],
    baseURL: process.env.CHEVET_E2E_URL,
    locale: "fr-CA",
    timezoneId: "America/Toronto",
    // Without pictures of every frame: each test would pay for them, and the snapshots show the same page.
    trace: { mode: "retain-on-failure", screenshots: false },
    launchOptions: {
      executablePath: installedChromium(),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
