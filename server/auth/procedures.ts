import { userProcedure } from "#server/trpc/procedures.ts";
import { requireOwnSession } from "./proof/require-own-session.ts";
import { requireRecentProof } from "./proof/require-recent-proof.ts";

/** The person's own account, closed to sessions that only a clinic's provider vouches for. */
export const accountProcedure = userProcedure.use(({ ctx, next }) => {
  requireOwnSession(ctx);
  return next({ ctx });
});

/** What changes the keys of the account: asks for a proof of the last ten minutes. */
export const provenProcedure = userProcedure.use(({ ctx, next }) => {
  requireRecentProof(ctx);
  return next({ ctx });
});
