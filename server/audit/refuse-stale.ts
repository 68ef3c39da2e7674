import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { conflict, type DomainError, notFound } from "#server/errors.ts";

/** What the second tab is told: the record as it is now, who saved it and when. */
export interface StaleDetails<Current> {
  readonly current: Current;
  readonly changedBy: string | null;
  readonly changedAt: Date;
}

/**
 * Somebody saved first: the refusal that lets a screen show both versions. Where several things go by one id (all that is one per
 * clinic), `entity` says which. NotFound when the record is not there at all.
 */
export async function refuseStale<Current extends { readonly lastUpdated: Date }>(
  db: Db,
  ctx: ClinicContext,
  entityId: string,
  current: Current | null,
  entity?: string,
): Promise<DomainError> {
  if (!current) return notFound();
  const clinicId = ctx.clinic.id;
  const last = await db.auditEvent.findFirst({
    where: { clinicId, action: { in: ["C", "U"] }, entityIds: { has: entityId }, entity },
    orderBy: { id: "desc" },
    select: { agentId: true },
  });
  const who = last?.agentId
    ? await db.membership.findFirst({ where: { clinicId, userId: last.agentId }, select: { displayName: true } })
    : null;
  return conflict("stale", { current, changedBy: who?.displayName ?? null, changedAt: current.lastUpdated });
}
