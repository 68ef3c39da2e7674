import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The keys and secrets of a local instance: made once at random, kept in the data folder for its owner only.
 * Returns the environment variables that name or hold them.
 */
export function localKeys(dataDir: string): Record<string, string> {
  const folder = (name: string) => {
    const path = join(dataDir, name);
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return path;
  };
  const secrets = keptJson(join(folder("secrets"), "realms.json"), () => ({
    CHEVET_SECRET_STAFF: randomSecret(),
    CHEVET_SECRET_PATIENT: randomSecret(),
    CHEVET_SECRET_HOST: randomSecret(),
  }));
  const kek = { current: "v1", keys: { v1: randomBytes(32).toString("base64") } };
  const pem = () => generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  return {
    ...secrets,
    CHEVET_KEK_FILE: keptFile(join(dataDir, "secrets", "kek.json"), () => `${JSON.stringify(kek, null, 2)}\n`),
    CHEVET_AUDIT_KEY_FILE: keptFile(join(dataDir, "secrets", "audit.pem"), pem),
    CHEVET_KEYSTORE_DIR: folder("keys"),
    CHEVET_AUDIT_HEADS_DIR: folder("audit-heads"),
  };
}

/** A random secret of 256 bits. */
export function randomSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** The JSON kept in `path`, made and written for its owner only when it is missing. */
export function keptJson<T>(path: string, make: () => T): T {
  return JSON.parse(
    readFileSync(
      keptFile(path, () => `${JSON.stringify(make(), null, 2)}\n`),
      "utf8",
    ),
  );
}

function keptFile(path: string, make: () => string): string {
  if (!existsSync(path)) writeFileSync(path, make(), { mode: 0o600 });
  return path;
}
