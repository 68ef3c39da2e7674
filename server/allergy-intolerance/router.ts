import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { addAllergy } from "./add-allergy.ts";
import { changeAllergy } from "./change-allergy.ts";
import { addAllergyInput, changeAllergyInput, stateNoAllergyInput } from "./schema.ts";
import { stateNoAllergy } from "./state-no-allergy.ts";

export const allergyRouter = t.router({
  add: clinicProcedure("chart:write")
    .input(addAllergyInput)
    .mutation(({ ctx, input }) => addAllergy(ctx, input)),
  change: clinicProcedure("chart:write")
    .input(changeAllergyInput)
    .mutation(({ ctx, input }) => changeAllergy(ctx, input)),
  stateNone: clinicProcedure("chart:write")
    .input(stateNoAllergyInput)
    .mutation(({ ctx, input }) => stateNoAllergy(ctx, input)),
});
