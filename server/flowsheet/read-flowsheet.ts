import { requirePermission } from "#server/access/require-permission.ts";
import { recordRead } from "#server/audit/record-read.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { ageAt, type Deviation, deviationOf } from "#server/observation/judge-value.ts";
import { querySeries } from "#server/observation/query-series.ts";
import type { ObservationView } from "#server/observation/record.ts";
import { groundOf } from "#server/patient/ground.ts";
import { todayIn } from "#server/patient/today.ts";
import { type DueState, dueOf } from "./due.ts";
import { flowsheets } from "./flowsheets.ts";
import type { ReadFlowsheetInput } from "./schema.ts";

export interface FlowsheetCell {
  /** The clinic's day, `YYYY-MM-DD`. */
  readonly day: string;
  /** In the order of the row's codes: what was measured at that moment. */
  readonly values: readonly (ObservationView & { readonly deviation: Deviation | undefined })[];
}

export interface FlowsheetView {
  readonly key: string;
  readonly fr: string;
  readonly en: string;
  readonly source: string;
  readonly rows: readonly {
    readonly codes: readonly string[];
    readonly everyMonths: number;
    readonly state: DueState;
    readonly dueOn: string | null;
    /** The newest first. */
    readonly cells: readonly FlowsheetCell[];
  }[];
}

const mostCells = 6;

/** What is followed for a disease, filled from what was measured, with what is due. One statement. @throws NotFound */
export async function readFlowsheet(
  ctx: ClinicContext,
  { patientId, key }: ReadFlowsheetInput,
): Promise<FlowsheetView> {
  requirePermission(ctx, "chart:read");
  const sheet = flowsheets.find((one) => one.key === key);
  if (!sheet) throw notFound();
  const clinicId = ctx.clinic.id;
  const { timeZone } = ctx.clinic;
  return withStaff(ctx, async (db) => {
    const codes = [...new Set(sheet.rows.flatMap((row) => row.codes))];
    const found = await querySeries(db, { clinicId, patientId, codes, most: mostCells });
    if (!found) throw notFound();
    await recordRead(
      db,
      ctx,
      {
        event: "flowsheet.read",
        entity: "Patient",
        entityIds: [patientId],
        patientId,
        ground: groundOf(ctx),
        detail: { key },
      },
      { refresh: false },
    );
    const judge = (one: ObservationView) => ({ ...one, deviation: deviationOf(one, ageAt(found.birthDate, one.at)) });
    return {
      key,
      fr: sheet.fr,
      en: sheet.en,
      source: sheet.source,
      rows: sheet.rows.map(({ codes: [first = "", ...others], everyMonths }) => {
        const cells = found.of(first).map((value): FlowsheetCell => {
          const beside = others.flatMap((code) => found.of(code).find((one) => isTogether(value, one)) ?? []);
          return { day: todayIn(timeZone, value.at), values: [value, ...beside].map(judge) };
        });
        return {
          codes: [first, ...others],
          everyMonths,
          ...dueOf(cells[0]?.day, everyMonths, todayIn(timeZone)),
          cells,
        };
      }),
    };
  });
}

const isTogether = (one: ObservationView, other: ObservationView) =>
  one.panelId === null ? one.at.getTime() === other.at.getTime() : one.panelId === other.panelId;
