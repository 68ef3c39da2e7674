import { z } from "zod";
import { id, version } from "#server/schema.ts";

export const requestStates = ["open", "matched", "dismissed"] as const;
export type RequestState = (typeof requestStates)[number];

export const listRequestsInput = z.object({
  status: z.enum(requestStates).default("open"),
  /** The last row of the page before. */
  cursor: z.object({ createdAt: z.date(), id }).nullable().default(null),
  limit: z.number().int().min(1).max(50).default(20),
});
export type ListRequestsInput = z.output<typeof listRequestsInput>;

const versioned = { id, version };

export const matchRequestInput = z.object({
  ...versioned,
  patientId: id,
  /** Adds to the record the address and the number that were proved or typed and that it lacks. */
  keepContacts: z.boolean().default(true),
});
export type MatchRequestInput = z.output<typeof matchRequestInput>;

export const changeRequestInput = z.object(versioned);
export type ChangeRequestInput = z.output<typeof changeRequestInput>;

export const registerRequestInput = z.object({
  ...versioned,
  /** Minted by the screen: sent twice, it opens one record. */
  patientId: z.uuidv7(),
  /** Records that look the same and that the person has seen. */
  knownDuplicates: z.array(id).max(50).default([]),
});
export type RegisterRequestInput = z.output<typeof registerRequestInput>;
