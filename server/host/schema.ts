import { z } from "zod";
import { id, version } from "#server/schema.ts";

export const clinicStates = ["pending", "approved", "suspended"] as const;

export const listClinicsInput = z.object({
  status: z.enum([...clinicStates, "all"]).default("all"),
  search: z.string().max(200, "tooLong").default(""),
  /** The last id of the page before. */
  before: id.optional(),
  most: z.int().min(1).max(100).default(50),
});

/** What the operator decides of a clinic, on top of the version that the list shows. */
export const decideClinicInput = z.object({ clinicId: id, version, status: z.enum(["approved", "suspended"]) });
export type DecideClinicInput = z.output<typeof decideClinicInput>;

export const newestFirst = z.object({ before: id.optional(), most: z.int().min(1).max(100).default(50) });
export const oneById = z.object({ id });
