import { ageOn } from "#server/chart/age-on.ts";
import { invalid } from "#server/errors.ts";
import { ageAt, inOwnUnit, isPossible } from "./judge-value.ts";
import { measureOf } from "./measures.ts";
import type { ObservationValue } from "./schema.ts";

type Said = Pick<ObservationValue, "code" | "value" | "comparator" | "unit" | "text" | "entered" | "low" | "high">;

/** Later than this after now is not a clock that runs a little fast. */
const clockSkewMs = 5 * 60_000;

/** Of whom, and when it was measured. */
interface Measured {
  /** `YYYY-MM-DD` */
  readonly birthDate: string | null;
  readonly at: Date;
}

/**
 * Each value in its measure's own unit, with what was read kept beside it; the impossible refused, by field. What is possible only at
 * another age says at which one it is not (`details.age`).
 * @param path what stands before the name of the field: `values.0.`
 * @throws Invalid `observation.impossible`, `observation.impossibleAtAge`, `observation.unit`, `observation.word`
 */
export function ownValues<T extends Said>(
  values: readonly T[],
  { birthDate, at: moment }: Measured,
  path: (at: number) => string,
): T[] {
  const age = ageAt(birthDate, moment);
  const faults: Record<string, string> = {};
  const owned = values.map((one, at): T => {
    const measure = measureOf(one.code);
    if (one.low !== null && one.high !== null && Number(one.low) > Number(one.high))
      faults[`${path(at)}low`] = "observation.range";
    if (!measure || one.value === null) {
      // A measure that is a number is not told in words.
      if (measure?.limits) faults[`${path(at)}value`] = "observation.decimal";
      return one;
    }
    if (measure.derived || !measure.limits) {
      faults[`${path(at)}value`] = "observation.word";
      return one;
    }
    const own = inOwnUnit(measure, one.value, one.unit);
    if (own === undefined) faults[`${path(at)}unit`] = "observation.unit";
    else if (!isPossible(measure, own)) faults[`${path(at)}value`] = "observation.impossible";
    else if (!isPossible(measure, own, age)) faults[`${path(at)}value`] = "observation.impossibleAtAge";
    const isOther = one.unit !== "" && one.unit !== measure.unit;
    const entered = isOther && one.entered === "" ? `${one.value.replace(".", ",")} ${one.unit}` : one.entered;
    return { ...one, value: own ?? one.value, unit: measure.unit, entered };
  });
  const systolic = owned.findIndex(({ code }) => code === "bp-systolic");
  const diastolic = owned.find(({ code }) => code === "bp-diastolic");
  if (systolic >= 0 && diastolic && Number(owned[systolic]?.value) <= Number(diastolic.value))
    faults[`${path(systolic)}value`] = "observation.pressure";
  if (Object.keys(faults).length > 0) throw invalid("invalid", faults, birthDate ? saidAge(birthDate, moment) : {});
  return owned;
}

/** For the sentence: « à 4 ans ». */
function saidAge(birthDate: string, at: Date) {
  const { unit, count } = ageOn(birthDate, at.toISOString().slice(0, 10));
  return { age: unit, count };
}

/** Nothing was measured tomorrow, nor before the birth. @throws Invalid */
export function checkMoment(at: Date, birthDate: string | null): void {
  if (at.getTime() > Date.now() + clockSkewMs) throw invalid("invalid", { at: "record.future" });
  // A day of slack: the birth's hour and zone are not known.
  if (birthDate && at.getTime() < Date.parse(birthDate) - 86_400_000)
    throw invalid("invalid", { at: "record.beforeBirth" });
}
