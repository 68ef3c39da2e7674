import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { disableIntegration } from "./disable-integration.ts";
import { enableIntegration } from "./enable-integration.ts";
import { faxAccountRouter } from "./fax-account/router.ts";
import { identityProviderRouter } from "./identity-provider/router.ts";
import { listIntegrations } from "./list-integrations.ts";
import { disableIntegrationInput, enableIntegrationInput } from "./schema.ts";

export const integrationRouter = t.router({
  provider: identityProviderRouter,
  fax: faxAccountRouter,
  list: clinicProcedure("integration:list").query(({ ctx }) => listIntegrations(ctx)),
  enable: clinicProcedure("integration:manage")
    .input(enableIntegrationInput)
    .mutation(({ ctx, input }) => enableIntegration(ctx, input)),
  disable: clinicProcedure("integration:manage")
    .input(disableIntegrationInput)
    .mutation(({ ctx, input }) => disableIntegration(ctx, input)),
});
