import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { addPractitioner } from "./add-practitioner.ts";
import { changePractitioner } from "./change-practitioner.ts";
import { listPractitioners } from "./list-practitioners.ts";
import { addPractitionerInput, changePractitionerInput, listPractitionersInput } from "./schema.ts";

export const practitionerRouter = t.router({
  list: clinicProcedure("practitioner:list")
    .input(listPractitionersInput)
    .query(({ ctx, input }) => listPractitioners(ctx, input)),
  add: clinicProcedure("practitioner:manage")
    .input(addPractitionerInput)
    .mutation(({ ctx, input }) => addPractitioner(ctx, input)),
  change: clinicProcedure("practitioner:manage")
    .input(changePractitionerInput)
    .mutation(({ ctx, input }) => changePractitioner(ctx, input)),
});
