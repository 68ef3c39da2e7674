import { chmodSync, chownSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../free-port.ts";
import { type Binaries, embeddedBinaries } from "./binaries.ts";
import { chooseRunAs, type RunAs, runProgram } from "./run-as.ts";

/** A running PostgreSQL that this project started. */
export interface Cluster {
  port: number;
  /** "found": a server left by a killed parent was still there. */
  state: "created" | "started" | "found";
  /** Address of a database, by default for the superuser. */
  url(database: string, user?: string, password?: string): string;
  /** Ends the server, cutting its clients. */
  stop(): Promise<void>;
}

interface Options {
  dataDir: string;
  /** The superuser's password (user `postgres`); it only counts when the cluster is made. */
  password: string;
  binaries?: Binaries;
  /** Wanted port; another is taken when it is busy. */
  port?: number;
  /** Further postgresql.conf settings. */
  settings?: Record<string, string>;
}

/**
 * Starts PostgreSQL on the loopback in `dataDir`, making the cluster on the first call, finding a running server on a later one.
 * The server outlives a killed parent, so that the next call finds it with all its data.
 * @throws with PostgreSQL's own words when it does not start.
 */
export async function startCluster(options: Options): Promise<Cluster> {
  const as = chooseRunAs(options.binaries ?? embeddedBinaries(), options.dataDir);
  const cluster = (port: number, state: Cluster["state"]): Cluster => ({
    port,
    state,
    url: (database, user = "postgres", password = options.password) =>
      `postgresql://${encodeURIComponent(user)}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`,
    stop: () => endServer(as),
  });

  if (await isRunning(as)) return cluster(runningPort(as), "found");
  const isNew = !existsSync(join(as.dataDir, "PG_VERSION"));
  if (isNew) await makeCluster(as, options.password);
  const port = await freePort(options.port);
  writeSettings(as, { ...baseSettings, ...options.settings, port: String(port) });
  await startServer(as);
  return cluster(port, isNew ? "created" : "started");
}

/** Ends the server that still runs in `dataDir`, if any. */
export async function stopLeftover(binaries: Binaries, dataDir: string): Promise<void> {
  const as = chooseRunAs(binaries, dataDir);
  if (await isRunning(as)) await endServer(as);
}

async function endServer(as: RunAs): Promise<void> {
  await runProgram(as, "pg_ctl", ["stop", "-D", as.dataDir, "-m", "fast", "-w", "-t", "60"]);
}

async function isRunning(as: RunAs): Promise<boolean> {
  if (!existsSync(join(as.dataDir, "postmaster.pid"))) return false;
  return runProgram(as, "pg_ctl", ["status", "-D", as.dataDir]).then(
    () => true,
    () => false,
  );
}

/** Line 4 of postmaster.pid, the file that PostgreSQL keeps while it runs. */
function runningPort(as: RunAs): number {
  return Number(readFileSync(join(as.dataDir, "postmaster.pid"), "utf8").split("\n")[3]);
}

async function makeCluster(as: RunAs, password: string): Promise<void> {
  const passwordFile = `${as.dataDir}.password`;
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (as.uid !== undefined && as.gid !== undefined) chownSync(passwordFile, as.uid, as.gid);
  // One collation on every machine: PostgreSQL 17 and later carry their own C.UTF-8, older ones use the system's.
  const locale =
    as.binaries.major >= 17
      ? ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
      : ["--locale-provider=libc", "--locale=C.UTF-8"];
  try {
    const auth = ["-U", "postgres", "-A", "scram-sha-256", `--pwfile=${passwordFile}`];
    await runProgram(as, "initdb", ["-D", as.dataDir, "-E", "UTF8", ...locale, ...auth, "--no-instructions"]);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  const conf = join(as.dataDir, "postgresql.conf");
  writeFileSync(conf, `${readFileSync(conf, "utf8")}\ninclude_if_exists = 'chevet.conf'\n`);
}

/** Loopback only. What goes wrong is logged without the statement, its values, or the row that failed: those are people's data. */
const baseSettings: Record<string, string> = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  password_encryption: "scram-sha-256",
  timezone: "UTC",
  log_timezone: "UTC",
  logging_collector: "on",
  log_filename: "postgresql-%a.log",
  log_truncate_on_rotation: "on",
  log_rotation_age: "1d",
  log_rotation_size: "0",
  log_statement: "none",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
  log_parameter_max_length: "0",
  log_parameter_max_length_on_error: "0",
};

function writeSettings(as: RunAs, settings: Record<string, string>): void {
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`);
  const file = join(as.dataDir, "chevet.conf");
  writeFileSync(file, `${lines.join("\n")}\n`);
  chmodSync(file, 0o644);
}

async function startServer(as: RunAs): Promise<void> {
  const log = join(as.dataDir, "startup.log");
  try {
    await runProgram(as, "pg_ctl", ["start", "-D", as.dataDir, "-w", "-t", "120", "-l", log]);
  } catch (error) {
    const words = existsSync(log) ? readFileSync(log, "utf8").trim().split("\n").slice(-8).join("\n") : "";
    throw new Error(`PostgreSQL n'a pas démarré. PostgreSQL did not start.\n${(error as Error).message}\n${words}`);
  }
}
