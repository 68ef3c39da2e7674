import { z } from "zod";
import { optionalLine } from "#server/schema.ts";

/** Looking for a drug. Browser-safe. */

export const searchDrugsInput = z.object({ text: optionalLine(100), most: z.int().min(1).max(30).default(12) });
export type SearchDrugsInput = z.output<typeof searchDrugsInput>;
