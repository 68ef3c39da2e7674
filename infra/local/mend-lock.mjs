// Completes package-lock.json after a change of dependencies: a registry that lacks the binaries of other systems makes npm
// leave them out of the lock, and `npm ci` then refuses it. Each missing one is added as npm would have written it, save its
// integrity hash, which is not known here. No address of a registry stays in the lock. `--check` only says what is wrong.
import { readFileSync, writeFileSync } from "node:fs";

const file = new URL("../../package-lock.json", import.meta.url);
const systems = ["aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"];
const processors = ["arm64", "arm", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "x64"];

/** @typedef {{ version?: string, resolved?: string, dev?: boolean, optionalDependencies?: Record<string, string> }} Entry */

const lock = JSON.parse(readFileSync(file, "utf8"));
/** @type {Record<string, Entry>} */
const packages = lock.packages;
const faults = [...mendAddresses(), ...mendPlatforms()];

if (process.argv.includes("--check")) {
  if (faults.length > 0) {
    console.error(
      `package-lock.json à réparer / needs mending (node infra/local/mend-lock.mjs) :\n${faults.join("\n")}`,
    );
    process.exit(1);
  }
} else if (faults.length > 0) {
  lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, "en")));
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`package-lock.json : ${faults.length} entrées réparées / entries mended`);
}

/** @returns {string[]} */
function mendAddresses() {
  return Object.entries(packages)
    .filter(([, entry]) => entry.resolved?.startsWith("http"))
    .map(([path, entry]) => {
      delete entry.resolved;
      return `${path} : adresse de registre / registry address`;
    });
}

/** @returns {string[]} */
function mendPlatforms() {
  const added = [];
  for (const [parent, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (resolves(parent, name)) continue;
      if (!/^\d+\.\d+\.\d+/.test(version))
        throw new Error(`${name}@${version} : version exacte attendue / exact version expected`);
      packages[`node_modules/${name}`] = platformEntry(name, version, entry.dev);
      added.push(`${name}@${version} manque / is missing`);
    }
  }
  return added;
}

/**
 * Whether a package would find `name` in its own node_modules or one above.
 * @param {string} parent
 * @param {string} name
 */
function resolves(parent, name) {
  for (let place = parent; ; place = place.slice(0, Math.max(0, place.lastIndexOf("/node_modules/")))) {
    if (packages[`${place ? `${place}/` : ""}node_modules/${name}`]) return true;
    if (place === "") return false;
  }
}

/**
 * @param {string} name
 * @param {string} version
 * @param {boolean | undefined} dev
 */
function platformEntry(name, version, dev) {
  const words = name.split("/").at(-1)?.split("-") ?? [];
  const os = systems.find((system) => words.includes(system));
  const cpu = processors.find((processor) => words.includes(processor));
  if (!os || !cpu) throw new Error(`${name} : système inconnu / unknown system`);
  const libc = words.some((word) => word.startsWith("musl"))
    ? "musl"
    : words.some((word) => word.startsWith("gnu"))
      ? "glibc"
      : undefined;
  return { version, cpu: [cpu], ...(dev && { dev }), ...(libc && { libc: [libc] }), optional: true, os: [os] };
}
