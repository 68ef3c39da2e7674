import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { setLogo } from "#server/clinic/set-logo.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { getFile } from "#server/storage/get-file.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeClinic, makeMember } from "#tests/factories/clinic.ts";
import { publishPage } from "#tests/factories/public-page.ts";
import { makeSchedule } from "#tests/factories/schedule.ts";

const changes = {
  name: "Clinique du Vieux-Limoilou",
  neutralName: "",
  defaultLocale: "fr" as const,
  phone: "418 555-0142",
  email: "",
  privacyOfficerName: "Geneviève Pelletier",
  privacyOfficerTitle: "Directrice générale",
  privacyOfficerEmail: "vieprivee@cmvl.example",
  privacyOfficerPhone: "",
};

describe("the clinic's card", () => {
  it("changes with its name in the host's list, and keeps the version before (promise 6)", async () => {
    const clinic = await makeClinic("Ancien nom");
    const caller = callerOf(clinic.owner, clinic);
    const { card } = await caller.clinic.read();
    await caller.clinic.change({ ...changes, version: card.version });
    expect((await caller.clinic.read()).card).toMatchObject({
      name: changes.name,
      phone: "418\u00a0555-0142",
      version: card.version + 1,
    });
    expect((await caller.membership.me()).clinic.name).toBe(changes.name);
    const before = await withStaff(clinic.owner.ctx, (db) =>
      db.recordVersion.findFirstOrThrow({ where: { entity: "clinic" } }),
    );
    expect(before.content).toMatchObject({ name: "Ancien nom" });
  });

  it("is not overwritten by a second tab", async () => {
    const clinic = await makeClinic();
    const caller = callerOf(clinic.owner, clinic);
    const { version } = (await caller.clinic.read()).card;
    await caller.clinic.change({ ...changes, version });
    const told = await refusal(caller.clinic.change({ ...changes, name: "Autre", version }));
    expect(told).toMatchObject({ code: "Conflict", key: "stale", details: { current: { name: changes.name } } });
  });
});

describe("the rules of entry", () => {
  it("ask for a second factor only by someone who has one, and act on everybody's next call", async () => {
    const clinic = await makeClinic();
    const caller = callerOf(clinic.owner, clinic);
    const colleague = callerOf(await makeMember(clinic, "assistant"), clinic);
    const { security } = await caller.clinic.read();
    await caller.clinic.changeSecurity({ version: security.version, requireSecondFactor: true, idleMinutes: 10 });
    expect((await colleague.membership.me()).clinic).toMatchObject({ requireSecondFactor: true, idleMinutes: 10 });
    expect(
      await refusal(
        caller.clinic.changeSecurity({ version: security.version, requireSecondFactor: false, idleMinutes: 10 }),
      ),
    ).toMatchObject({ key: "stale" });
  });
});

describe("the logo", () => {
  const picture = () =>
    sharp({ create: { width: 64, height: 32, channels: 3, background: "#1f6f5c" } })
      .png()
      .toBuffer();

  it("is encoded anew, sealed, and shown; removed, it leaves its row", async () => {
    const clinic = await makeClinic();
    const caller = callerOf(clinic.owner, clinic);
    const { fileId } = await setLogo(clinic.owner.ctx, await picture());
    expect((await caller.clinic.read()).card.logoFileId).toBe(fileId);
    const row = await withStaff(clinic.owner.ctx, (db) =>
      db.storedFile.findFirstOrThrow({ where: { clinicId: clinic.id, id: fileId } }),
    );
    const parts: Buffer[] = [];
    for await (const part of await getFile(clinic.owner.ctx, row)) parts.push(part as Buffer);
    expect((await sharp(Buffer.concat(parts)).metadata()).width).toBe(64);
    await caller.clinic.removeLogo();
    await caller.clinic.removeLogo();
    expect((await caller.clinic.read()).card.logoFileId).toBeNull();
    expect(await withStaff(clinic.owner.ctx, (db) => db.storedFile.count())).toBe(1);
  });

  it("refuses what is no picture, and keeps nothing of it", async () => {
    const clinic = await makeClinic();
    await expect(setLogo(clinic.owner.ctx, Buffer.from("<svg onload='alert(1)'/>"))).rejects.toMatchObject({
      fields: { file: "file.type" },
    });
    expect(await withStaff(clinic.owner.ctx, (db) => db.storedFile.count())).toBe(0);
  });
});

describe("the first days", () => {
  it("are read from what is there, and leave out what was dismissed or is not this person's to do", async () => {
    const clinic = await makeClinic();
    const caller = callerOf(clinic.owner, clinic);
    const steps = async () =>
      Object.fromEntries((await caller.clinic.onboarding()).map(({ step, done }) => [step, done]));
    expect(await steps()).toMatchObject({ colleague: false, practitioner: false, journal: false, secondFactor: true });
    await makeMember(clinic, "assistant");
    await caller.audit.listOwn({});
    await caller.clinic.dismissStep({ step: "logo" });
    await caller.clinic.dismissStep({ step: "logo" });
    expect(await steps()).toMatchObject({ services: false, hours: false });
    await makeSchedule(clinic);
    expect(await steps()).toMatchObject({ services: true, hours: true, page: false });
    await publishPage(clinic);
    expect(await steps()).toMatchObject({ page: true });
    expect(await steps()).toMatchObject({ colleague: true, journal: true });
    expect(await steps()).not.toHaveProperty("logo");
    const assistant = callerOf(await makeMember(clinic, "assistant"), clinic);
    expect((await assistant.clinic.onboarding()).map(({ step }) => step)).toEqual([
      "secondFactor",
      "passkey",
      "journal",
    ]);
  });
});
