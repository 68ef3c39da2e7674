import type { Db } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { precondition } from "#server/errors.ts";
import { enqueue } from "#server/queue/enqueue.ts";
import { memberJoined } from "./jobs.ts";

interface Person {
  readonly userId: string;
  readonly displayName: string;
  readonly email: string;
}

/**
 * Spends the invitation that this transaction's token opens, and writes the membership that it promised. Of two who accept at
 * once, one row can be updated once: the second finds it used.
 * @throws Precondition `invitationUsed`
 */
export async function takePlace(db: Db, clinicId: string, person: Person): Promise<void> {
  const [spent] = await db.$queryRaw<{ id: string; role: string }[]>`
    update identity.invitation set accepted_at = now(), accepted_by = ${person.userId}::uuid, version = version + 1
    where clinic_id = ${clinicId}::uuid and accepted_at is null and revoked_at is null and expires_at > now() and email = ${person.email}
    returning id, role`;
  if (!spent) throw precondition("invitationUsed");
  const membershipId = newId();
  await db.$executeRaw`
    insert into identity.membership (clinic_id, id, user_id, display_name, email, role, location_ids, supervisor_id)
    select i.clinic_id, ${membershipId}::uuid, ${person.userId}::uuid, ${person.displayName}, ${person.email}, i.role, i.location_ids, i.supervisor_id
    from identity.invitation i where i.clinic_id = ${clinicId}::uuid and i.id = ${spent.id}::uuid`;
  await enqueue(db, memberJoined, { membershipId, invitationId: spent.id }, { clinicId });
}
