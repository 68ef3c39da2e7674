import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { changeFaxAccount } from "./change-account.ts";
import { readFaxAccount } from "./read-account.ts";
import { changeFaxAccountInput } from "./schema.ts";

export const faxAccountRouter = t.router({
  read: clinicProcedure("integration:manage").query(({ ctx }) => readFaxAccount(ctx)),
  change: clinicProcedure("integration:manage")
    .input(changeFaxAccountInput)
    .mutation(({ ctx, input }) => changeFaxAccount(ctx, input)),
});
