import { z } from "zod";
import { id, optionalLine } from "#server/schema.ts";

/** Inputs of opening a chart. Browser-safe. */

export const openChartInput = z.object({
  patientId: id,
  /** The page asks again by itself: what it shows was told. */
  refresh: z.boolean().default(false),
});
export type OpenChartInput = z.output<typeof openChartInput>;

/** Why a chart is opened by somebody who neither sees the patient today nor follows them. */
export const openingReasons = [
  "covering",
  "patient-asked",
  "result",
  "referral",
  "third-party",
  "quality",
  "other",
] as const;
export type OpeningReason = (typeof openingReasons)[number];

/** Shorter than any reason that says something. */
const shortestNote = 3;

/** `id` is made by the screen: sent twice, it is one reason. */
export const sayReasonInput = z
  .object({ id, patientId: id, reason: z.enum(openingReasons, "required"), note: optionalLine(300).default("") })
  .refine(({ reason, note }) => reason !== "other" || [...note].length >= shortestNote, {
    path: ["note"],
    message: "chart.noteNeeded",
  });
export type SayReasonInput = z.output<typeof sayReasonInput>;
