import { permissionsOf, type Role } from "#server/access/permissions.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { invalid, notFound } from "#server/errors.ts";
import { keyOfRecipient, type Recipient } from "./recipient-schema.ts";

/** What is for this member, by whatever name: theirs, their role's, their profession's. */
export function recipientKeys({ user, membership }: Pick<ClinicContext, "user" | "membership">): string[] {
  const { role, profession } = membership;
  return [`user:${user.id}`, `role:${role}`, ...(profession ? [`profession:${profession}`] : [])];
}

/**
 * Nothing is left with somebody who could not read it: a person is an active member, and what is of care goes to whoever gives care.
 * @param field the input's field that is refused otherwise
 * @returns its key
 * @throws NotFound for whoever is no member; Invalid
 */
export async function checkRecipient(
  db: Db,
  ctx: ClinicContext,
  recipient: Recipient,
  { clinical, field }: { clinical: boolean; field: string },
): Promise<string> {
  const allowed = await holds(db, ctx.clinic.id, recipient);
  if (!allowed.has("task:use")) throw invalid("task.cannotReceive", { [field]: "task.cannotReceive" });
  if (clinical && !allowed.has("chart:read")) throw invalid("task.readsNoChart", { [field]: "task.readsNoChart" });
  return keyOfRecipient(recipient);
}

async function holds(db: Db, clinicId: string, recipient: Recipient) {
  if (recipient.kind === "role") return permissionsOf(recipient.role, false, "");
  // Whatever their role, whoever has a practitioner's card gives care.
  if (recipient.kind === "profession") return permissionsOf("professional", false, recipient.profession);
  const member = await db.membership.findFirst({
    where: { clinicId, userId: recipient.userId, status: "active" },
    select: { role: true, profession: true, privacyOfficer: true },
  });
  if (!member) throw notFound();
  return permissionsOf(member.role as Role, member.privacyOfficer, member.profession);
}
