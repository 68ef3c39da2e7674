import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { breakGlass } from "./break-glass.ts";
import { endRestriction } from "./end-restriction.ts";
import { listRestrictions } from "./list-restrictions.ts";
import { restrictPatient } from "./restrict-patient.ts";
import { breakGlassInput, endRestrictionInput, restrictionsOfInput, restrictPatientInput } from "./schema.ts";

const restricting = clinicProcedure("patient:restrict");

export const privacyRouter = t.router({
  restrictions: restricting.input(restrictionsOfInput).query(({ ctx, input }) => listRestrictions(ctx, input)),
  restrict: restricting.input(restrictPatientInput).mutation(({ ctx, input }) => restrictPatient(ctx, input)),
  endRestriction: restricting.input(endRestrictionInput).mutation(({ ctx, input }) => endRestriction(ctx, input)),
  breakGlass: clinicProcedure("patient:break-glass")
    .input(breakGlassInput)
    .mutation(({ ctx, input }) => breakGlass(ctx, input)),
});
