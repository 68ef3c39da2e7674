import { z } from "zod";
import { recipientInput } from "#server/membership/recipient-schema.ts";
import { day, id, line, optionalText, version } from "#server/schema.ts";

/** Inputs of tasks and reminders. Browser-safe. */

export const priorities = ["routine", "urgent"] as const;
export type Priority = (typeof priorities)[number];

export const taskStatuses = ["requested", "accepted", "completed", "cancelled"] as const;
export type TaskStatus = (typeof taskStatuses)[number];

/** What a task may have come from. The first ones lead into what is of care, and so does their task. */
export const clinicalFocus = [
  "note",
  "condition",
  "observation",
  "medication",
  "prescription",
  "allergy",
  "history",
  "immunization",
  "letter",
] as const;
export const focusKinds = [...clinicalFocus, "appointment", "document", "discussion"] as const;
export type FocusKind = (typeof focusKinds)[number];

export const repeatUnits = ["day", "week", "month"] as const;
export type RepeatUnit = (typeof repeatUnits)[number];

const repeat = z.object({
  every: z.int("malformed").min(1, "malformed").max(365, "malformed"),
  unit: z.enum(repeatUnits, "required"),
  /** The last day on which one may be due; null: for as long as nobody ends it. */
  until: day.nullable(),
});
export type Repeat = z.output<typeof repeat>;

const card = z.object({
  title: line(200),
  detail: optionalText(2000),
  owner: recipientInput,
  /** Of care: read by whoever gives care only. */
  clinical: z.boolean(),
  dueOn: day.nullable(),
  priority: z.enum(priorities).default("routine"),
  repeat: repeat.nullable().default(null),
  /** Days after which, unopened, it is told to somebody else; null: as the clinic says. */
  escalateAfterDays: z.int("malformed").min(1, "malformed").max(90, "malformed").nullable().default(null),
  /** To whom; null: as the clinic says, or whoever runs it. */
  escalatesTo: recipientInput.nullable().default(null),
});

const repeatsFromADay = ({ repeat: again, dueOn }: { repeat: Repeat | null; dueOn: string | null }) =>
  again === null || dueOn !== null;
const noDay = { error: "task.repeatNeedsDay", path: ["dueOn"] };
const endsAfter = ({ repeat: again, dueOn }: { repeat: Repeat | null; dueOn: string | null }) =>
  !again?.until || !dueOn || again.until >= dueOn;
const endsBefore = { error: "task.endsBefore", path: ["repeat", "until"] };

/** What a form judges before it sends. */
export const taskCardInput = card
  .extend({ patientId: id.nullable() })
  .refine(repeatsFromADay, noDay)
  .refine(endsAfter, endsBefore);

/** `id` is made by the screen: sent twice, it is one task. */
export const addTaskInput = card
  .extend({
    id,
    patientId: id.nullable(),
    focus: z
      .object({ kind: z.enum(focusKinds), id })
      .nullable()
      .default(null),
  })
  .refine(repeatsFromADay, noDay)
  .refine(endsAfter, endsBefore);
export type AddTaskInput = z.output<typeof addTaskInput>;

export const changeTaskInput = card
  .extend({ id, version })
  .refine(repeatsFromADay, noDay)
  .refine(endsAfter, endsBefore);
export type ChangeTaskInput = z.output<typeof changeTaskInput>;

export const taskInput = z.object({ id });

const outcome = optionalText(1000).default("");

export const completeTaskInput = z.object({ id, version, outcome });
export type CompleteTaskInput = z.output<typeof completeTaskInput>;

export const cancelTaskInput = z.object({ id, version, reason: line(300) });
export type CancelTaskInput = z.output<typeof cancelTaskInput>;

export const reopenTaskInput = z.object({ id, version });
export type ReopenTaskInput = z.output<typeof reopenTaskInput>;

const items = z.array(z.object({ id, version })).min(1, "required").max(100, "tooLong");

/** Several at once, each on top of the version that the screen showed. */
export const completeTasksInput = z.object({ items, outcome });
export type CompleteTasksInput = z.output<typeof completeTasksInput>;

export const reassignTasksInput = z.object({ items, owner: recipientInput });
export type ReassignTasksInput = z.output<typeof reassignTasksInput>;

/**
 * Which tasks: one's own (given to oneself, or told to oneself because nobody opened them), those of one's role or profession, all that are
 * open, those whose day has passed, those of somebody who works here no more, those that are closed (the latest first).
 */
export const taskLists = ["mine", "role", "all", "late", "orphaned", "closed"] as const;
export type TaskList = (typeof taskLists)[number];

export const listTasksInput = z.object({
  /** `forMe`: all that is for this person, by whatever name, as the first screen shows it. */
  list: z.enum([...taskLists, "forMe"]).default("mine"),
  /** About this patient only. */
  patientId: id.nullable().default(null),
  /** The last id of the page before. */
  cursor: id.nullish(),
  most: z.int().min(1).max(100).default(50),
  refresh: z.boolean().default(false),
});
export type ListTasksInput = z.output<typeof listTasksInput>;

export const changeTaskPolicyInput = z.object({
  escalateAfterDays: z.int("malformed").min(1, "malformed").max(90, "malformed"),
  /** null: whoever runs the clinic. */
  escalatesTo: recipientInput.nullable(),
  /** 0 when nobody had decided before. */
  version: z.int("malformed").min(0, "malformed"),
});
export type ChangeTaskPolicyInput = z.output<typeof changeTaskPolicyInput>;
