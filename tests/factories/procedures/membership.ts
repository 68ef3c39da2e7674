import { randomBytes } from "node:crypto";
import { callerOf } from "#tests/factories/caller.ts";
import { makeMember } from "#tests/factories/clinic.ts";
import type { Factory, Scene } from "./factory.ts";

const invitation = () => ({
  email: `${randomBytes(5).toString("hex")}@clinique.example`,
  displayName: "",
  role: "assistant" as const,
  locationIds: null,
  supervisorId: null,
  locale: "fr" as const,
});

async function invited({ clinic, member }: Scene) {
  const { id } = await callerOf(member, clinic).invitation.send(invitation());
  return { id, version: 1 };
}

/** A colleague who may be changed, as the list shows them. */
async function colleague({ clinic }: Scene) {
  const { membershipId } = await makeMember(clinic, "assistant");
  return { id: membershipId, version: 1 };
}

export const membershipFactories: Readonly<Record<string, Factory>> = {
  "invitation.send": async () => invitation(),
  "invitation.renew": invited,
  "invitation.revoke": invited,
  "membership.change": async (scene) => ({
    ...(await colleague(scene)),
    role: "billing",
    locationIds: null,
    supervisorId: null,
    privacyOfficer: false,
  }),
  "membership.deactivate": colleague,
  "membership.reactivate": async (scene) => {
    const one = await colleague(scene);
    await callerOf(scene.member, scene.clinic).membership.deactivate(one);
    return { ...one, version: 2 };
  },
  "membership.matrix": async () => undefined,
  "membership.leave": async () => undefined,
  "auth.clinic.endMemberSessions": async (scene) => ({ membershipId: (await colleague(scene)).id }),
};
