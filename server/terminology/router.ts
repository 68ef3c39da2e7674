import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { importConcepts } from "./import-concepts.ts";
import { importConceptsInput, searchConceptsInput } from "./schema.ts";
import { searchConcepts } from "./search-concepts.ts";

export const terminologyRouter = t.router({
  search: clinicProcedure("chart:read")
    .input(searchConceptsInput)
    .query(({ ctx, input }) => searchConcepts(ctx, input)),
  import: clinicProcedure("clinic:manage")
    .input(importConceptsInput)
    .mutation(({ ctx, input }) => importConcepts(ctx, input)),
});
