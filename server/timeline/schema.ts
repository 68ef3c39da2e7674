import { z } from "zod";
import { id } from "#server/schema.ts";

/** From years to days (GM-2). Browser-safe. */

export const timelineKinds = [
  "visit",
  "note",
  "condition",
  "allergy",
  "history",
  "observation",
  "immunization",
  "prescription",
  "document",
] as const;
export type TimelineKind = (typeof timelineKinds)[number];

/** How near one looks: every year, the months of a year, or the days of a month. */
export const readTimelineInput = z.object({
  patientId: id,
  /** "" for all years, `YYYY` for its months, `YYYY-MM` for its days. */
  within: z
    .string()
    .regex(/^(\d{4}(-(0[1-9]|1[0-2]))?)?$/, "malformed")
    .default(""),
});
export type ReadTimelineInput = z.output<typeof readTimelineInput>;
