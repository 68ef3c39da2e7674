import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { dismissRequest } from "./dismiss-request.ts";
import { listRequests } from "./list-requests.ts";
import { matchRequest } from "./match-request.ts";
import { registerRequest } from "./register-request.ts";
import { changeRequestInput, listRequestsInput, matchRequestInput, registerRequestInput } from "./schema.ts";
import { unmatchRequest } from "./unmatch-request.ts";

export const requestPersonRouter = t.router({
  list: clinicProcedure("appointment:write")
    .input(listRequestsInput)
    .query(({ ctx, input }) => listRequests(ctx, input)),
  match: clinicProcedure("appointment:write")
    .input(matchRequestInput)
    .mutation(({ ctx, input }) => matchRequest(ctx, input)),
  register: clinicProcedure("appointment:write")
    .input(registerRequestInput)
    .mutation(({ ctx, input }) => registerRequest(ctx, input)),
  unmatch: clinicProcedure("appointment:write")
    .input(changeRequestInput)
    .mutation(({ ctx, input }) => unmatchRequest(ctx, input)),
  dismiss: clinicProcedure("appointment:write")
    .input(changeRequestInput)
    .mutation(({ ctx, input }) => dismissRequest(ctx, input)),
});
