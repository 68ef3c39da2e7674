import { requirePermission } from "#server/access/require-permission.ts";
import { foldedForMs } from "#server/appointment/read-agenda.ts";
import { lowestId } from "#server/audit/lowest-id.ts";
import type { ClinicContext } from "#server/context.ts";
import { database } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { notFound } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { type PatientRow, viewPatient } from "#server/patient/record.ts";
import { todayIn } from "#server/patient/today.ts";
import { ageOn } from "./age-on.ts";
import { nameClosed } from "./name-closed.ts";
import type { ChartView, OpenChartView } from "./record.ts";
import type { OpenChartInput } from "./schema.ts";

type Answer =
  | { basis: null }
  | { basis: "closed" }
  | (Pick<OpenChartView, "basis" | "restrictions" | "hidden" | "glass" | "refusals" | "visits"> & {
      patient: PatientRow;
    })
  | null;

/**
 * Opens a chart: on what ground (LRSSS; AC-22, AC-28), who it is of, and their visits. One round trip, journaled in the same
 * transaction. Without a ground nothing is shown but whose it is, where a search would say it: the screen asks why, and `sayReason` opens it for the day.
 * @throws NotFound alike for nobody, for another clinic's patient and for one that a restriction closes; whoever may break the glass
 *   is told of the last (`closed`), since an emergency would otherwise look like a person who is not registered
 */
export async function openChart(ctx: ClinicContext, { patientId, refresh }: OpenChartInput): Promise<ChartView> {
  requirePermission(ctx, "patient:read");
  const result = await database("web").call({
    name: "chevet_open_chart",
    text: "select reference.open_chart($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) as chart",
    values: [
      ctx.clinic.id,
      ctx.user.id,
      ctx.membership.id,
      ctx.requestId,
      ctx.breakGlassId ?? null,
      patientId,
      newId(),
      ctx.session.id,
      ctx.membership.role,
      ctx.origin.address || null,
      groundOf(ctx),
      refresh,
      lowestId(Date.now() - foldedForMs),
    ],
  });
  const chart = result.rows[0]?.chart as Answer | undefined;
  if (!chart) throw notFound();
  if (chart.basis === null) return { basis: null, person: await nameClosed(ctx, patientId) };
  const held = ctx.membership.permissions;
  const mayBreakGlass = held.has("patient:break-glass");
  if (chart.basis === "closed") {
    if (!mayBreakGlass) throw notFound();
    return chart;
  }
  const patient = viewPatient(chart.patient);
  const age = patient.birthDate && ageOn(patient.birthDate, patient.deceasedOn ?? todayIn(ctx.clinic.timeZone));
  const maySeeAccess = held.has("patient:restrict") || held.has("privacy:manage");
  return { ...chart, patient, age: age || null, mayBreakGlass, maySeeAccess };
}
