import { z } from "zod";
import { coding } from "#server/record-entry/schema.ts";
import { id, line, optionalText, partialDate, version } from "#server/schema.ts";

/** A problem of health (FHIR R4 Condition): from a list or in one's own words. Browser-safe. */

export const conditionStatuses = ["active", "resolved"] as const;

const card = z.object({
  ...coding,
  label: line(300),
  onset: partialDate.default(""),
  /** When it ended; only what has ended has one. */
  abatement: partialDate.default(""),
  note: optionalText(2000).default(""),
  status: z.enum(conditionStatuses).default("active"),
});

const endsOnce = (one: { status: string; abatement: string; onset: string }, refuse: z.RefinementCtx) => {
  if (one.status === "active" && one.abatement !== "")
    refuse.addIssue({ code: "custom", path: ["abatement"], message: "record.notEnded" });
  const length = Math.min(one.abatement.length, one.onset.length);
  if (length > 0 && one.abatement.slice(0, length) < one.onset.slice(0, length))
    refuse.addIssue({ code: "custom", path: ["abatement"], message: "record.endsBefore" });
};

/** What a form holds, judged as the verb judges it. */
export const conditionCard = card.superRefine(endsOnce);

/** `id` is made by the screen: sent twice, it is one problem. */
export const addConditionInput = card.extend({ id, patientId: id }).superRefine(endsOnce);
export type AddConditionInput = z.output<typeof addConditionInput>;

export const changeConditionInput = card.extend({ id, version }).superRefine(endsOnce);
export type ChangeConditionInput = z.output<typeof changeConditionInput>;

/** All the problems of the list in their new order, each with the version that the screen shows. */
export const orderConditionsInput = z.object({
  patientId: id,
  order: z.array(z.object({ id, version })).min(1).max(200),
});
export type OrderConditionsInput = z.output<typeof orderConditionsInput>;
