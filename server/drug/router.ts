import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { searchDrugsInput } from "./schema.ts";
import { searchDrugs } from "./search-drugs.ts";

export const drugRouter = t.router({
  search: clinicProcedure("chart:read")
    .input(searchDrugsInput)
    .query(({ ctx, input }) => searchDrugs(ctx, input)),
});
