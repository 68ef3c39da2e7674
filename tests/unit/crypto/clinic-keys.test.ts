import { randomUUID } from "node:crypto";
import { chmod, readdir, readFile, writeFile } from "node:fs/promises";
import { afterEach, describe, expect, test } from "vitest";
import { createClinicKey } from "#server/crypto/create-clinic-key.ts";
import { destroyClinicKey } from "#server/crypto/destroy-clinic-key.ts";
import { openDirectoryKeyStore } from "#server/crypto/directory-key-store.ts";
import { openKekRing } from "#server/crypto/kek-ring.ts";
import { keyStatus } from "#server/crypto/key-status.ts";
import type { KeyStore } from "#server/crypto/key-store.ts";
import { openClinicKey, openPlatformKey } from "#server/crypto/open-clinic-key.ts";
import { rewrapKeys } from "#server/crypto/rewrap-keys.ts";
import { addKek, makeKekCurrent, retireKek } from "#server/crypto/rotate-kek.ts";
import { openS3KeyStore } from "#server/crypto/s3-key-store.ts";
import { openVault, type Vault } from "#server/crypto/vault.ts";
import { openS3Client } from "#server/storage/s3-client.ts";
import { makeClinicKey, makeVault } from "#tests/factories/vault.ts";
import { type S3TestOptions, type S3TestServer, startS3Server } from "#tests/servers/s3-server.ts";
import { openSealed } from "./open-sealed.ts";

let server: S3TestServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function makeS3Store(options: S3TestOptions = {}): Promise<KeyStore> {
  server = await startS3Server(options);
  return openS3KeyStore(openS3Client(server.settings), "keys");
}

/** A vault over each real backend, and the same vault as another process would open it. */
async function makeVaultOn(backend: string): Promise<{ vault: Vault; reopen: () => Vault; kekFile: string }> {
  const local = await makeVault();
  if (backend === "directory") return local;
  const store = await makeS3Store({ versioned: backend === "s3, versioned", pageSize: 3 });
  const reopen = () => openVault(openKekRing(local.kekFile), store);
  return { vault: reopen(), reopen, kekFile: local.kekFile };
}

describe.each(["directory", "s3", "s3, versioned"])("clinic keys on %s", (backend) => {
  test("a key opens the same in every process, and twice is refused", async () => {
    const { vault, reopen } = await makeVaultOn(backend);
    const { clinicId, key } = await makeClinicKey(vault);
    const again = await openClinicKey(clinicId, reopen());
    expect(again.values.equals(key.values)).toBe(true);
    await expect(createClinicKey(clinicId, reopen())).rejects.toMatchObject({ code: "KeyExists" });
  });

  test("two clinics share nothing", async () => {
    const { vault } = await makeVaultOn(backend);
    const [a, b] = [await makeClinicKey(vault), await makeClinicKey(vault)];
    expect(a.key.values.equals(b.key.values)).toBe(false);
  });

  test("of many creators at once exactly one makes the platform key", async () => {
    const { reopen } = await makeVaultOn(backend);
    const vaults = Array.from({ length: 8 }, reopen);
    const keys = await Promise.all(vaults.map(openPlatformKey));
    expect(keys.every((key) => key.values.equals((keys[0] as typeof key).values))).toBe(true);
  });

  test("a destroyed key makes values and files unreadable, and cannot be made or re-wrapped back", async () => {
    const { vault, reopen, kekFile } = await makeVaultOn(backend);
    const { clinicId, key } = await makeClinicKey(vault);
    const sealed = await openSealed(key);
    expect(await sealed.read(await openClinicKey(clinicId, reopen()))).toEqual(["TREM12345678", "a scanned letter"]);

    await destroyClinicKey(clinicId, "order 12", vault);
    for (const process of [vault, reopen()]) {
      await expect(openClinicKey(clinicId, process)).rejects.toMatchObject({ code: "KeyDestroyed" });
      await expect(createClinicKey(clinicId, process)).rejects.toMatchObject({ code: "KeyDestroyed" });
    }
    await destroyClinicKey(clinicId, "order 12", vault);
    await makeKekCurrent(kekFile, await addKek(kekFile));
    expect(await rewrapKeys(vault)).toMatchObject({ rewrapped: 0, failed: [] });
    expect(await keyStatus(vault)).toMatchObject({ destroyed: 1, malformed: [] });
    const left = JSON.stringify([...(server?.objects ?? [])].filter(([path]) => path.endsWith(".key")));
    expect(left).not.toContain(clinicId);
  });

  test("rotation: clinics read before, during and after, and the old version can then be retired", async () => {
    const { vault, reopen, kekFile } = await makeVaultOn(backend);
    const clinics = [];
    for (let turn = 0; turn < 7; turn += 1) clinics.push(await makeClinicKey(vault));
    await expect(retireKek(kekFile, "v1", vault)).rejects.toMatchObject({ code: "KekInUse" });
    expect(await addKek(kekFile)).toBe("v2");
    await makeKekCurrent(kekFile, "v2");
    await expect(retireKek(kekFile, "v1", vault)).rejects.toMatchObject({ code: "KekInUse" });

    const rewrapping = Promise.all([rewrapKeys(vault), rewrapKeys(reopen())]);
    for (const { clinicId, key } of clinics) {
      expect((await openClinicKey(clinicId, reopen())).values.equals(key.values)).toBe(true);
    }
    for (const report of await rewrapping) expect(report).toMatchObject({ failed: [], erased: 0 });
    expect(await rewrapKeys(vault)).toEqual({ rewrapped: 0, current: 7, erased: 0, failed: [] });
    expect((await keyStatus(vault)).versions).toEqual([
      { version: "v1", keys: 0, inFile: true },
      { version: "v2", keys: 7, inFile: true },
    ]);
    await retireKek(kekFile, "v1", vault);
    for (const { clinicId, key } of clinics) {
      expect((await openClinicKey(clinicId, reopen())).values.equals(key.values)).toBe(true);
    }
  });

  test("a re-wrap that stops half-way, or meets one bad entry, leaves every other key readable and is resumed", async () => {
    const { vault, reopen, kekFile } = await makeVaultOn(backend);
    const clinics = [];
    for (let turn = 0; turn < 5; turn += 1) clinics.push(await makeClinicKey(vault));
    await makeKekCurrent(kekFile, await addKek(kekFile));
    let replaced = 0;
    const dying: KeyStore = {
      ...vault.store,
      async replace(name, content) {
        replaced += 1;
        if (replaced > 2) throw new Error("the machine stopped");
        await vault.store.replace(name, content);
      },
    };
    expect(await rewrapKeys(openVault(vault.ring, dying))).toMatchObject({ rewrapped: 2, failed: { length: 3 } });
    for (const { clinicId, key } of clinics) {
      expect((await openClinicKey(clinicId, reopen())).values.equals(key.values)).toBe(true);
    }
    expect(await rewrapKeys(vault)).toMatchObject({ rewrapped: 3, current: 2, failed: [] });
  });

  test("a destruction that passes in the middle of a re-wrap wins", async () => {
    const { vault, reopen, kekFile } = await makeVaultOn(backend);
    const { clinicId } = await makeClinicKey(vault);
    await makeKekCurrent(kekFile, await addKek(kekFile));
    const interrupted: KeyStore = {
      ...vault.store,
      async replace(name, content) {
        await destroyClinicKey(clinicId, "order 13", reopen());
        await vault.store.replace(name, content);
      },
    };
    expect(await rewrapKeys(openVault(vault.ring, interrupted))).toMatchObject({ rewrapped: 0, erased: 1 });
    expect(await vault.store.read(`${clinicId}.key`)).toBeNull();
  });

  test("an entry copied under another clinic's name, or altered, does not open", async () => {
    const { vault, reopen } = await makeVaultOn(backend);
    const [a, b] = [await makeClinicKey(vault), await makeClinicKey(vault)];
    const entry = (await vault.store.read(`${a.clinicId}.key`)) as Buffer;
    await vault.store.replace(`${b.clinicId}.key`, entry);
    await expect(openClinicKey(b.clinicId, reopen())).rejects.toMatchObject({ code: "Unauthentic" });
    const renamed = entry.toString().replace(a.clinicId, b.clinicId);
    await vault.store.replace(`${b.clinicId}.key`, Buffer.from(renamed));
    await expect(openClinicKey(b.clinicId, reopen())).rejects.toMatchObject({ code: "Unauthentic" });
  });
});

describe("the S3 key store", () => {
  test("refuses a store that ignores If-None-Match, and leaves nothing there", async () => {
    const store = await makeS3Store({ ignoresConditions: true });
    const { kekFile } = await makeVault();
    const vault = openVault(openKekRing(kekFile), store);
    await expect(createClinicKey(randomUUID(), vault)).rejects.toMatchObject({ code: "KeyStoreUnfit" });
    expect(server?.objects.size).toBe(0);
  });

  test("leaves no version behind where the bucket keeps versions", async () => {
    const store = await makeS3Store({ versioned: true });
    const { kekFile } = await makeVault();
    const vault = openVault(openKekRing(kekFile), store);
    const { clinicId } = await makeClinicKey(vault);
    await makeKekCurrent(kekFile, await addKek(kekFile));
    await rewrapKeys(vault);
    expect(server?.objects.get(`keys/chevet-keys/${clinicId}.key`)).toHaveLength(2);
    await destroyClinicKey(clinicId, "order 14", vault);
    expect(server?.objects.get(`keys/chevet-keys/${clinicId}.key`)).toBeUndefined();
  });
});

describe("the directory key store", () => {
  test("refuses a folder open to other accounts, and names that are not ids", async () => {
    const { keysDirectory, vault } = await makeVault();
    await chmod(keysDirectory, 0o755);
    await expect(openDirectoryKeyStore(keysDirectory).read("x")).rejects.toMatchObject({ code: "KeyStoreUnfit" });
    await chmod(keysDirectory, 0o700);
    for (const id of ["../kek", "", randomUUID().toUpperCase(), "a/b"]) {
      await expect(createClinicKey(id, vault)).rejects.toMatchObject({ code: "KeyMissing" });
    }
  });

  test("holds nothing readable, and no temporary files", async () => {
    const { keysDirectory, vault, kekFile } = await makeVault();
    const { clinicId } = await makeClinicKey(vault);
    await makeKekCurrent(kekFile, await addKek(kekFile));
    await rewrapKeys(vault);
    expect(await readdir(keysDirectory)).toEqual([`${clinicId}.key`]);
  });
});

describe("the key-encryption key file", () => {
  test("is refused when open to others, malformed or absent, in a sentence without any key in it", async () => {
    const { vault, kekFile } = await makeVault();
    const good = await readFile(kekFile, "utf8");
    const secret = (JSON.parse(good) as { keys: { v1: string } }).keys.v1;
    const complaints: string[] = [];
    async function complain(content: string, mode = 0o600): Promise<void> {
      await writeFile(kekFile, content);
      await chmod(kekFile, mode);
      const error: Error = await createClinicKey(randomUUID(), vault).then(
        () => expect.fail("accepted"),
        (caught) => caught,
      );
      expect(error).toMatchObject({ code: "KekUnavailable" });
      complaints.push(error.message);
    }
    await complain(good, 0o640);
    await complain(`${good.slice(0, -5)}`);
    await complain(good.replace(secret, secret.slice(4)));
    await complain(good.replace('"current": "v1"', '"current": "v2"'));
    expect(complaints[0]).toContain("chmod 600");
    expect(complaints.join()).not.toContain(secret.slice(4, 20));
    await writeFile(kekFile, good);
    await createClinicKey(randomUUID(), vault);
  });

  test("spoilt while the service runs, still opens what it opened before", async () => {
    const { vault, kekFile } = await makeVault();
    const { clinicId } = await makeClinicKey(vault);
    vault.opened.clear();
    await writeFile(kekFile, "{");
    await openClinicKey(clinicId, vault);
    await expect(createClinicKey(randomUUID(), vault)).rejects.toMatchObject({ code: "KekUnavailable" });
  });

  test("without the version that wrapped a key, says which", async () => {
    const { vault, kekFile, reopen } = await makeVault();
    const { clinicId } = await makeClinicKey(vault);
    await writeFile(kekFile, JSON.stringify({ current: "v2", keys: { v2: Buffer.alloc(32).toString("base64") } }));
    await expect(openClinicKey(clinicId, reopen())).rejects.toThrow(/version v1/);
  });
});

describe("the cache of opened keys", () => {
  test("is bounded, keyed by clinic, shares one opening, and remembers no failure", async () => {
    const { vault } = await makeVault();
    const { clinicId } = await makeClinicKey(vault);
    vault.opened.clear();
    const [a, b] = await Promise.all([openClinicKey(clinicId, vault), openClinicKey(clinicId, vault)]);
    expect(a).toBe(b);
    const unknown = randomUUID();
    await expect(openClinicKey(unknown, vault)).rejects.toMatchObject({ code: "KeyMissing" });
    await createClinicKey(unknown, vault);
    expect((await openClinicKey(unknown, vault)).id).toBe(unknown);
    await Promise.allSettled(Array.from({ length: 600 }, () => openClinicKey(randomUUID(), vault)));
    expect(vault.opened.size).toBeLessThanOrEqual(256);
  });

  test("lets go of a key that was destroyed elsewhere once its minute is over", async () => {
    const { vault, reopen } = await makeVault();
    const { clinicId } = await makeClinicKey(vault);
    await destroyClinicKey(clinicId, "order 15", reopen());
    const entry = vault.opened.get(clinicId);
    if (entry) entry.expiresAt = 0;
    await expect(openClinicKey(clinicId, vault)).rejects.toMatchObject({ code: "KeyDestroyed" });
  });
});
