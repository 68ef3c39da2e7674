import type { KeyObject } from "node:crypto";
import { stat } from "node:fs/promises";
import { CryptoError } from "./crypto-error.ts";
import { readKekFile, toKeyObject } from "./kek-file.ts";

export interface Kek {
  version: string;
  key: KeyObject;
}

/** The key-encryption keys of this installation, followed as their file changes: a rotation needs no restart. */
export interface KekRing {
  /** The version that wraps new keys. Always as the file says now. */
  current(): Promise<Kek>;
  /** A version that wrapped an existing key. */
  version(version: string): Promise<KeyObject>;
  /** Every version in the file, oldest first. */
  versions(): Promise<string[]>;
}

interface Loaded {
  fingerprint: string;
  current: string;
  keys: Map<string, KeyObject>;
}

/** Follows `path` (CHEVET_KEK_FILE). Nothing is read before the first use. */
export function openKekRing(path: string): KekRing {
  let loaded: Loaded | null = null;

  async function refresh(): Promise<Loaded> {
    const fingerprint = await fingerprintOf(path);
    if (loaded?.fingerprint === fingerprint) return loaded;
    const file = await readKekFile(path);
    const keys = new Map(Object.entries(file.keys).map(([version, key]) => [version, toKeyObject(key)]));
    loaded = { fingerprint, current: file.current, keys };
    return loaded;
  }

  return {
    async current() {
      const { current, keys } = await refresh();
      return { version: current, key: keys.get(current) as KeyObject };
    },
    async version(version) {
      const before = loaded;
      // A slip while the file is edited by hand must not close every clinic: what was good a moment ago still opens keys.
      const now = await refresh().catch((error) => {
        if (before?.keys.has(version)) return before;
        throw error;
      });
      const key = now.keys.get(version);
      if (key) return key;
      throw new CryptoError(
        "KekUnavailable",
        `CHEVET_KEK_FILE: version ${version} wrapped a key but is not in the file.`,
      );
    },
    async versions() {
      const { keys } = await refresh();
      return [...keys.keys()].sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)));
    },
  };
}

async function fingerprintOf(path: string): Promise<string> {
  const info = await stat(path).catch(() => null);
  return info ? `${info.ino}:${info.mtimeMs}:${info.size}:${info.mode}` : "absent";
}
