import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { changeClinic } from "./change-clinic.ts";
import { changeSecurity } from "./change-security.ts";
import { dismissStep } from "./dismiss-step.ts";
import { readClinic } from "./read-clinic.ts";
import { readOnboarding } from "./read-onboarding.ts";
import { removeLogo } from "./remove-logo.ts";
import { changeClinicInput, changeSecurityInput, dismissStepInput } from "./settings-schema.ts";

export const clinicRouter = t.router({
  read: clinicProcedure("clinic:manage").query(({ ctx }) => readClinic(ctx)),
  change: clinicProcedure("clinic:manage")
    .input(changeClinicInput)
    .mutation(({ ctx, input }) => changeClinic(ctx, input)),
  changeSecurity: clinicProcedure("clinic:security")
    .input(changeSecurityInput)
    .mutation(({ ctx, input }) => changeSecurity(ctx, input)),
  removeLogo: clinicProcedure("clinic:manage").mutation(({ ctx }) => removeLogo(ctx)),
  onboarding: clinicProcedure("clinic:read").query(({ ctx }) => readOnboarding(ctx)),
  dismissStep: clinicProcedure("clinic:manage")
    .input(dismissStepInput)
    .mutation(({ ctx, input }) => dismissStep(ctx, input.step)),
});
