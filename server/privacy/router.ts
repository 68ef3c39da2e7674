import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { breakGlass } from "./break-glass.ts";
import { countToReview } from "./count-to-review.ts";
import { endRestriction } from "./end-restriction.ts";
import { listLiveRestrictions } from "./list-live-restrictions.ts";
import { listOpenings } from "./list-openings.ts";
import { listRestrictions } from "./list-restrictions.ts";
import { listToReview } from "./list-to-review.ts";
import { restrictPatient } from "./restrict-patient.ts";
import { reviewOpening } from "./review-opening.ts";
import {
  breakGlassInput,
  endRestrictionInput,
  listOpeningsInput,
  listToReviewInput,
  newestFirst,
  restrictionsOfInput,
  restrictPatientInput,
  reviewOpeningInput,
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
  openings: watching.input(listOpeningsInput).query(({ ctx, input }) => listOpenings(ctx, input)),
  toReview: watching.input(listToReviewInput).query(({ ctx, input }) => listToReview(ctx, input)),
  countToReview: watching.query(({ ctx }) => countToReview(ctx)),
  review: watching.input(reviewOpeningInput).mutation(({ ctx, input }) => reviewOpening(ctx, input)),
});
