import { z } from "zod";
import { t } from "#server/trpc/init.ts";
import { lockedUserProcedure, userProcedure } from "#server/trpc/procedures.ts";
import { startProof } from "../passkey/start-proof.ts";
import { accountProcedure } from "../procedures.ts";
import { readProofs } from "../proof/read-proofs.ts";
import { proof } from "../proof/schema.ts";
import { confirmSession } from "./confirm-session.ts";
import { listSessions } from "./list-sessions.ts";
import { lockSession } from "./lock-session.ts";
import { passSecondFactor } from "./pass-second-factor.ts";
import { readSessionState } from "./read-session-state.ts";
import { revokeOtherSessions, revokeSession } from "./revoke-sessions.ts";
import { unlockSession } from "./unlock-session.ts";

export const sessionRouter = t.router({
  state: lockedUserProcedure.query(({ ctx }) => readSessionState(ctx)),
  proofs: lockedUserProcedure.query(({ ctx }) => readProofs(ctx)),
  startProof: lockedUserProcedure.mutation(({ ctx }) => startProof(ctx)),
  unlock: lockedUserProcedure
    .input(z.strictObject({ proof }))
    .mutation(({ ctx, input }) => unlockSession(ctx, input.proof)),
  confirm: userProcedure
    .input(z.strictObject({ proof }))
    .mutation(({ ctx, input }) => confirmSession(ctx, input.proof)),
  passSecondFactor: userProcedure
    .input(z.strictObject({ proof }))
    .mutation(({ ctx, input }) => passSecondFactor(ctx, input.proof)),
  /** The call itself keeps the session awake. */
  touch: userProcedure.mutation(({ ctx }) => readSessionState(ctx)),
  lock: userProcedure.mutation(({ ctx }) => lockSession(ctx)),
  list: accountProcedure.query(({ ctx }) => listSessions(ctx)),
  revoke: accountProcedure
    .input(z.strictObject({ sessionId: z.uuid() }))
    .mutation(({ ctx, input }) => revokeSession(ctx, input.sessionId)),
  revokeOthers: accountProcedure.mutation(({ ctx }) => revokeOtherSessions(ctx)),
});
