import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { addImmunization } from "./add-immunization.ts";
import { changeImmunization } from "./change-immunization.ts";
import { addImmunizationInput, changeImmunizationInput } from "./schema.ts";

export const immunizationRouter = t.router({
  add: clinicProcedure("chart:write")
    .input(addImmunizationInput)
    .mutation(({ ctx, input }) => addImmunization(ctx, input)),
  change: clinicProcedure("chart:write")
    .input(changeImmunizationInput)
    .mutation(({ ctx, input }) => changeImmunization(ctx, input)),
});
