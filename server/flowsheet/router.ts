import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { readFlowsheet } from "./read-flowsheet.ts";
import { readFlowsheetInput } from "./schema.ts";

export const flowsheetRouter = t.router({
  read: clinicProcedure("chart:read")
    .input(readFlowsheetInput)
    .query(({ ctx, input }) => readFlowsheet(ctx, input)),
});
