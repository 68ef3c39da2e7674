import { beforeAll, describe, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import type { ClinicContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { addPractitioner } from "#server/practitioner/add-practitioner.ts";
import { changePractitioner } from "#server/practitioner/change-practitioner.ts";
import { makeClinic, makeMember, signIn, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";

/** Who reads what was written of care: the database decides, whatever a verb asks for. */
describe("AC-28: the chart is for whoever gives care", () => {
  let clinic: TestClinic;
  let doctor: TestMember;
  let desk: TestMember;
  let patientId: string;

  beforeAll(async () => {
    clinic = await makeClinic();
    [doctor, desk] = [await makeMember(clinic, "professional"), await makeMember(clinic, "assistant")];
    ({ id: patientId } = await makePatient(clinic.owner.ctx));
  });

  const keep = async (category: string, audience = "") => {
    const entityId = newId();
    await withStaff(doctor.ctx, (db) =>
      db.recordVersion.createMany({
        data: {
          clinicId: clinic.id,
          entity: "note",
          entityId,
          version: 1,
          patientId,
          authorId: doctor.userId,
          category,
          audience,
          content: {},
        },
      }),
    );
    return entityId;
  };
  const sees = (ctx: ClinicContext, entityId: string) =>
    withStaff(ctx, async (db) => (await db.recordVersion.count({ where: { clinicId: clinic.id, entityId } })) === 1);
  const again = (member: TestMember) => signIn(member.userId, member.email, clinic.slug);
  const card = (membershipId: string, profession: "physician" | "psychologist") => ({
    id: newId(),
    membershipId,
    prefix: "",
    familyName: "Gagnon",
    givenName: "Ève",
    profession,
    permitNumber: "",
    signatureLine: "",
  });

  it("the front desk reads the agenda's versions and none of care", async () => {
    const [note, visit] = [await keep("note"), await keep("appointment")];
    expect(await sees(doctor.ctx, note)).toBe(true);
    expect(await sees(desk.ctx, note)).toBe(false);
    expect(await sees(desk.ctx, visit)).toBe(true);
    expect(desk.ctx.membership.permissions.has("chart:read")).toBe(false);
  });

  it("an owner reads it from the day they have a practitioner's card, and no longer", async () => {
    const note = await keep("note");
    expect(await sees(clinic.owner.ctx, note)).toBe(false);
    const mine = card(clinic.owner.membershipId, "physician");
    await addPractitioner(clinic.owner.ctx, mine);
    const seeing = await again(clinic.owner);
    expect(seeing.ctx.membership.permissions.has("chart:read")).toBe(true);
    expect(await sees(seeing.ctx, note)).toBe(true);
    await changePractitioner(clinic.owner.ctx, { ...mine, version: 1, active: false });
    expect(await sees(seeing.ctx, note)).toBe(false);
    expect((await again(clinic.owner)).ctx.membership.permissions.has("chart:read")).toBe(false);
  });

  it("what is private is for its author, for whom it names, and through a broken glass", async () => {
    const [colleague, psychologist] = [
      await makeMember(clinic, "professional"),
      await makeMember(clinic, "professional"),
    ];
    await addPractitioner(clinic.owner.ctx, card(psychologist.membershipId, "psychologist"));
    const shared = await keep("note", "profession:psychologist;");
    const named = await keep("note", `user:${colleague.userId};`);
    expect([await sees(doctor.ctx, shared), await sees(doctor.ctx, named)]).toEqual([true, true]);
    expect([await sees(psychologist.ctx, shared), await sees(psychologist.ctx, named)]).toEqual([true, false]);
    expect([await sees(colleague.ctx, shared), await sees(colleague.ctx, named)]).toEqual([false, true]);
    const id = newId();
    const reason = "Inconscient à l’urgence, pouls filant";
    const expiresAt = new Date(Date.now() + 60_000);
    await withStaff(colleague.ctx, (db) =>
      db.breakGlass.createMany({
        data: { clinicId: clinic.id, id, patientId, userId: colleague.userId, reason, expiresAt },
      }),
    );
    expect(await sees({ ...colleague.ctx, breakGlassId: id }, shared)).toBe(true);
    expect(await sees({ ...psychologist.ctx, breakGlassId: id }, named)).toBe(false);
  });
});
