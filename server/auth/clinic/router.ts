import { z } from "zod";
import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { endMemberSessions } from "./end-member-sessions.ts";
import { readPolicy } from "./read-policy.ts";
import { policy } from "./schema.ts";
import { updatePolicy } from "./update-policy.ts";

/** How a clinic wants its people to sign in, and who may still. */
export const clinicAuthRouter = t.router({
  readPolicy: clinicProcedure("clinic:security").query(({ ctx }) => readPolicy(ctx)),
  updatePolicy: clinicProcedure("clinic:security")
    .input(policy)
    .mutation(({ ctx, input }) => updatePolicy(ctx, input)),
  endMemberSessions: clinicProcedure("member:manage")
    .input(z.strictObject({ membershipId: z.uuid() }))
    .mutation(({ ctx, input }) => endMemberSessions(ctx, input.membershipId)),
});
