import { z } from "zod";
import { id } from "#server/schema.ts";

/** Browser-safe. */
export const readFlowsheetInput = z.object({ patientId: id, key: z.string().regex(/^[a-z-]{1,40}$/, "malformed") });
export type ReadFlowsheetInput = z.output<typeof readFlowsheetInput>;
