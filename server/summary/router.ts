import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { readSummary } from "./read-summary.ts";
import { readSummaryInput } from "./schema.ts";

export const summaryRouter = t.router({
  read: clinicProcedure("chart:read")
    .input(readSummaryInput)
    .query(({ ctx, input }) => readSummary(ctx, input)),
});
