import { consumeLimit } from "#server/limit/consume-limit.ts";
import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { changeClinic } from "./change-clinic.ts";
import { changeLaw } from "./change-law.ts";
import { changeSecurity } from "./change-security.ts";
import { changeSlug } from "./change-slug.ts";
import { checkOwnSlug } from "./check-slug.ts";
import { dismissStep } from "./dismiss-step.ts";
import { readAddress } from "./read-address.ts";
import { readClinic } from "./read-clinic.ts";
import { readLaw } from "./read-law.ts";
import { readOnboarding } from "./read-onboarding.ts";
import { removeLogo } from "./remove-logo.ts";
import { slugWish } from "./schema.ts";
import {
  changeClinicInput,
  changeLawInput,
  changeSecurityInput,
  changeSlugInput,
  dismissStepInput,
} from "./settings-schema.ts";

export const clinicRouter = t.router({
  read: clinicProcedure("clinic:manage").query(({ ctx }) => readClinic(ctx)),
  change: clinicProcedure("clinic:manage")
    .input(changeClinicInput)
    .mutation(({ ctx, input }) => changeClinic(ctx, input)),
  changeSecurity: clinicProcedure("clinic:security")
    .input(changeSecurityInput)
    .mutation(({ ctx, input }) => changeSecurity(ctx, input)),
  address: clinicProcedure("clinic:manage").query(({ ctx }) => readAddress(ctx)),
  slug: clinicProcedure("clinic:manage")
    .input(slugWish)
    .query(async ({ ctx, input }) => {
      await consumeLimit("slug-address", ctx.user.id);
      return checkOwnSlug(ctx, input);
    }),
  changeSlug: clinicProcedure("clinic:manage")
    .input(changeSlugInput)
    .mutation(({ ctx, input }) => changeSlug(ctx, input)),
  law: clinicProcedure("privacy:manage").query(({ ctx }) => readLaw(ctx)),
  changeLaw: clinicProcedure("privacy:manage")
    .input(changeLawInput)
    .mutation(({ ctx, input }) => changeLaw(ctx, input)),
  removeLogo: clinicProcedure("clinic:manage").mutation(({ ctx }) => removeLogo(ctx)),
  onboarding: clinicProcedure("clinic:read").query(({ ctx }) => readOnboarding(ctx)),
  dismissStep: clinicProcedure("clinic:manage")
    .input(dismissStepInput)
    .mutation(({ ctx, input }) => dismissStep(ctx, input.step)),
});
