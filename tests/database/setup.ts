import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, inject } from "vitest";
import { localKeys } from "#infra/local/local-keys.ts";
import { ensurePlatformKey } from "#server/crypto/create-clinic-key.ts";
import { copyTemplate, databaseVariables, type TestDatabase } from "./fresh-database.ts";

/** Before each test file: a database, keys and a data folder of its own, named in the environment before any code reads it. */

const dataDir = mkdtempSync(join(tmpdir(), "chevet-data-"));

/** This file's database. */
export const database: TestDatabase = await copyTemplate(inject("testCluster"));

Object.assign(process.env, databaseVariables(database), localKeys(dataDir), {
  CHEVET_DATA_DIR: dataDir,
  CHEVET_ORIGIN: "http://127.0.0.1:3000",
  CHEVET_LOCAL: "1",
  CHEVET_TEST_ADMIN_URL: database.adminUrl,
  LOG_LEVEL: "silent",
});

await ensurePlatformKey();

/** Another migrated, empty database, for a test that spoils its own. Drop it when done. */
export function freshDatabase(): Promise<TestDatabase> {
  return copyTemplate(inject("testCluster"));
}

afterAll(async () => {
  await database.drop();
  rmSync(dataDir, { recursive: true, force: true });
});
