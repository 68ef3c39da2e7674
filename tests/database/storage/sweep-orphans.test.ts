import { mkdtemp, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createClinicKey } from "#server/crypto/create-clinic-key.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import { processVault } from "#server/crypto/vault.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { openDirectoryObjectStore } from "#server/storage/directory-object-store.ts";
import { getFile } from "#server/storage/get-file.ts";
import { putFile } from "#server/storage/put-file.ts";
import { sweepOrphans } from "#server/storage/sweep-orphans.ts";
import { makeClinic, type TestClinic } from "#tests/factories/clinic.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

async function makeRoom() {
  const root = await mkdtemp(join(tmpdir(), "chevet-files-"));
  return { root, room: { objects: openDirectoryObjectStore(root), vault: processVault() } };
}

async function withKey(clinic: TestClinic): Promise<TestClinic> {
  await openClinicKey(clinic.id).catch(() => createClinicKey(clinic.id));
  return clinic;
}

test("only what no row of its clinic has named for thirty days is deleted", async () => {
  const { root, room } = await makeRoom();
  const [clinic, other] = [await withKey(await makeClinic()), await withKey(await makeClinic())];
  const put = async ({ owner }: TestClinic, ageDays: number) => {
    const file = await putFile(owner.ctx, { id: newId(), content: Buffer.from("logo"), maxBytes: 100 }, room);
    const then = new Date(Date.now() - ageDays * DAY_MS);
    await utimes(join(root, file.objectKey), then, then);
    return file;
  };
  const [named, lost, recent, theirs] = [
    await put(clinic, 90),
    await put(clinic, 90),
    await put(clinic, 20),
    await put(other, 90),
  ];
  const row = ({ id, objectKey, sizeBytes, sha256 }: typeof named, { id: clinicId, owner }: TestClinic) =>
    withStaff(owner.ctx, (db) =>
      db.storedFile.createMany({
        data: {
          clinicId,
          id,
          objectKey,
          sizeBytes,
          sha256,
          purpose: "clinic-logo",
          mediaType: "image/png",
          authorId: owner.userId,
        },
      }),
    );
  await row(named, clinic);
  await row(theirs, other);

  expect(await sweepOrphans({ requestId: newId(), job: "sweep-storage", clinicId: null }, room)).toBe(1);
  await expect(getFile(clinic.owner.ctx, lost, room)).rejects.toMatchObject({ code: "ObjectMissing" });
  for (const file of [named, recent]) (await getFile(clinic.owner.ctx, file, room)).destroy();
  (await getFile(other.owner.ctx, theirs, room)).destroy();
});
