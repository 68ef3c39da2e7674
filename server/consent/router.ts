import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { listConsents } from "./list-consents.ts";
import { recordConsent } from "./record-consent.ts";
import { listConsentsInput, recordConsentInput, withdrawConsentInput } from "./schema.ts";
import { withdrawConsent } from "./withdraw-consent.ts";

const writing = clinicProcedure("patient:write");

export const consentRouter = t.router({
  list: clinicProcedure("patient:read")
    .input(listConsentsInput)
    .query(({ ctx, input }) => listConsents(ctx, input)),
  record: writing.input(recordConsentInput).mutation(({ ctx, input }) => recordConsent(ctx, input)),
  withdraw: writing.input(withdrawConsentInput).mutation(({ ctx, input }) => withdrawConsent(ctx, input)),
});
