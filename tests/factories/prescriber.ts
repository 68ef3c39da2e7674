import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import type { PrescriptionItem } from "#server/medication-request/schema.ts";
import { makeMember, signIn, type TestClinic, type TestMember } from "./clinic.ts";

/** A member with a practitioner's card and a permit, signed in again so that their rights are read anew. */
export async function makePrescriber(clinic: TestClinic, card: object = {}): Promise<TestMember> {
  const member = await makeMember(clinic, "professional");
  await giveCard(clinic, member, card);
  return { ...(await signIn(member.userId, member.email, clinic.slug)), membershipId: member.membershipId };
}

/** Once: who has one keeps it. */
export async function giveCard(clinic: TestClinic, member: Pick<TestMember, "membershipId">, card: object = {}) {
  await withStaff(clinic.owner.ctx, async (db) => {
    const where = { clinicId: clinic.id, membershipId: member.membershipId };
    if (await db.practitioner.findFirst({ where, select: { id: true } })) return;
    await db.practitioner.createMany({
      data: {
        clinicId: clinic.id,
        id: newId(),
        membershipId: member.membershipId,
        prefix: "Dre",
        givenName: "Maude",
        familyName: "Lavallée",
        profession: "physician",
        // One permit, one practitioner of a clinic.
        permitNumber: `P${newId().slice(-8)}`,
        ...card,
      },
    });
  });
}

/** « Amlodipine 10 mg, 1 comprimé 1 fois par jour, 90 jours, 90, 3 renouvellements ». */
export const amlodipine = (more: Partial<PrescriptionItem> = {}): PrescriptionItem => ({
  medicationId: newId(),
  replaces: "",
  din: "99110020",
  ingredientCodes: "11",
  dataVersion: "2026-11-01",
  label: "Amlodipine",
  strength: "10 mg",
  form: "Comprimé",
  route: "Orale",
  dose: "1",
  doseHigh: "",
  doseUnit: "tablet",
  frequency: "1-day",
  asNeeded: false,
  instructions: "",
  durationDays: 90,
  quantity: "90",
  repeats: 3,
  noSubstitution: "",
  note: "",
  ...more,
});
