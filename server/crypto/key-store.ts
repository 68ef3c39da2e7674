import { CryptoError } from "./crypto-error.ts";

/**
 * Where wrapped data keys live: small named entries, in a place that database backups do not hold, so that destroying a
 * key reaches every copy of the data. Two backends: a directory (`directory-key-store.ts`) and an S3 prefix (`s3-key-store.ts`).
 */
export interface KeyStore {
  /** Where this is, for an operator's eyes. */
  readonly place: string;
  read(name: string): Promise<Buffer | null>;
  /** Atomic: false, and nothing written, when the entry exists. */
  create(name: string, content: Uint8Array): Promise<boolean>;
  /** Atomic: readers see the old entry or the new one. */
  replace(name: string, content: Uint8Array): Promise<void>;
  /** Removes the entry and every older version that the place may have kept. Quiet when there is none. */
  erase(name: string): Promise<void>;
  /** Every entry's name, in no promised order. */
  list(): AsyncIterable<string>;
}

const ID = /^(?:platform|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

/** The entry that holds the wrapped key of `id`. */
export function keyEntry(id: string): string {
  return `${checkId(id)}.key`;
}

/** The entry that says that the key of `id` was destroyed: it outlives the key, so that nothing can bring it back. */
export function destroyedEntry(id: string): string {
  return `${checkId(id)}.destroyed`;
}

/** The id of a `.key` entry; null for any other name. */
export function idOfKeyEntry(name: string): string | null {
  return name.endsWith(".key") && ID.test(name.slice(0, -4)) ? name.slice(0, -4) : null;
}

/** The id of a `.destroyed` entry; null for any other name. */
export function idOfDestroyedEntry(name: string): string | null {
  return name.endsWith(".destroyed") && ID.test(name.slice(0, -10)) ? name.slice(0, -10) : null;
}

// Names become file names and object keys: nothing but an id may reach them.
function checkId(id: string): string {
  if (ID.test(id)) return id;
  throw new CryptoError("KeyMissing", "A key id is a lower-case UUID, or the platform's.");
}
