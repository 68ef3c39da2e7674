import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chownSync, cpSync, existsSync, lstatSync, mkdirSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import type { Binaries } from "./binaries.ts";

/**
 * Who runs PostgreSQL, which refuses to run as root. An ordinary user runs it directly. Root hands it to an unprivileged
 * user; when that user cannot enter the checkout (a home closed to others), in order: a user namespace in which root's own
 * files belong to that user, else programs and data in a folder of /var/lib that it can enter, linked from the data folder.
 */
export interface RunAs {
  binaries: Binaries;
  /** Real place of the data folder. */
  dataDir: string;
  uid?: number;
  gid?: number;
  /** Words put before each command. */
  wrap: string[];
}

/** Chooses who runs PostgreSQL, and makes its data folder with the right owner, closed to everybody else. */
export function chooseRunAs(binaries: Binaries, dataDir: string): RunAs {
  if (process.getuid?.() !== 0) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    return { binaries, dataDir, wrap: [] };
  }
  const { uid, gid } = unprivilegedUser();
  if (!isLink(dataDir)) {
    const direct: RunAs = { binaries, dataDir, uid, gid, wrap: [] };
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    chownSync(dataDir, uid, gid);
    if (canRun(direct)) return direct;
    chownSync(dataDir, 0, 0);
    const wrap = ["unshare", "--user", `--map-user=${uid}`, `--map-group=${gid}`];
    if (canRun({ binaries, dataDir, wrap })) return { binaries, dataDir, wrap };
  }
  return elsewhere(binaries, dataDir, uid, gid);
}

/** Runs one of PostgreSQL's programs and returns what it printed. */
export function runProgram(as: RunAs, program: string, args: string[]): Promise<string> {
  const [command = "", ...rest] = [...as.wrap, join(as.binaries.bin, program), ...args];
  const options = {
    uid: as.uid,
    gid: as.gid,
    cwd: as.dataDir,
    windowsHide: true,
    env: { ...process.env, LC_ALL: "C" },
  };
  return new Promise((resolve, reject) => {
    execFile(command, rest, options, (error, stdout, stderr) => {
      if (!error) return resolve(stdout);
      reject(
        Object.assign(new Error(`${program} : ${stderr.trim() || stdout.trim() || error.message}`), {
          code: error.code,
        }),
      );
    });
  });
}

function canRun(as: RunAs): boolean {
  try {
    const [command = "", ...args] = [...as.wrap, "sh", "-c", 'test -w "$1" && "$2" --version', "sh", as.dataDir];
    execFileSync(command, [...args, join(as.binaries.bin, "postgres")], {
      uid: as.uid,
      gid: as.gid,
      cwd: "/",
      stdio: "ignore",
    });
    return true;
  } catch {
    return false;
  }
}

function elsewhere(binaries: Binaries, dataDir: string, uid: number, gid: number): RunAs {
  const place = isLink(dataDir) ? join(realpathSync(dataDir), "..") : `/var/lib/chevet/${shortHash(dataDir)}`;
  const native = join(place, `postgresql-${binaries.major}`);
  const real = join(place, "data");
  mkdirSync(real, { recursive: true, mode: 0o755 });
  if (!existsSync(join(native, "bin", "postgres")))
    cpSync(binaries.native, native, { recursive: true, verbatimSymlinks: true });
  chownSync(real, uid, gid);
  if (!isLink(dataDir)) {
    rmSync(dataDir, { recursive: true, force: true });
    symlinkSync(real, dataDir);
  }
  const as: RunAs = { binaries: { ...binaries, native, bin: join(native, "bin") }, dataDir: real, uid, gid, wrap: [] };
  if (canRun(as)) return as;
  throw new Error(
    "PostgreSQL ne peut pas lire ses programmes : relancez sans être root, ou placez Chevet dans un dossier ouvert (/srv).\n" +
      "PostgreSQL cannot read its programs: run again as an ordinary user, or put Chevet in an open folder (/srv).",
  );
}

function unprivilegedUser(): { uid: number; gid: number } {
  for (const name of ["postgres", "_postgres", "nobody"]) {
    try {
      const id = (flag: string) =>
        Number(execFileSync("id", [flag, name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
      return { uid: id("-u"), gid: id("-g") };
    } catch {
      // That user does not exist here; try the next.
    }
  }
  throw new Error(
    "PostgreSQL refuse root et aucun utilisateur « postgres » ou « nobody » n'existe : créez-en un, ou lancez sans être root.\n" +
      'PostgreSQL refuses root and there is no user "postgres" or "nobody": make one, or run as an ordinary user.',
  );
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}
