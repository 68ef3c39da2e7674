import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import pg from "pg";
import { freePort } from "#infra/local/free-port.ts";

const program = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer"].find((path) =>
  existsSync(path),
);

export const hasPgBouncer = program !== undefined;

export interface PgBouncer {
  /** The same address through the pooler. */
  through(url: string): string;
  stop(): Promise<void>;
}

/**
 * A real PgBouncer in transaction mode on the loopback, with few server connections, so that clients must share them.
 * @param urls logins that it serves; it needs their passwords to open connections of its own.
 */
export async function startPgBouncer(urls: readonly string[], serverConnections: number): Promise<PgBouncer> {
  if (!program) throw new Error("PgBouncer is not installed");
  const folder = mkdtempSync(join(tmpdir(), "chevet-pgbouncer-"));
  const port = await freePort();
  const target = new URL(urls[0] ?? "");
  const users = urls.map((url) => `"${new URL(url).username}" "${decodeURIComponent(new URL(url).password)}"`);
  writeFileSync(join(folder, "users.txt"), `${users.join("\n")}\n`, { mode: 0o644 });
  const settings = [
    "[databases]",
    `* = host=127.0.0.1 port=${target.port}`,
    "[pgbouncer]",
    "listen_addr = 127.0.0.1",
    `listen_port = ${port}`,
    "unix_socket_dir =",
    "auth_type = scram-sha-256",
    `auth_file = ${join(folder, "users.txt")}`,
    "pool_mode = transaction",
    `default_pool_size = ${serverConnections}`,
    "max_client_conn = 200",
    "ignore_startup_parameters = extra_float_digits",
    // As root it gives its rights up, and must then read its files.
    ...(process.getuid?.() === 0 ? ["user = nobody"] : []),
  ];
  writeFileSync(join(folder, "pgbouncer.ini"), `${settings.join("\n")}\n`, { mode: 0o644 });
  const child = spawn("sh", ["-c", `chmod 755 "$1" && exec "$2" -q "$1/pgbouncer.ini"`, "sh", folder, program], {
    stdio: "ignore",
  });
  const stop = async () => {
    if (child.exitCode === null) {
      child.kill("SIGINT");
      await new Promise((resolve) => child.once("exit", resolve));
    }
    rmSync(folder, { recursive: true, force: true });
  };
  const through = (url: string) => Object.assign(new URL(url), { port: String(port) }).toString();
  await untilServing(through(urls[0] ?? ""), child);
  return { through, stop };
}

async function untilServing(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (child.exitCode !== null) throw new Error(`PgBouncer ended with ${child.exitCode}`);
    const client = new pg.Client({ connectionString: url });
    const served = await client.connect().then(
      () => true,
      () => false,
    );
    await client.end().catch(() => undefined);
    if (served) return;
    await setTimeout(100);
  }
  throw new Error("PgBouncer did not start");
}
