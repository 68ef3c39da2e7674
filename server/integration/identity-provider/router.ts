import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { changeProvider } from "./change-provider.ts";
import { readProvider } from "./read-provider.ts";
import { changeProviderInput, setDoorInput, verifyProviderInput } from "./schema.ts";
import { setDoor } from "./set-door.ts";
import { verifyProvider } from "./verify-provider.ts";

/** The clinic's own identity provider, for who administers its sign-in. */
export const identityProviderRouter = t.router({
  read: clinicProcedure("clinic:security").query(({ ctx }) => readProvider(ctx)),
  change: clinicProcedure("clinic:security")
    .input(changeProviderInput)
    .mutation(({ ctx, input }) => changeProvider(ctx, input)),
  verify: clinicProcedure("clinic:security")
    .input(verifyProviderInput)
    .mutation(({ ctx, input }) => verifyProvider(ctx, input)),
  setDoor: clinicProcedure("clinic:security")
    .input(setDoorInput)
    .mutation(({ ctx, input }) => setDoor(ctx, input)),
});
