import { randomUUID } from "node:crypto";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDirectoryObjectStore } from "#server/storage/directory-object-store.ts";
import type { FileRoom, FileScope } from "#server/storage/file-room.ts";
import type { ObjectStore } from "#server/storage/object-store.ts";
import { makeClinicKey, makeVault } from "./vault.ts";

export interface TestFileRoom {
  room: FileRoom;
  scope: FileScope;
  /** Another clinic of the same room, with its own key. */
  otherScope: FileScope;
  root: string;
}

/** A file room with two clinics: on a fresh folder, or over the store given. */
export async function makeFileRoom(objects?: ObjectStore): Promise<TestFileRoom> {
  const root = await mkdtemp(join(tmpdir(), "chevet-files-"));
  const { vault } = await makeVault();
  const [one, two] = [await makeClinicKey(vault), await makeClinicKey(vault)];
  return {
    room: { vault, objects: objects ?? openDirectoryObjectStore(root) },
    scope: { clinic: { id: one.clinicId } },
    otherScope: { clinic: { id: two.clinicId } },
    root,
  };
}

/** A file to put, of random or given content. */
export function newFile(content: Uint8Array, maxBytes = 50 * 1024 * 1024) {
  return { id: randomUUID(), content, maxBytes };
}
