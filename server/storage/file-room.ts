import { join } from "node:path";
import { processVault, type Vault } from "#server/crypto/vault.ts";
import { env, needEnv } from "#server/env.ts";
import { openDirectoryObjectStore } from "./directory-object-store.ts";
import type { ObjectStore } from "./object-store.ts";
import { openS3Client, s3Settings } from "./s3-client.ts";
import { openS3ObjectStore } from "./s3-object-store.ts";

/** A file store and the keys of what lies in it. */
export interface FileRoom {
  readonly objects: ObjectStore;
  readonly vault: Vault;
}

/** Whose files: any context that has a clinic will do. */
export interface FileScope {
  readonly clinic: { readonly id: string };
}

let room: FileRoom | undefined;

/** The file room that S3_* or CHEVET_DATA_DIR describe. The process has one; tests and tools build their own. */
export function processFileRoom(): FileRoom {
  room ??= { objects: openObjectStore(), vault: processVault() };
  return room;
}

function openObjectStore(): ObjectStore {
  if (env().S3_ENDPOINT) return openS3ObjectStore(openS3Client(s3Settings()), needEnv("S3_BUCKET"));
  return openDirectoryObjectStore(join(env().CHEVET_DATA_DIR, "files"));
}
