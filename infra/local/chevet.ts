import { spawn } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { generateClient } from "./build.ts";
import { readInstance } from "./instance.ts";
import { choosePorts, localEnv } from "./local-env.ts";
import { openDatabase } from "./open-database.ts";
import { fromRoot, root } from "./paths.ts";
import { stopAll, stopOnSignals } from "./stopping.ts";

/**
 * Runs one operator's command. A local PostgreSQL that is running is used as it is; one that is not is started for the time
 * of the command.
 * @returns the command's exit code.
 */
export async function chevet(args: string[]): Promise<number> {
  if (existsSync(fromRoot(".env"))) process.loadEnvFile(fromRoot(".env"));
  const dataDir = fromRoot(process.env.CHEVET_DATA_DIR || ".chevet");
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  const { ports, url } = readInstance(dataDir);
  stopOnSignals();
  try {
    if (!existsSync(fromRoot("server/db/generated"))) await generateClient();
    const database = await openDatabase({ env: process.env, dataDir, port: ports.postgres, leaveFound: true });
    const local = localEnv(
      process.env,
      dataDir,
      process.env.CHEVET_NEXT_DIR || ".next",
      await choosePorts(process.env, ports),
    );
    return await run(args, { ...database.variables, ...local, ...(url && { CHEVET_ORIGIN: url }) });
  } finally {
    await stopAll();
  }
}

function run(args: string[], env: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--import", "tsx", "server/command.ts", ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: "inherit",
    });
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
}
