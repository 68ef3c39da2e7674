import { spawn } from "node:child_process";
import { fromRoot, root } from "./paths.ts";
import { Sentence } from "./steps.mjs";
import { onStop } from "./stopping.ts";

/**
 * Runs a Node program of node_modules quietly; what it said is shown only if it fails.
 * @param script path from the checkout's root.
 */
export function runTool(
  script: string,
  args: string[],
  env: Record<string, string | undefined>,
  nodeArgs: string[] = [],
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...nodeArgs, fromRoot(script), ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const forget = onStop(() => void child.kill("SIGTERM"));
    let said = "";
    const hear = (chunk: Buffer) => {
      said = (said + chunk).slice(-8000);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("error", reject);
    child.once("close", (code) => {
      forget();
      if (code === 0) return resolve();
      reject(new Sentence(`${said.trim()}\n${script} a échoué. ${script} failed.`));
    });
  });
}
