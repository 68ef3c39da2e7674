import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startInstance } from "#tests/run/start-instance.ts";

/** Starts one production instance of this run alone, in a data folder of its own, on free ports. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), "chevet-e2e-"));
  const instance = await startInstance(dataDir);
  process.env.CHEVET_E2E_URL = instance.url;
  process.env.CHEVET_E2E_DATA_DIR = dataDir;
  return async () => {
    await instance.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
