import { z } from "zod";
import { id } from "#server/schema.ts";

/** Browser-safe. */
export const readSummaryInput = z.object({
  patientId: id,
  /** The page asks again by itself: what it shows anew is told, the rest was. */
  refresh: z.boolean().default(false),
});
export type ReadSummaryInput = z.output<typeof readSummaryInput>;
