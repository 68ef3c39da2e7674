import { requirePermission } from "#server/access/require-permission.ts";
import { recordRead } from "#server/audit/record-read.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { calculated } from "#server/observation/body.ts";
import { querySeries } from "#server/observation/query-series.ts";
import { groundOf } from "#server/patient/ground.ts";
import type { Sex } from "#server/patient/schema.ts";
import { todayIn } from "#server/patient/today.ts";
import { ageInDays } from "./age-in-days.ts";
import { drawnScores, valueAt } from "./lms.ts";
import { type CurveRow, queryCurves, queryStandings, type ReferenceView, type Standing } from "./query-reference.ts";
import { type Indicator, indicators, isGrowing, type ReadGrowthInput, referenceSexOf, standingDays } from "./schema.ts";

/** A measure on the chart of its indicator. */
export interface GrowthPoint {
  readonly id: string;
  readonly at: Date;
  /** The clinic's day, `YYYY-MM-DD`. */
  readonly day: string;
  /** Since birth. */
  readonly days: number;
  /** Days since birth; of weight-for-length, the length in centimetres. */
  readonly x: number;
  /** A decimal with a point, in the measure's own unit. */
  readonly value: string;
  /** null where the reference does not go, or when there is none. */
  readonly standing: Standing | null;
}

/** A stretch of curves: one line for each of drawnPercentiles, above the same ages; null where a curve does not go. */
export interface GrowthCurves {
  readonly x: readonly number[];
  readonly lines: readonly (readonly (number | null)[])[];
}

export interface GrowthView {
  readonly birthDate: string | null;
  readonly sex: Sex | null;
  readonly today: string;
  /** Weeks of gestation at birth, as they were written last; null: nobody wrote them. */
  readonly gestation: string | null;
  /** null: none was loaded on this host. */
  readonly reference: ReferenceView | null;
  readonly series: readonly {
    readonly indicator: Indicator;
    /** The oldest first. */
    readonly points: readonly GrowthPoint[];
    readonly curves: readonly GrowthCurves[];
  }[];
}

/** Of each measure; a child is weighed fifty times before they are grown. */
const mostPoints = 400;

/**
 * A child's measures by age, each with where it stands by the reference of this host, and the curves to draw beneath. Three statements
 * and the journal's, whatever the length of the record. Without a birth date nothing has an age and there are no points; without a
 * sex of the reference, there are points alone. No correction is made for a premature birth: the weeks of gestation are told beside the curves.
 * @throws NotFound
 */
export async function readGrowth(ctx: ClinicContext, { patientId }: ReadGrowthInput): Promise<GrowthView> {
  requirePermission(ctx, "chart:read");
  const { timeZone } = ctx.clinic;
  return withStaff(ctx, async (db) => {
    const codes = ["weight", "height", "head-circumference", "gestational-age"];
    const found = await querySeries(db, { clinicId: ctx.clinic.id, patientId, codes, most: mostPoints });
    if (!found) throw notFound();
    await recordRead(
      db,
      ctx,
      { event: "growth.read", entity: "Patient", entityIds: [patientId], patientId, ground: groundOf(ctx) },
      { refresh: false },
    );
    const { birthDate } = found;
    const sex = referenceSexOf(found.sex);
    const measured = birthDate ? pointsOf(found.of, birthDate, timeZone) : [];
    const reference = await queryCurves(db, sex);
    const standings =
      sex && reference
        ? await queryStandings(
            db,
            sex,
            measured.map(({ indicator, x, value }) => ({ indicator, x, value: Number(value) })),
          )
        : [];
    const points = measured.map((one, at) => ({ ...one, standing: standings[at] ?? null }));
    return {
      birthDate,
      sex: found.sex,
      today: todayIn(timeZone),
      gestation: found.of("gestational-age")[0]?.value ?? null,
      reference: reference?.set ?? null,
      series: indicators.map((indicator) => ({
        indicator,
        points: points
          .filter((one) => one.indicator === indicator)
          .map(({ indicator: _, ...point }) => point)
          .sort((one, other) => one.x - other.x),
        curves: curvesOf((reference?.rows ?? []).filter((row) => row.indicator === indicator)),
      })),
    };
  });
}

type Found = NonNullable<Awaited<ReturnType<typeof querySeries>>>;
type Placed = Omit<GrowthPoint, "standing"> & { readonly indicator: Indicator };

function pointsOf(of: Found["of"], birthDate: string, timeZone: string): Placed[] {
  const exact = (code: string) =>
    of(code).flatMap((one) => {
      const { at, value, comparator } = one;
      const [day, days] = [todayIn(timeZone, at), ageInDays(birthDate, at, timeZone)];
      const isNumber = value !== null && Number(value) > 0 && comparator === "";
      return isNumber && days !== undefined && isGrowing(birthDate, day) ? [{ ...one, value, day, days }] : [];
    });
  const [weights, heights, heads] = [exact("weight"), exact("height"), exact("head-circumference")];
  const placed = (
    indicator: Indicator,
    { id, at, day, days }: (typeof weights)[number],
    value: string,
    x = days,
  ): Placed => ({ indicator, id, at, day, days, x, value });
  const lengthOf = new Map(heights.map(({ day, value }) => [day, value]));
  return [
    ...weights.map((one) => placed("weight-for-age", one, one.value)),
    ...heights.map((one) => placed("height-for-age", one, one.value)),
    ...heads.map((one) => placed("head-circumference-for-age", one, one.value)),
    ...calculated(weights, heights, () => false)
      .filter(({ from }) => from.days >= standingDays)
      .map(({ bmi, from }) => placed("bmi-for-age", from, bmi)),
    // A baby's length is soon another: only one of the same day goes with a weight.
    ...weights.flatMap((one) => {
      const length = one.days < standingDays && lengthOf.get(one.day);
      return length ? [placed("weight-for-length", one, one.value, Number(length))] : [];
    }),
  ];
}

function curvesOf(rows: readonly CurveRow[]): GrowthCurves[] {
  const segments = [...new Set(rows.map(({ segment }) => segment))];
  return segments.map((segment) => {
    const own = rows.filter((row) => row.segment === segment);
    return {
      x: own.map(({ x }) => x),
      lines: drawnScores.map((z) => own.map((row) => rounded(valueAt(row, z)))),
    };
  });
}

/** A hundredth of a kilogram or of a centimetre is finer than any line. */
const rounded = (value: number | undefined) => (value === undefined ? null : Math.round(value * 100) / 100);
