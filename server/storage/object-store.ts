import { randomBytes } from "node:crypto";
import type { Readable } from "node:stream";

/**
 * Where encrypted files lie. Two backends: a directory (`directory-object-store.ts`) and S3 (`s3-object-store.ts`).
 * A store sees only ciphertext and object keys; it knows no names, types or owners.
 */
export interface ObjectStore {
  /** Writes a new object, whole or not at all: a reader never sees a part of it, and a failed flow leaves none. */
  put(objectKey: string, content: Readable): Promise<void>;
  /**
   * The whole object, or the bytes of it from `start` to `end`, both included.
   * @throws StorageError ObjectMissing
   */
  get(objectKey: string, range?: ByteRange): Promise<Readable>;
  /** Quiet when there is none. */
  delete(objectKey: string): Promise<void>;
  /** A clinic's objects, for the sweep of orphans. There is no other listing, and none that a person can reach. */
  list(clinicId: string): AsyncIterable<StoredObject>;
}

/** Both ends included, as HTTP and S3 count. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

export interface StoredObject {
  objectKey: string;
  writtenAt: Date;
}

/** The store does not hold what a row says it does: an incident for an operator. */
export class StorageError extends Error {
  readonly code = "ObjectMissing";

  constructor() {
    super("A stored file's object is missing from the file store.");
    this.name = "StorageError";
  }
}

const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
const OBJECT_KEY = new RegExp(`^${UUID}/[0-9a-f]{48}$`);
const CLINIC_ID = new RegExp(`^${UUID}$`);

/**
 * A new object key: the clinic, so that a clinic's files can be found and removed together, and 192 random bits, so that
 * nothing about one file leads to another. Nothing that a person typed is ever part of it.
 */
export function newObjectKey(clinicId: string): string {
  return checkObjectKey(`${clinicId}/${randomBytes(24).toString("hex")}`);
}

/** Every backend passes keys through here first: no other shape can become a path. */
export function checkObjectKey(objectKey: string): string {
  if (OBJECT_KEY.test(objectKey)) return objectKey;
  throw new TypeError("Not an object key.");
}

export function checkClinicId(clinicId: string): string {
  if (CLINIC_ID.test(clinicId)) return clinicId;
  throw new TypeError("Not a clinic id.");
}

/** A key read back from a store's listing, with whatever else lies there (temporary files) left out. */
export function isObjectKey(objectKey: string): boolean {
  return OBJECT_KEY.test(objectKey);
}
