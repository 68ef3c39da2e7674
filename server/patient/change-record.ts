import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { DomainError } from "#server/errors.ts";
import { groundOf } from "./ground.ts";
import { type PatientView, readRecord } from "./record.ts";

export interface Change {
  readonly patientId: string;
  /** Journal: `patient.updated`, `patient.contact-ended`… */
  readonly event: string;
  readonly action: "C" | "U";
  /** FHIR resource or Chevet noun. */
  readonly entity: string;
  readonly entityId: string;
  readonly detail?: Record<string, string | number | readonly string[]>;
}

/**
 * One transaction that changes something of a patient, journals it and returns the whole record as it then is.
 * @param work what changes; a DomainError that it returns (a stale version, already journaled) is thrown after the commit
 */
export async function changeRecord(
  ctx: ClinicContext,
  work: (db: Db) => Promise<Change | DomainError>,
): Promise<PatientView> {
  const outcome = await withStaff(ctx, async (db) => {
    const change = await work(db);
    if (change instanceof DomainError) return change;
    const { patientId, event, action, entity, entityId, detail } = change;
    await recordAudit(db, ctx, {
      event,
      action,
      entity,
      entityIds: [entityId],
      patientId,
      ground: groundOf(ctx),
      detail,
    });
    return readRecord(db, ctx.clinic.id, patientId);
  });
  if (outcome instanceof DomainError) throw outcome;
  return outcome;
}
