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
 * @throws Precondition `chart.reasonNeeded` for what is of care, to whoever has no ground for the chart that it stands in today, though the
 *   line was of a record that was joined to it: to have come late shows nothing more. Work
 *   that needs no ground gives a `current` without a word of care, and says so (`no-words`)
 */
export async function refuseStale<Current extends { readonly lastUpdated: Date }>(
  db: Db,
  ctx: ClinicContext,
  entityId: string,
  current: Current | null,
  entity?: string,
  shows: "words" | "no-words" = "words",
): Promise<DomainError> {
  if (!current) return notFound();
  const clinicId = ctx.clinic.id;
  const patientId = "patientId" in current && typeof current.patientId === "string" ? current.patientId : null;
  const [last] = await db.$queryRaw<{ agentId: string | null }[]>`
    select e.agent_id as "agentId",
      case when ${shows} = 'words' and e.patient_id is not null and clinic.is_of_care(e.event)
        then clinic.grounded(coalesce(${patientId}::uuid, (select coalesce(p.merged_into, p.id) from clinic.patient p where p.clinic_id = ${clinicId}::uuid and p.id = e.patient_id), e.patient_id)) end
    from (
      select e.agent_id, e.patient_id, e.event from clinic.audit_event e
      where e.clinic_id = ${clinicId}::uuid and e.action in ('C', 'U') and e.entity_ids @> array[${entityId}::uuid]
        and (${entity ?? null}::text is null or e.entity = ${entity ?? null})
      order by e.id desc limit 1) e`;
  const who = last?.agentId
    ? await db.membership.findFirst({ where: { clinicId, userId: last.agentId }, select: { displayName: true } })
    : null;
  return conflict("stale", { current, changedBy: who?.displayName ?? null, changedAt: current.lastUpdated });
}
