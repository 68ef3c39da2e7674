import { z } from "zod";
import { roles } from "#server/access/permissions.ts";
import { newPassword } from "#server/auth/password/schema.ts";
import { emailAddress, id, locale, optionalLine, page, personName, version } from "#server/schema.ts";

export { type Role, roles } from "#server/access/permissions.ts";

const role = z.enum(roles, "required");
/** null: every location of the clinic. */
const locationIds = z.array(id).min(1, "locationNeeded").max(200, "malformed").nullable();

const supervised = (value: { role: string; supervisorId: string | null }) =>
  value.role !== "trainee" || value.supervisorId !== null;
const supervisorNeeded = { message: "supervisorNeeded", path: ["supervisorId"] };

export const inviteInput = z
  .object({
    email: emailAddress,
    displayName: optionalLine(200),
    role,
    locationIds,
    supervisorId: id.nullable(),
    locale,
  })
  .refine(supervised, supervisorNeeded);
export type InviteInput = z.output<typeof inviteInput>;

export const changeMemberInput = z
  .object({
    id,
    version,
    role,
    locationIds,
    supervisorId: id.nullable(),
    /** Holds the duty of the person in charge of personal information beside their role (P-39.1 s. 3.1). */
    privacyOfficer: z.boolean(),
  })
  .refine(supervised, supervisorNeeded);
export type ChangeMemberInput = z.output<typeof changeMemberInput>;

/** One member or one invitation, at the version that the screen shows. */
export const oneAtVersion = z.object({ id, version });

export const listMembersInput = page.extend({
  status: z.enum(["active", "inactive", "all"]).default("active"),
  search: z.string().max(200, "tooLong").default(""),
});
export type ListMembersInput = z.output<typeof listMembersInput>;

/** 32 random bytes, as the link carries them behind its `#`. */
export const invitationToken = z.string().regex(/^[\w-]{43}$/, "invitationGone");

export const joinInput = z.object({ token: invitationToken, displayName: personName, password: newPassword });
export type JoinInput = z.output<typeof joinInput>;
