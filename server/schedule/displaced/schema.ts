import { z } from "zod";
import { page } from "#server/schema.ts";

/** Why a visit that is booked no longer fits. Browser-safe. */
export const displacedReasons = [
  "location",
  "service",
  "resource",
  "notGiven",
  "hours",
  "blocked",
  "leave",
  "closure",
  "holiday",
  "other",
] as const;
export type DisplacedReason = (typeof displacedReasons)[number];

/** `refresh`: the same view reads itself again. */
export const listDisplacedInput = page.extend({ refresh: z.boolean().default(false) });
export type ListDisplacedInput = z.output<typeof listDisplacedInput>;
