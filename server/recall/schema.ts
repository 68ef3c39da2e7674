import { z } from "zod";
import { id, optionalLine, page, version } from "#server/schema.ts";

export const attemptKinds = ["called", "left-message", "no-answer", "mailed"] as const;
export type AttemptKind = (typeof attemptKinds)[number];

export const closedReasons = ["booked", "declined", "unreachable", "not-needed"] as const;
export type ClosedReason = (typeof closedReasons)[number];

/** Which recalls: those whose day has come, those to come, those that a visit answered. */
export const recallStates = ["due", "later", "booked"] as const;
export type RecallState = (typeof recallStates)[number];

const day = z.iso.date("malformed");
const card = z.object({
  /** null: any visit answers it. */
  serviceId: id.nullable(),
  practitionerId: id.nullable(),
  /** `YYYY-MM-DD` */
  dueOn: day.refine((text) => text >= "2000-01-01" && text < "2200-01-01", "malformed"),
  reason: optionalLine(300),
});

/** `id` is made by the screen: sent twice, it is one recall. */
export const addRecallInput = card.extend({ id, patientId: id });
export type AddRecallInput = z.output<typeof addRecallInput>;

export const changeRecallInput = card.extend({ id, version });
export type ChangeRecallInput = z.output<typeof changeRecallInput>;

export const closeRecallInput = z.object({ id, version, reason: z.enum(closedReasons, "required") });
export type CloseRecallInput = z.output<typeof closeRecallInput>;

export const addAttemptInput = z.object({
  id,
  recallId: id,
  kind: z.enum(attemptKinds, "required"),
  note: optionalLine(300),
});
export type AddAttemptInput = z.output<typeof addAttemptInput>;

export const listRecallsInput = page.extend({ state: z.enum(recallStates).default("due") });
export type ListRecallsInput = z.output<typeof listRecallsInput>;
