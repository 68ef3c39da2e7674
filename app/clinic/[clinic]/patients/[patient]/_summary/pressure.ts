import type { LastValue } from "#server/summary/record.ts";

/** The last pressure as one value: « 152/88 », out of the ordinary when either number is; undefined when the two were not taken together. */
export function pressureOf(values: readonly LastValue[]) {
  const systolic = values.find(({ code }) => code === "bp-systolic");
  const diastolic = values.find(({ code }) => code === "bp-diastolic");
  if (!systolic?.value || !diastolic?.value) return undefined;
  if (systolic.panelId === null || systolic.panelId !== diastolic.panelId) return undefined;
  return {
    systolic,
    diastolic,
    number: `${systolic.value}/${diastolic.value}`,
    deviation: systolic.deviation ?? diastolic.deviation,
  };
}
