import { z } from "zod";
import { t } from "#server/trpc/init.ts";
import { publicProcedure } from "#server/trpc/procedures.ts";
import { knowBrowser } from "../device/know-browser.ts";
import { provenProcedure } from "../procedures.ts";
import { askReset } from "./ask-reset.ts";
import { changePassword } from "./change-password.ts";
import { readReset, resetPassword } from "./reset-password.ts";
import { email, newPassword } from "./schema.ts";

const token = z.string().regex(/^[\w-]{43}$/, "signIn.linkExpired");

export const passwordRouter = t.router({
  change: provenProcedure
    .input(z.strictObject({ password: newPassword }))
    .mutation(({ ctx, input }) => changePassword(ctx, input.password)),
  askReset: publicProcedure.input(z.strictObject({ email })).mutation(({ ctx, input }) => askReset(ctx, input.email)),
  readReset: publicProcedure.input(z.strictObject({ token })).mutation(({ ctx, input }) => readReset(ctx, input.token)),
  reset: publicProcedure.input(z.strictObject({ token, password: newPassword })).mutation(async ({ ctx, input }) => {
    const { userId } = await resetPassword(ctx, input);
    knowBrowser(ctx, userId);
  }),
});
