import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { conflict, notFound } from "#server/errors.ts";
import type { EndedDrug } from "./record.ts";
import type { PrescriptionItem, SignPrescriptionInput } from "./schema.ts";

interface Listed {
  readonly id: string;
  readonly version: number;
}

/**
 * The drugs of the patient's list that a prescription renews, held until the end of the transaction: whoever stops one meanwhile waits, and is
 * told. What somebody stopped or set aside as a mistake is not made active again by a signature that does not know of it.
 * @throws Conflict `prescription.ended` with `ended` (`EndedDrug[]`); NotFound for the drug of another patient
 */
export async function readListed(
  db: Db,
  ctx: ClinicContext,
  patientId: string,
  items: readonly PrescriptionItem[],
  restarts: SignPrescriptionInput["restarts"],
): Promise<readonly Listed[]> {
  const clinicId = ctx.clinic.id;
  const ids = items.map(({ medicationId }) => medicationId);
  await db.$queryRaw`
    select 1 from clinic.medication m where m.clinic_id = ${clinicId}::uuid and m.id = any(${ids}::uuid[]) order by m.id for update`;
  const listed = await db.medication.findMany({
    where: { clinicId, id: { in: ids } },
    select: { id: true, patientId: true, version: true, status: true },
  });
  if (listed.some((one) => one.patientId !== patientId)) throw notFound();
  const isKnown = (one: Listed) =>
    restarts.some(({ medicationId, version }) => medicationId === one.id && version === one.version);
  const unknown = listed.filter((one) => one.status !== "active" && (one.status !== "stopped" || !isKnown(one)));
  if (unknown.length === 0) return listed;
  throw conflict("prescription.ended", {
    ended: await sayEnded(
      db,
      clinicId,
      unknown.map(({ id }) => id),
    ),
  });
}

/** Which, who, when and why. */
function sayEnded(db: Db, clinicId: string, ids: readonly string[]): Promise<EndedDrug[]> {
  return db.$queryRaw<EndedDrug[]>`
    select m.id as "medicationId", m.version, m.label, m.strength, m.status, m.stopped as "on",
      case m.status when 'stopped' then m.stop_reason else coalesce(m.error_reason, '') end as reason,
      coalesce(who.display_name, '') as by
    from clinic.medication m
    left join lateral (
      select e.agent_id from clinic.audit_event e
      where e.clinic_id = m.clinic_id and e.entity_ids @> array[m.id] and e.event in ('medication.stopped', 'medication.entered-in-error')
      order by e.id desc limit 1) last on true
    left join identity.membership who on who.clinic_id = m.clinic_id and who.user_id = last.agent_id
    where m.clinic_id = ${clinicId}::uuid and m.id = any(${ids}::uuid[])
    order by m.id`;
}
