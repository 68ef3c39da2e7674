import { existsSync, rmSync, writeFileSync } from "node:fs";
import { command } from "./command.ts";

const policy = "/usr/sbin/policy-rc.d";

/**
 * Installs Debian packages where apt is there and we are root. Their services are not started: tests start what they need
 * themselves, on ports of their own.
 * @returns whether it worked.
 */
export async function aptInstall(packages: string[]): Promise<boolean> {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return false;
  const forbidStart = !existsSync(policy);
  // The way Debian gives to say "start nothing": 101 means forbidden.
  if (forbidStart) writeFileSync(policy, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    if (await install(packages)) return true;
    // Fresh machines and images have no package lists yet.
    await command("apt-get", ["update", "-q"]).catch(() => undefined);
    return await install(packages);
  } finally {
    if (forbidStart) rmSync(policy, { force: true });
  }
}

async function install(packages: string[]): Promise<boolean> {
  const args = ["install", "-y", "-q", "--no-install-recommends", ...packages];
  const { code } = await command("apt-get", args, { env: { DEBIAN_FRONTEND: "noninteractive" } });
  return code === 0;
}
