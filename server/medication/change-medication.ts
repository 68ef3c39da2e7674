import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { checkDates, openRecord } from "#server/record-entry/open-record.ts";
import { medicationSelect } from "./record.ts";
import type {
  ChangeMedicationInput,
  MarkMedicationInput,
  ResumeMedicationInput,
  StopMedicationInput,
} from "./schema.ts";

/** How it is taken, why, since when: each change keeps the version before. @throws Conflict `stale`, with the other version; Invalid; NotFound */
export async function changeMedication(ctx: ClinicContext, input: ChangeMedicationInput): Promise<{ version: number }> {
  const { id, version, ...card } = input;
  return write(ctx, { id, version, event: "medication.changed", dates: { started: card.started } }, () => card);
}

/** No longer taken, since when and why. A day that is not given is today. @throws as changeMedication */
export async function stopMedication(ctx: ClinicContext, input: StopMedicationInput): Promise<{ version: number }> {
  const { id, version, stopped, reason } = input;
  return write(ctx, { id, version, event: "medication.stopped", dates: { stopped } }, (today) => ({
    status: "stopped",
    stopped: stopped || today,
    stopReason: reason,
  }));
}

/** Taken again after all. @throws as changeMedication */
export async function resumeMedication(ctx: ClinicContext, input: ResumeMedicationInput): Promise<{ version: number }> {
  const resumed = { status: "active", stopped: "", stopReason: "" };
  return write(ctx, { ...input, event: "medication.resumed", dates: {} }, () => resumed);
}

/** It was never so: it leaves every list, and stays readable with who said so and why. @throws as changeMedication */
export async function markMedication(ctx: ClinicContext, input: MarkMedicationInput): Promise<{ version: number }> {
  const { id, version, reason } = input;
  return write(ctx, { id, version, event: "medication.entered-in-error", dates: {} }, () => ({
    status: "entered-in-error",
    errorReason: reason,
    errorBy: ctx.user.id,
    errorAt: new Date(),
  }));
}

interface Change {
  readonly id: string;
  readonly version: number;
  readonly event: string;
  readonly dates: Readonly<Record<string, string>>;
}

type Data = Parameters<Db["medication"]["updateMany"]>[0]["data"];

async function write(
  ctx: ClinicContext,
  { id, version, event, dates }: Change,
  data: (today: string) => Data,
): Promise<{ version: number }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const current = await db.medication.findFirst({
      where: { clinicId, id },
      select: { ...medicationSelect, patientId: true },
    });
    if (!current) throw notFound();
    const { patientId, ...shown } = current;
    const record = await openRecord(db, ctx, patientId);
    checkDates(record, dates);
    const { count } = await db.medication.updateMany({
      where: { clinicId, id, version, status: { not: "entered-in-error" } },
      data: { ...data(record.today), version: version + 1 },
    });
    if (count === 0) throw await refuseStale(db, ctx, id, shown);
    await recordAudit(db, ctx, {
      event,
      action: "U",
      entity: "Medication",
      entityIds: [id],
      patientId,
      ground: groundOf(ctx),
      detail: { version: version + 1 },
    });
    return { version: version + 1 };
  });
}
