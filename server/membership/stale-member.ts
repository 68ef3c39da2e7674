import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { conflict, type DomainError, notFound } from "#server/errors.ts";
import { readMember } from "./record.ts";

/** Someone saved first: what the member is now, who changed it and when, for the screen that holds the other version. */
export async function staleMember(db: Db, ctx: ClinicContext, id: string): Promise<DomainError> {
  const clinicId = ctx.clinic.id;
  const current = await readMember(db, clinicId, id);
  if (!current) return notFound();
  const last = await db.auditEvent.findFirst({
    where: { clinicId, event: { startsWith: "member." }, entityIds: { has: id } },
    orderBy: { id: "desc" },
    select: { agentId: true },
  });
  const who = last?.agentId
    ? await db.membership.findFirst({ where: { clinicId, userId: last.agentId }, select: { displayName: true } })
    : null;
  return conflict("stale", { current, changedBy: who?.displayName ?? null, changedAt: current.lastUpdated });
}
