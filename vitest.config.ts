import { configDefaults, defineConfig } from "vitest/config";

// Tests live under tests/ only. Each file of `database` has a database of its own, so files may run side by side.
export default defineConfig({
  test: {
    exclude: [...configDefaults.exclude, ".chevet/**"],
    maxWorkers: 2,
    reporters: ["default"],
    projects: [
      { extends: true, test: { name: "unit", include: ["tests/unit/**/*.test.{ts,tsx}"] } },
      {
        extends: true,
        test: {
          name: "database",
          include: ["tests/database/**/*.test.ts"],
          globalSetup: ["tests/database/global-setup.ts"],
          setupFiles: ["tests/database/setup.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "soak",
          include: ["tests/soak/**/*.test.ts"],
          globalSetup: ["tests/database/global-setup.ts"],
          setupFiles: ["tests/database/setup.ts"],
          testTimeout: 30 * 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
