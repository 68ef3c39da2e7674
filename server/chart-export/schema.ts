import { z } from "zod";
import { day, id, locale } from "#server/schema.ts";

/** Inputs of a whole chart as one file. Browser-safe. */

/** What may be left out; who it is about never is. */
export const chartParts = [
  "problems",
  "allergies",
  "medications",
  "history",
  "immunizations",
  "observations",
  "notes",
  "documents",
] as const;
export type ChartPart = (typeof chartParts)[number];

/** How long a finished file is kept, in days. */
export const keptDays = 7;

const options = z.object({
  parts: z.array(z.enum(chartParts)).min(1, "required").max(chartParts.length),
  /** Of notes, observations and documents: days of the clinic, both included. */
  from: day.nullable().default(null),
  until: day.nullable().default(null),
  /** Notes that nobody signed, marked as drafts. */
  drafts: z.boolean().default(false),
  /** Notes that are private to some, as far as whoever asks may read them. */
  private: z.boolean().default(false),
  /** The documents themselves behind their list. */
  append: z.boolean().default(true),
});
export type ChartOptions = z.output<typeof options>;

/** `id` is made by the screen: pressed twice, one is made. */
export const beginExportInput = options
  .extend({ id: z.uuidv7("malformed"), patientId: id, language: locale })
  .refine(({ from, until }) => !from || !until || from <= until, { path: ["until"], error: "chartExport.order" });
export type BeginExportInput = z.output<typeof beginExportInput>;

export const exportRef = z.object({ id });
export const listExportsInput = z.object({ patientId: id });
