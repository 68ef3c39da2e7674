import { requirePermission } from "#server/access/require-permission.ts";
import { recordRead } from "#server/audit/record-read.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { calculated } from "./body.ts";
import { ageAt } from "./judge-value.ts";
import { measureOf } from "./measures.ts";
import { querySeries } from "./query-series.ts";
import type { ObservationView } from "./record.ts";
import type { ReadSeriesInput } from "./schema.ts";

/** A series, the newest first; `more` says that older ones are left. */
export interface Series {
  readonly code: string;
  readonly label: string;
  readonly unit: string;
  readonly points: readonly ObservationView[];
  readonly more: boolean;
}

/** What a series that is calculated is calculated from. */
const sources = ["weight", "height"];

/**
 * Up to four series of one patient, side by side: one statement whatever their length, each by its own index and no further than asked.
 * Body mass index and surface are calculated from the weights and heights of that page, and so are never stale.
 * @throws NotFound
 */
export async function readSeries(
  ctx: ClinicContext,
  { patientId, codes, before, most }: ReadSeriesInput,
): Promise<{ birthDate: string | null; series: Series[] }> {
  requirePermission(ctx, "chart:read");
  const clinicId = ctx.clinic.id;
  const isDerived = codes.some((code) => measureOf(code)?.derived);
  const read = [...new Set([...codes.filter((code) => !measureOf(code)?.derived), ...(isDerived ? sources : [])])];
  return withStaff(ctx, async (db) => {
    const found = await querySeries(db, { clinicId, patientId, codes: read, before, most: most + 1 });
    if (!found) throw notFound();
    const isAdultAt = (at: Date) => (ageAt(found.birthDate, at) ?? 18) >= 18;
    await recordRead(
      db,
      ctx,
      {
        event: "observation.series-read",
        entity: "Patient",
        entityIds: [patientId],
        patientId,
        ground: groundOf(ctx),
        detail: { codes: codes.map((code) => (code.startsWith("=") ? "=" : code)) },
      },
      { refresh: before !== undefined },
    );
    return {
      birthDate: found.birthDate,
      series: codes.map((code): Series => {
        const measure = measureOf(code);
        const all = measure?.derived ? derive(code, found.of("weight"), found.of("height"), isAdultAt) : found.of(code);
        const points = all.slice(0, most);
        const unit = measure?.unit ?? points[0]?.unit ?? "";
        return { code, label: points[0]?.label ?? "", unit, points, more: all.length > most };
      }),
    };
  });
}

function derive(
  code: string,
  weights: ObservationView[],
  heights: ObservationView[],
  isAdultAt: (at: Date) => boolean,
): ObservationView[] {
  const unit = measureOf(code)?.unit ?? "";
  return calculated(weights, heights, isAdultAt).map(({ bmi, surface, from }) => ({
    ...from,
    code,
    unit,
    value: code === "bmi" ? bmi : surface,
    low: null,
    high: null,
    entered: "",
    position: "",
  }));
}
