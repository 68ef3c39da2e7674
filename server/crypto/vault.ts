import { env, needEnv } from "#server/env.ts";
import { openS3Client, s3Settings } from "#server/storage/s3-client.ts";
import type { ClinicKey } from "./clinic-key.ts";
import { openDirectoryKeyStore } from "./directory-key-store.ts";
import { type KekRing, openKekRing } from "./kek-ring.ts";
import type { KeyStore } from "./key-store.ts";
import { openS3KeyStore } from "./s3-key-store.ts";

/** Key-encryption keys, wrapped data keys, and the few opened ones that are kept for a moment. */
export interface Vault {
  readonly ring: KekRing;
  readonly store: KeyStore;
  readonly opened: Map<string, OpenedKey>;
}

export interface OpenedKey {
  key: Promise<ClinicKey>;
  /** Milliseconds of the monotonic clock. */
  expiresAt: number;
}

/** A vault over a ring and a store. The process has one, `processVault()`; tests and tools open their own. */
export function openVault(ring: KekRing, store: KeyStore): Vault {
  return { ring, store, opened: new Map() };
}

let vault: Vault | undefined;

/** The vault that CHEVET_KEK_FILE and CHEVET_KEYSTORE_BUCKET (with S3_*) or CHEVET_KEYSTORE_DIR describe. */
export function processVault(): Vault {
  vault ??= openVault(openKekRing(needEnv("CHEVET_KEK_FILE")), openKeyStore());
  return vault;
}

function openKeyStore(): KeyStore {
  const bucket = env().CHEVET_KEYSTORE_BUCKET;
  if (bucket) return openS3KeyStore(openS3Client(s3Settings()), bucket);
  return openDirectoryKeyStore(needEnv("CHEVET_KEYSTORE_DIR"));
}
