import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { readSignature } from "#server/practitioner/read-signature.ts";
import { setSignature } from "#server/practitioner/set-signature.ts";
import { getFile } from "#server/storage/get-file.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, type TestMember } from "#tests/factories/clinic.ts";

const picture = (width = 120) =>
  sharp({ create: { width, height: 40, channels: 4, background: { r: 30, g: 58, b: 76, alpha: 0.5 } } })
    .withMetadata({ exif: { IFD0: { Copyright: "Rue Saint-Joseph" } } })
    .png()
    .toBuffer();

/** A clinic with a practitioner who is one of its members, and a colleague who is nobody to them. */
async function scene() {
  const clinic = await makeClinic();
  const [self, colleague] = [await makeMember(clinic, "professional"), await makeMember(clinic, "professional")];
  const id = newId();
  await callerOf(clinic.owner, clinic).practitioner.add({
    id,
    prefix: "Dre",
    familyName: "Côté",
    givenName: "Éloïse",
    profession: "physician",
    permitNumber: "12345",
    signatureLine: "",
    membershipId: self.membershipId,
  });
  return { clinic, self, colleague, id };
}

const show = ({ ctx }: TestMember, fileId: string) => withStaff(ctx, (db) => readSignature(db, ctx, fileId));

describe("a practitioner's signature", () => {
  it("is made by the practitioner themself: encoded anew, sealed, and named with its version", async () => {
    const { clinic, self, id } = await scene();
    const { signatureFileId, version } = await setSignature(self.ctx, { id, version: 1 }, await picture());
    expect(version).toBe(2);
    expect(await callerOf(self, clinic).practitioner.mine()).toMatchObject({ id, signatureFileId, version: 2 });
    const row = await withStaff(self.ctx, (db) =>
      db.storedFile.findFirstOrThrow({ where: { clinicId: clinic.id, id: signatureFileId ?? "" } }),
    );
    expect(row).toMatchObject({ purpose: "practitioner-signature", authorId: self.userId });
    const parts: Buffer[] = [];
    for await (const part of await getFile(self.ctx, row)) parts.push(part as Buffer);
    const kept = await sharp(Buffer.concat(parts)).metadata();
    expect([kept.width, kept.hasAlpha, kept.exif]).toEqual([120, true, undefined]);
  });

  it("is seen and changed by them and the administration alone, and each look is in the journal", async () => {
    const { clinic, self, colleague, id } = await scene();
    await expect(setSignature(colleague.ctx, { id, version: 1 }, await picture())).rejects.toMatchObject({
      code: "Forbidden",
    });
    expect(await withStaff(self.ctx, (db) => db.storedFile.count())).toBe(0);
    const { signatureFileId } = await setSignature(clinic.owner.ctx, { id, version: 1 }, await picture());
    await expect(show(colleague, signatureFileId ?? "")).rejects.toMatchObject({ code: "Forbidden" });
    for (const member of [self, clinic.owner, self]) await show(member, signatureFileId ?? "");
    const looks = await withStaff(clinic.owner.ctx, (db) =>
      db.auditEvent.findMany({ where: { event: "practitioner.signature-read" }, select: { agentId: true } }),
    );
    // The same picture on the same screen again is one look.
    expect(looks.map(({ agentId }) => agentId).sort()).toEqual([self.userId, clinic.owner.userId].sort());
    expect(await refusal(callerOf(colleague, clinic).practitioner.removeSignature({ id, version: 2 }))).toMatchObject({
      code: "Forbidden",
    });
  });

  it("replaced or removed, is shown to nobody any more and stays on record", async () => {
    const { clinic, self, id } = await scene();
    const first = await setSignature(self.ctx, { id, version: 1 }, await picture());
    const second = await setSignature(self.ctx, { id, version: 2 }, await picture(90));
    await expect(show(self, first.signatureFileId ?? "")).rejects.toMatchObject({ code: "NotFound" });
    await callerOf(self, clinic).practitioner.removeSignature({ id, version: 3 });
    await expect(show(self, second.signatureFileId ?? "")).rejects.toMatchObject({ code: "NotFound" });
    expect(await withStaff(self.ctx, (db) => db.storedFile.count())).toBe(2);
  });

  it("does not pass to whoever takes the practitioner's place", async () => {
    const { clinic, self, colleague, id } = await scene();
    const { signatureFileId } = await setSignature(self.ctx, { id, version: 1 }, await picture());
    const change = (membershipId: string | null, version: number) =>
      callerOf(clinic.owner, clinic).practitioner.change({
        id,
        version,
        active: true,
        prefix: "Dre",
        familyName: "Côté",
        givenName: "Éloïse",
        profession: "physician",
        permitNumber: "12345",
        signatureLine: "",
        membershipId,
      });
    await change(self.membershipId, 2);
    expect(await callerOf(self, clinic).practitioner.mine()).toMatchObject({ signatureFileId });
    await change(colleague.membershipId, 3);
    expect(await callerOf(colleague, clinic).practitioner.mine()).toMatchObject({ id, signatureFileId: null });
  });

  it("is kept from a second tab, which is told, and refuses what is no picture", async () => {
    const { self, id } = await scene();
    await setSignature(self.ctx, { id, version: 1 }, await picture());
    await expect(setSignature(self.ctx, { id, version: 1 }, await picture())).rejects.toMatchObject({
      code: "Conflict",
      key: "stale",
      details: { current: { version: 2 } },
    });
    await expect(setSignature(self.ctx, { id, version: 2 }, Buffer.from("<svg/>"))).rejects.toMatchObject({
      fields: { file: "file.type" },
    });
    await expect(setSignature(self.ctx, { id: newId(), version: 1 }, await picture())).rejects.toMatchObject({
      code: "NotFound",
    });
  });
});
