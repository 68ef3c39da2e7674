import { requirePermission } from "#server/access/require-permission.ts";
import { recordRead } from "#server/audit/record-read.ts";
import { linkedMeasure } from "#server/condition/linked-measure.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { flowsheetsFor } from "#server/flowsheet/flowsheets.ts";
import { ageInDays } from "#server/growth/age-in-days.ts";
import { queryStandings } from "#server/growth/query-reference.ts";
import { type Indicator, isGrowing, referenceSexOf, standingDays } from "#server/growth/schema.ts";
import { calculated } from "#server/observation/body.ts";
import { ageAt, deviationOf } from "#server/observation/judge-value.ts";
import { measureOf } from "#server/observation/measures.ts";
import { groundOf } from "#server/patient/ground.ts";
import { todayIn } from "#server/patient/today.ts";
import { type Found, querySummary } from "./query-summary.ts";
import type { LastValue, SummaryView } from "./record.ts";
import type { ReadSummaryInput } from "./schema.ts";

/**
 * What is known of a patient, on one screen. One statement reads it, whatever the length of the record: each series is found and walked by
 * its index, so that 3,000 values cost what their last twelve do. A child's growth is placed by one more. One line of the journal tells it.
 * @throws NotFound
 */
export async function readSummary(ctx: ClinicContext, { patientId, refresh }: ReadSummaryInput): Promise<SummaryView> {
  requirePermission(ctx, "chart:read");
  return withStaff(ctx, async (db) => {
    const found = await querySummary(db, ctx.clinic.id, patientId);
    if (!found) throw notFound();
    await recordRead(
      db,
      ctx,
      { event: "summary.read", entity: "Patient", entityIds: [patientId], patientId, ground: groundOf(ctx) },
      { refresh },
    );
    const shown = view(found, todayIn(ctx.clinic.timeZone));
    return { ...shown, values: await withStandings(db, found, shown.values, ctx.clinic.timeZone) };
  });
}

function view({ birthDate, conditions, allergies, history, immunizations, values }: Found, today: string): SummaryView {
  const shown = values.map((one) => judged(one, birthDate));
  return {
    birthDate,
    today,
    conditions: conditions.map((one) => {
      const measure = linkedMeasure(one.label);
      return { ...one, ...(measure && { measure }) };
    }),
    allergies: withoutDenied(allergies),
    history,
    immunizations,
    values: [...shown, ...bodyOf(shown, birthDate)],
    flowsheets: flowsheetsFor(conditions.filter(({ status }) => status === "active").map(({ label }) => label)),
  };
}

/** Two records that were joined may say « none known » beside an allergy: the allergy is what is shown. */
function withoutDenied(allergies: Found["allergies"]): Found["allergies"] {
  const isKnown = allergies.some(
    (one) => one.kind !== "none-known" && one.status === "active" && one.certainty !== "refuted",
  );
  return isKnown ? allergies.filter((one) => one.kind !== "none-known" || one.status !== "active") : allergies;
}

function judged(value: Found["values"][number], birthDate: string | null): LastValue {
  return { ...value, deviation: deviationOf(value, ageAt(birthDate, value.at)), derived: false };
}

/** Body mass index and surface, from the weights and heights that are shown. */
function bodyOf(values: readonly LastValue[], birthDate: string | null): LastValue[] {
  const weight = values.find(({ code }) => code === "weight");
  const height = values.find(({ code }) => code === "height");
  if (!weight || !height) return [];
  const isAdultAt = (at: Date) => (ageAt(birthDate, at) ?? 18) >= 18;
  const points = calculated(weight.line, height.line, isAdultAt);
  const last = points.at(-1);
  if (!last) return [];
  const { at } = last;
  return (["bmi", "body-surface"] as const).map((code): LastValue => {
    const pick = (one: typeof last) => (code === "bmi" ? one.bmi : one.surface);
    const value = pick(last);
    return {
      ...weight,
      code,
      at,
      value,
      unit: measureOf(code)?.unit ?? "",
      low: null,
      high: null,
      entered: "",
      position: "",
      note: "",
      reportId: null,
      deviation: deviationOf({ code, value }, ageAt(birthDate, at)),
      line: points.map((one) => ({ at: one.at, value: pick(one) })),
      derived: true,
    };
  });
}

const placed: Readonly<Record<string, Indicator>> = {
  weight: "weight-for-age",
  height: "height-for-age",
  "head-circumference": "head-circumference-for-age",
  bmi: "bmi-for-age",
};

/** Where a child stood on the day of each measure of growth; a grown person's values as they are. */
async function withStandings(
  db: Db,
  { birthDate, sex }: Found,
  values: readonly LastValue[],
  timeZone: string,
): Promise<readonly LastValue[]> {
  const of = referenceSexOf(sex);
  if (!of || !birthDate) return values;
  const asked = values.flatMap((one) => {
    const [indicator, x] = [placed[one.code], ageInDays(birthDate, one.at, timeZone)];
    if (!indicator || x === undefined || one.value === null || !isGrowing(birthDate, todayIn(timeZone, one.at)))
      return [];
    if (indicator === "bmi-for-age" && x < standingDays) return [];
    return Number(one.value) > 0 && one.comparator === "" ? [{ one, indicator, x, value: Number(one.value) }] : [];
  });
  const standings = await queryStandings(db, of, asked);
  const byValue = new Map(asked.map(({ one }, at) => [one, standings[at]]));
  return values.map((one) => {
    const standing = byValue.get(one);
    return standing ? { ...one, standing } : one;
  });
}
