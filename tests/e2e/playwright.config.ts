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
    // No trace of each step, which every test would pay for: a failure says what the page was, and `--trace on` tells the rest.
    trace: "off",
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
