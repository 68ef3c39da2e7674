import { z } from "zod";
import { id, line, optionalText, partialDate, version } from "#server/schema.ts";

/** What happened before: to the person, in the family, in their life. Browser-safe. */

export const historyKinds = ["personal", "family", "social"] as const;
export type HistoryKind = (typeof historyKinds)[number];
export const relations = ["", "mother", "father", "sister", "brother", "child", "grandparent", "other"] as const;
export type Relation = (typeof relations)[number];
export const historyStatuses = ["active", "ended"] as const;

const card = z.object({
  kind: z.enum(historyKinds, "required"),
  relation: z.enum(relations).default(""),
  label: line(300),
  occurred: partialDate.default(""),
  /** How old they were, in years: of a relative's illness, or of one's own whose year is not known. */
  atAge: z.int("record.atAge").min(0, "record.atAge").max(120, "record.atAge").nullable().default(null),
  note: optionalText(2000).default(""),
  status: z.enum(historyStatuses).default("active"),
});

const ofFamily = (one: { kind: string; relation: string }) => one.relation === "" || one.kind === "family";
const alone = { path: ["relation"], error: "record.relation" };

/** What a form holds, judged as the verb judges it. */
export const historyCard = card.refine(ofFamily, alone);

export const addHistoryEntryInput = card.extend({ id, patientId: id }).refine(ofFamily, alone);
export type AddHistoryEntryInput = z.output<typeof addHistoryEntryInput>;

export const changeHistoryEntryInput = card.extend({ id, version }).refine(ofFamily, alone);
export type ChangeHistoryEntryInput = z.output<typeof changeHistoryEntryInput>;
