import { z } from "zod";
import { id, optionalLine, optionalText, version } from "#server/schema.ts";
import { readDecimal } from "./decimal.ts";

/** Measures, results and findings (FHIR R4 Observation). Browser-safe. */

export const comparators = ["", "<", "<=", ">=", ">"] as const;
export type Comparator = (typeof comparators)[number];

/** How somebody was when it was taken (FHIR R4, the extension observation-bodyPosition); '' : nobody said. */
export const bodyPositions = ["", "lying", "sitting", "standing"] as const;
export type BodyPosition = (typeof bodyPositions)[number];
/** What says something by the position that it was taken in. */
export const positioned: readonly string[] = ["bp-systolic", "bp-diastolic", "heart-rate"];

/** As it is written here, with a comma or a point; kept with a point and with the digits that were written. */
const optionalDecimal = z
  .string()
  .max(20, "observation.decimal")
  .nullable()
  .default(null)
  .refine((text) => text === null || text.trim() === "" || readDecimal(text) !== undefined, "observation.decimal")
  .transform((text) => (text === null ? null : (readDecimal(text) ?? null)));

/** A series' name: a measure that Chevet knows, `system|code` of a list, or `=words` for words of one's own. */
const code = z
  .string("required")
  .max(140, "malformed")
  .regex(/^([a-z][a-z0-9-]*|[a-z0-9.-]+\|[^|\s]+|=.+)$/, "malformed");

const said = {
  value: optionalDecimal,
  comparator: z.enum(comparators).default(""),
  unit: optionalLine(40).default(""),
  text: optionalLine(500).default(""),
  low: optionalDecimal,
  high: optionalDecimal,
  entered: optionalLine(60).default(""),
  note: optionalText(500).default(""),
};

const one = z.object({
  id,
  code,
  codeVersion: optionalLine(40).default(""),
  label: optionalLine(200).default(""),
  position: z.enum(bodyPositions).default(""),
  ...said,
});
export type ObservationValue = z.output<typeof one>;

const says = ({ value, text }: { value: string | null; text: string }) => value !== null || text !== "";
const isPlaced = ({ code: of, position }: { code: string; position: BodyPosition }) =>
  position === "" || positioned.includes(of);
const nothing = { path: ["value"], error: "required" };

/** What was measured together, at one moment. Ids are made by the screen: sent twice, they are written once. */
export const recordObservationsInput = z.object({
  patientId: id,
  panelId: id,
  at: z.date("day"),
  /** The document of the chart that it was read in. */
  reportId: id.optional(),
  values: z
    .array(one.refine(says, nothing).refine(isPlaced, { path: ["position"], error: "malformed" }))
    .min(1, "required")
    .max(60),
});
export type RecordObservationsInput = z.output<typeof recordObservationsInput>;

/** What a form holds, judged as the verb judges it. */
export const observationCard = z.object(said).refine(says, nothing);

export const changeObservationInput = z.object({ id, version, at: z.date("day"), ...said }).refine(says, nothing);
export type ChangeObservationInput = z.output<typeof changeObservationInput>;

/** One to four series beside each other, a page of each; `before` is the moment of the oldest that is shown. */
export const readSeriesInput = z.object({
  patientId: id,
  codes: z.array(code).min(1).max(4),
  before: z.date().optional(),
  most: z.int().min(1).max(1000).default(500),
});
export type ReadSeriesInput = z.output<typeof readSeriesInput>;
