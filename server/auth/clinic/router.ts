import { z } from "zod";
import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { endMemberSessions } from "./end-member-sessions.ts";

/** Who may still come in. */
export const clinicAuthRouter = t.router({
  endMemberSessions: clinicProcedure("member:manage")
    .input(z.strictObject({ membershipId: z.uuid() }))
    .mutation(({ ctx, input }) => endMemberSessions(ctx, input.membershipId)),
});
