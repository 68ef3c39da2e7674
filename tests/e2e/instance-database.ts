import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readInstance } from "#infra/local/instance.ts";
import { localKeys } from "#infra/local/local-keys.ts";
import { logins } from "#infra/local/postgres/prepare-database.ts";
import { adminUrlOf, databasePort } from "./admin-url.ts";

/**
 * Lets a browser test make its clinic and people by the same factories as the database tests, in the database of the
 * instance that it visits. Import it before any of them: it names the database in the environment before any code reads it.
 */
const dataDir = process.env.CHEVET_E2E_DATA_DIR ?? "";
const passwords = JSON.parse(readFileSync(join(dataDir, "secrets", "database.json"), "utf8"));
const port = databasePort(dataDir);

/** The instance's administrator: for arranging what no role of ours may. */
export const adminUrl = adminUrlOf(dataDir);

for (const [login, variable] of Object.entries(logins)) {
  process.env[variable] = `postgresql://${login}:${passwords[login]}@127.0.0.1:${port}/chevet`;
}
Object.assign(process.env, localKeys(dataDir), {
  CHEVET_DATA_DIR: dataDir,
  CHEVET_ORIGIN: readInstance(dataDir).url?.replace(/\/$/, ""),
  CHEVET_LOCAL: "1",
  CHEVET_TEST_ADMIN_URL: adminUrl,
});
