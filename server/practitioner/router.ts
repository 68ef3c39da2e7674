import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { addPractitioner } from "./add-practitioner.ts";
import { changePractitioner } from "./change-practitioner.ts";
import { listPractitioners } from "./list-practitioners.ts";
import { readMyself } from "./read-myself.ts";
import { addPractitionerInput, changePractitionerInput, listPractitionersInput, signatureInput } from "./schema.ts";
import { removeSignature } from "./set-signature.ts";

export const practitionerRouter = t.router({
  list: clinicProcedure("practitioner:list")
    .input(listPractitionersInput)
    .query(({ ctx, input }) => listPractitioners(ctx, input)),
  mine: clinicProcedure("practitioner:list").query(({ ctx }) => readMyself(ctx)),
  add: clinicProcedure("practitioner:manage")
    .input(addPractitionerInput)
    .mutation(({ ctx, input }) => addPractitioner(ctx, input)),
  change: clinicProcedure("practitioner:manage")
    .input(changePractitionerInput)
    .mutation(({ ctx, input }) => changePractitioner(ctx, input)),
  /** Whose it may be is the verb's to say: the practitioner themself, or whoever manages practitioners. */
  removeSignature: clinicProcedure("practitioner:list")
    .input(signatureInput)
    .mutation(({ ctx, input }) => removeSignature(ctx, input)),
});
