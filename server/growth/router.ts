import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { readGrowth } from "./read-growth.ts";
import { readGrowthInput } from "./schema.ts";

export const growthRouter = t.router({
  read: clinicProcedure("chart:read")
    .input(readGrowthInput)
    .query(({ ctx, input }) => readGrowth(ctx, input)),
});
