import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { invalid, notFound } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { openRecord } from "#server/record-entry/open-record.ts";
import { checkMoment, ownValues } from "./check-values.ts";
import { observationSelect } from "./record.ts";
import type { ChangeObservationInput } from "./schema.ts";

/** A value corrected; what it was stays among its versions. @throws Conflict `stale`, with the other version; Invalid; NotFound */
export async function changeObservation(
  ctx: ClinicContext,
  { id, version, at, ...said }: ChangeObservationInput,
): Promise<{ version: number }> {
  requirePermission(ctx, "chart:write");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const current = await db.observation.findFirst({
      where: { clinicId, id },
      select: { ...observationSelect, patientId: true },
    });
    if (!current) throw notFound();
    const { patientId, ...shown } = current;
    const { birthDate } = await openRecord(db, ctx, patientId);
    checkMoment(at, birthDate);
    const [owned] = ownValues([{ ...said, code: current.code }], { birthDate, at }, () => "");
    if (!owned) throw notFound();
    await checkPressure(db, clinicId, { ...shown, value: owned.value });
    const { text, code: _, ...one } = owned;
    const { count } = await db.observation.updateMany({
      where: { clinicId, id, version, status: "final" },
      data: { ...one, valueText: text, effectiveAt: at, version: version + 1 },
    });
    if (count === 0) throw await refuseStale(db, ctx, id, asTold(shown));
    await recordAudit(db, ctx, {
      event: "observation.changed",
      action: "U",
      entity: "Observation",
      entityIds: [id],
      patientId,
      ground: groundOf(ctx),
      detail: { version: version + 1 },
    });
    return { version: version + 1 };
  });
}

type Row = { code: string; value: string | null; panelId: string | null };

/** The two numbers of a pressure keep their order when one of them is corrected. */
async function checkPressure(db: Db, clinicId: string, { code, value, panelId }: Row): Promise<void> {
  const other = code === "bp-systolic" ? "bp-diastolic" : code === "bp-diastolic" ? "bp-systolic" : undefined;
  if (!other || !panelId || value === null) return;
  const beside = await db.observation.findFirst({
    where: { clinicId, panelId, code: other, status: "final" },
    select: { value: true },
  });
  if (beside?.value == null) return;
  const [high, low] =
    code === "bp-systolic" ? [Number(value), Number(beside.value)] : [Number(beside.value), Number(value)];
  if (high <= low) throw invalid("invalid", { value: "observation.pressure" });
}

/** Decimals as text, as a screen reads them; and under the names of the form. */
function asTold<T extends { value: unknown; low: unknown; high: unknown; effectiveAt: Date; valueText: string }>(
  row: T,
) {
  const text = (decimal: unknown) => (decimal == null ? null : String(decimal));
  const { effectiveAt: at, valueText, ...rest } = row;
  return { ...rest, at, text: valueText, value: text(row.value), low: text(row.low), high: text(row.high) };
}
