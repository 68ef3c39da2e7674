import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { breakGlass } from "./break-glass.ts";
import { endRestriction } from "./end-restriction.ts";
import { listBrokenGlasses } from "./list-broken-glasses.ts";
import { listLiveRestrictions } from "./list-live-restrictions.ts";
import { listRestrictions } from "./list-restrictions.ts";
import { restrictPatient } from "./restrict-patient.ts";
import {
  breakGlassInput,
  endRestrictionInput,
  newestFirst,
  restrictionsOfInput,
  restrictPatientInput,
} from "./schema.ts";

const restricting = clinicProcedure("patient:restrict");
const watching = clinicProcedure("privacy:manage");

export const privacyRouter = t.router({
  restrictions: restricting.input(restrictionsOfInput).query(({ ctx, input }) => listRestrictions(ctx, input)),
  restrict: restricting.input(restrictPatientInput).mutation(({ ctx, input }) => restrictPatient(ctx, input)),
  endRestriction: restricting.input(endRestrictionInput).mutation(({ ctx, input }) => endRestriction(ctx, input)),
  breakGlass: clinicProcedure("patient:break-glass")
    .input(breakGlassInput)
    .mutation(({ ctx, input }) => breakGlass(ctx, input)),
  liveRestrictions: watching.input(newestFirst).query(({ ctx, input }) => listLiveRestrictions(ctx, input)),
  brokenGlasses: watching.input(newestFirst).query(({ ctx, input }) => listBrokenGlasses(ctx, input)),
});
