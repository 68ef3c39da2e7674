import { z } from "zod";
import { id, optionalLine, version } from "#server/schema.ts";

export const encounterClasses = ["ambulatory", "virtual", "telephone", "home", "none"] as const;
export type EncounterClass = (typeof encounterClasses)[number];

export const changeEncounterInput = z.object({
  id,
  version,
  reason: optionalLine(500),
  class: z.enum(encounterClasses),
});
export type ChangeEncounterInput = z.output<typeof changeEncounterInput>;

/** Instants of one view of the timeline; a bar per year, month or day. */
export const timelineInput = z.object({
  patientId: id,
  unit: z.enum(["year", "month", "day"]),
  /** `YYYY-MM-DD`, both ends included; left out, all that there is. */
  from: z.iso.date("malformed").optional(),
  until: z.iso.date("malformed").optional(),
});
export type TimelineInput = z.output<typeof timelineInput>;
