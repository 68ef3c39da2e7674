import type { Db } from "#server/db/database.ts";
import { invalid } from "#server/errors.ts";

/**
 * The member behind a practitioner is one of this clinic, and nobody else here.
 * @throws Invalid beside `membershipId`
 */
export async function checkMember(
  db: Db,
  clinicId: string,
  practitioner: { id: string; membershipId: string | null },
): Promise<void> {
  const { id, membershipId } = practitioner;
  if (!membershipId) return;
  const member = await db.membership.findFirst({ where: { clinicId, id: membershipId }, select: { id: true } });
  if (!member) throw invalid("invalid", { membershipId: "memberUnknown" });
  const other = await db.practitioner.findFirst({
    where: { clinicId, membershipId, id: { not: id } },
    select: { id: true },
  });
  if (other) throw invalid("invalid", { membershipId: "memberTaken" });
}
