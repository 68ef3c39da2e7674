import { randomBytes } from "node:crypto";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import type { TestClinic, TestMember } from "#tests/factories/clinic.ts";
import type { Factory } from "./factory.ts";

/** A practitioner that this member is. */
export async function practiseAs(clinic: TestClinic, member: TestMember): Promise<string> {
  const id = newId();
  const clinicId = clinic.id;
  return withStaff(clinic.owner.ctx, async (db) => {
    const known = await db.practitioner.findFirst({ where: { clinicId, membershipId: member.membershipId } });
    if (known) return known.id;
    await db.practitioner.createMany({
      data: {
        clinicId,
        id,
        membershipId: member.membershipId,
        familyName: "Gagnon",
        givenName: "Ève",
        profession: "physician",
      },
    });
    return id;
  });
}

async function feed(clinic: TestClinic, member: TestMember): Promise<string> {
  const [id, practitionerId] = [newId(), await practiseAs(clinic, member)];
  await withStaff(clinic.owner.ctx, (db) =>
    db.calendarFeed.createMany({
      data: {
        clinicId: clinic.id,
        id,
        practitionerId,
        userId: member.userId,
        tokenHash: new Uint8Array(randomBytes(32)),
      },
    }),
  );
  return id;
}

export const calendarFactories: Readonly<Record<string, Factory>> = {
  "calendar.list": async ({ clinic, member }) => ({ practitionerId: await practiseAs(clinic, member) }),
  "calendar.make": async ({ clinic, member }) => ({
    id: newId(),
    practitionerId: await practiseAs(clinic, member),
    level: "busy",
    label: "Mon téléphone",
  }),
  "calendar.revoke": async ({ clinic, member }) => ({ id: await feed(clinic, member) }),
};
