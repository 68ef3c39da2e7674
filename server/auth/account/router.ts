import { z } from "zod";
import { t } from "#server/trpc/init.ts";
import { email } from "../password/schema.ts";
import { accountProcedure, provenProcedure } from "../procedures.ts";
import { askEmailChange } from "./ask-email-change.ts";
import { changeEmail } from "./change-email.ts";
import { listTraces } from "./list-traces.ts";
import { displayName, locale } from "./schema.ts";
import { updateProfile } from "./update-profile.ts";

export const accountRouter = t.router({
  updateProfile: accountProcedure
    .input(z.strictObject({ displayName, locale }))
    .mutation(({ ctx, input }) => updateProfile(ctx, input)),
  askEmailChange: provenProcedure
    .input(z.strictObject({ email }))
    .mutation(({ ctx, input }) => askEmailChange(ctx, input.email)),
  changeEmail: provenProcedure
    .input(z.strictObject({ secretId: z.uuid(), code: z.string().regex(/^\d{6}$/, "signIn.codeNeeded") }))
    .mutation(({ ctx, input }) => changeEmail(ctx, input)),
  traces: accountProcedure
    .input(z.strictObject({ cursor: z.uuid().optional(), direction: z.literal("forward").optional() }))
    .query(({ ctx, input }) => listTraces(ctx, input.cursor)),
});
