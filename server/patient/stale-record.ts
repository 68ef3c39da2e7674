import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { conflict, type DomainError } from "#server/errors.ts";
import { groundOf } from "./ground.ts";
import { type PatientView, readRecord } from "./record.ts";

/** Details of the conflict `stale`: what is saved now, by whom and since when. The screen holds the other version. */
export interface StaleDetails {
  readonly current: PatientView;
  readonly changedBy: string | null;
  readonly changedAt: Date;
}

type Entity = "patient" | "patient_contact" | "related_person" | "patient_alert";

/**
 * Someone saved first. The record as it is now goes with the error, which is to be returned from the transaction and thrown
 * after it: showing a record is journaled, and that trace must not be rolled back.
 */
export async function staleRecord(
  db: Db,
  ctx: ClinicContext,
  patientId: string,
  entity: Entity = "patient",
  entityId = patientId,
): Promise<DomainError> {
  const clinicId = ctx.clinic.id;
  const current = await readRecord(db, clinicId, patientId);
  const last = await db.recordVersion.findFirst({
    where: { clinicId, entity, entityId },
    orderBy: { version: "desc" },
    select: { replacedBy: true, validUntil: true },
  });
  const who = last?.replacedBy
    ? await db.membership.findFirst({ where: { clinicId, userId: last.replacedBy }, select: { displayName: true } })
    : null;
  await recordAudit(db, ctx, {
    event: "patient.read",
    action: "R",
    entity: "Patient",
    entityIds: [patientId],
    patientId,
    ground: groundOf(ctx),
  });
  const details: StaleDetails = {
    current,
    changedBy: who?.displayName ?? null,
    changedAt: last?.validUntil ?? current.lastUpdated,
  };
  return conflict("stale", { ...details });
}
