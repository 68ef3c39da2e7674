import { describe, expect, it } from "vitest";
import { newId } from "#server/db/new-id.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeClinic, makeMember } from "#tests/factories/clinic.ts";

const card = (edit: object = {}) => ({
  id: newId(),
  prefix: "Dre",
  familyName: "Côté-O’Connor",
  givenName: "Anne-Sophie",
  profession: "physician" as const,
  permitNumber: "12345",
  signatureLine: "",
  membershipId: null,
  ...edit,
});

describe("practitioners", () => {
  it("carry the order of their profession and the name as it is written", async () => {
    const clinic = await makeClinic();
    const caller = callerOf(clinic.owner, clinic);
    const names = ["Ñúñez 李", "بن علي", "Tremblay 🌷", "é".repeat(200)];
    for (const [index, familyName] of names.entries())
      await caller.practitioner.add(card({ familyName, permitNumber: `1${index}` }));
    const { rows } = await caller.practitioner.list({ most: 50 });
    expect(rows.map(({ familyName }) => familyName).sort()).toEqual([...names].sort());
    expect(new Set(rows.map(({ professionalOrder }) => professionalOrder))).toEqual(
      new Set(["Collège des médecins du Québec"]),
    );
  });

  it("hold a permit alone, and none where the profession has no order", async () => {
    const clinic = await makeClinic();
    const caller = callerOf(clinic.owner, clinic);
    await caller.practitioner.add(card());
    expect(await refusal(caller.practitioner.add(card()))).toMatchObject({ fields: { permitNumber: "permitTaken" } });
    expect(await refusal(caller.practitioner.add(card({ profession: "osteopath" })))).toMatchObject({
      fields: { permitNumber: "noOrder" },
    });
  });

  it("are one member of this very clinic, or none", async () => {
    const [clinic, other] = [await makeClinic(), await makeClinic()];
    const caller = callerOf(clinic.owner, clinic);
    const member = await makeMember(clinic, "professional");
    const stranger = await makeMember(other, "professional");
    await caller.practitioner.add(card({ membershipId: member.membershipId }));
    expect(
      await refusal(caller.practitioner.add(card({ permitNumber: "2", membershipId: member.membershipId }))),
    ).toMatchObject({ fields: { membershipId: "memberTaken" } });
    expect(
      await refusal(caller.practitioner.add(card({ permitNumber: "3", membershipId: stranger.membershipId }))),
    ).toMatchObject({ fields: { membershipId: "memberUnknown" } });
  });

  it("are listed a page at a time, each once", async () => {
    const clinic = await makeClinic();
    const caller = callerOf(clinic.owner, clinic);
    for (let index = 0; index < 5; index += 1)
      await caller.practitioner.add(card({ familyName: `Nom ${index % 2}`, permitNumber: `9${index}` }));
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await caller.practitioner.list({ most: 2, after });
      seen.push(...page.rows.map(({ id }) => id));
      after = page.after ?? undefined;
    } while (after);
    expect(new Set(seen).size).toBe(5);
    expect(seen).toHaveLength(5);
  });
});
