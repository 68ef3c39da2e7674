import type { NoteContent } from "#server/note/schema.ts";

/**
 * What could not be sent yet, kept in this browser: encrypted (AES-GCM) under a key that only the server can say, to the person who wrote it,
 * signed in. The browser stores what it encrypted and a salt; without the server neither opens anything, and a sign-out forgets both.
 */

/** What is kept of one note, or of one letter. */
export interface LocalDraft<Content = NoteContent> {
  readonly content: Content;
  /** The revision that it was written on top of. */
  readonly revision: number;
  /** `Date.now()` */
  readonly at: number;
}

interface Kept {
  /** `<user id> <note id>` */
  readonly id: string;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly sealed: ArrayBuffer;
}

const name = "chevet-notes";

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("draft", { keyPath: "id" });
      request.result.createObjectStore("salt", { keyPath: "id" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** One transaction that is on the disk when it ends: a killed browser loses nothing that was told kept. */
async function within<T>(
  store: "draft" | "salt",
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(store, mode, { durability: "strict" });
      const request = work(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

export interface LocalStore<Content = NoteContent> {
  keep(noteId: string, draft: LocalDraft<Content>): Promise<void>;
  read(noteId: string): Promise<LocalDraft<Content> | null>;
  drop(noteId: string): Promise<void>;
}

/**
 * @param askKey the key for a salt, from the server (base64url); asked once per window
 */
export async function openLocalStore<Content = NoteContent>(
  userId: string,
  askKey: (salt: string) => Promise<string>,
): Promise<LocalStore<Content>> {
  const key = await crypto.subtle.importKey("raw", fromText(await askKey(await saltOf(userId))), "AES-GCM", false, [
    "encrypt",
    "decrypt",
  ]);
  const idOf = (noteId: string) => `${userId} ${noteId}`;
  // The note's own id is bound to what is kept: moved under another, it does not open.
  const about = (noteId: string) => new TextEncoder().encode(idOf(noteId));
  return {
    async keep(noteId, draft) {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const plain = new TextEncoder().encode(JSON.stringify(draft));
      const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: about(noteId) }, key, plain);
      await within("draft", "readwrite", (store) => store.put({ id: idOf(noteId), iv, sealed } satisfies Kept));
    },
    async read(noteId) {
      const kept = (await within("draft", "readonly", (store) => store.get(idOf(noteId)))) as Kept | undefined;
      if (!kept) return null;
      const how = { name: "AES-GCM", iv: kept.iv, additionalData: about(noteId) };
      const plain = await crypto.subtle.decrypt(how, key, kept.sealed).catch(() => null);
      return plain && (JSON.parse(new TextDecoder().decode(plain)) as LocalDraft<Content>);
    },
    async drop(noteId) {
      await within("draft", "readwrite", (store) => store.delete(idOf(noteId)));
    },
  };
}

/** How many notes of this person have words that only this browser holds. */
export async function countKept(userId: string): Promise<number> {
  if (typeof indexedDB === "undefined") return 0;
  return within("draft", "readonly", (store) => store.count(ofPerson(userId))).catch(() => 0);
}

/** What a sign-out does: neither what was kept nor the salt of its key stays. Others who use this browser keep theirs. */
export async function forgetKept(userId: string): Promise<void> {
  if (typeof indexedDB === "undefined") return;
  await within("draft", "readwrite", (store) => store.delete(ofPerson(userId))).catch(() => undefined);
  await within("salt", "readwrite", (store) => store.delete(userId)).catch(() => undefined);
}

const ofPerson = (userId: string) => IDBKeyRange.bound(`${userId} `, `${userId} \uffff`);

async function saltOf(userId: string): Promise<string> {
  const known = (await within("salt", "readonly", (store) => store.get(userId))) as { salt: string } | undefined;
  if (known) return known.salt;
  const salt = toText(crypto.getRandomValues(new Uint8Array(32)));
  await within("salt", "readwrite", (store) => store.put({ id: userId, salt }));
  // Another window may have made one at the same moment: the one that stays is everybody's.
  return ((await within("salt", "readonly", (store) => store.get(userId))) as { salt: string }).salt;
}

function toText(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

function fromText(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
}
