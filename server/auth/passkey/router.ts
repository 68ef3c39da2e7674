import { t } from "#server/trpc/init.ts";
import { publicProcedure } from "#server/trpc/procedures.ts";
import { startPasskeySignIn } from "./start-sign-in.ts";

export const passkeyRouter = t.router({
  startSignIn: publicProcedure.mutation(({ ctx }) => startPasskeySignIn(ctx)),
});
