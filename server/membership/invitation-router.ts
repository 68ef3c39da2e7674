import { z } from "zod";
import { admitNewcomer } from "#server/auth/session/admit-newcomer.ts";
import { page } from "#server/schema.ts";
import { t } from "#server/trpc/init.ts";
import { clinicProcedure, publicProcedure, userProcedure } from "#server/trpc/procedures.ts";
import { inviteMember } from "./invite-member.ts";
import { joinAsNewcomer } from "./join-as-newcomer.ts";
import { joinSignedIn } from "./join-signed-in.ts";
import { listInvitations } from "./list-invitations.ts";
import { readInvitation } from "./read-invitation.ts";
import { renewInvitation } from "./renew-invitation.ts";
import { revokeInvitation } from "./revoke-invitation.ts";
import { invitationToken, inviteInput, joinInput, oneAtVersion } from "./schema.ts";

const byToken = z.object({ token: invitationToken });

export const invitationRouter = t.router({
  list: clinicProcedure("member:invite")
    .input(page)
    .query(({ ctx, input }) => listInvitations(ctx, input)),
  send: clinicProcedure("member:invite")
    .input(inviteInput)
    .mutation(({ ctx, input }) => inviteMember(ctx, input)),
  renew: clinicProcedure("member:invite")
    .input(oneAtVersion)
    .mutation(({ ctx, input }) => renewInvitation(ctx, input)),
  revoke: clinicProcedure("member:invite")
    .input(oneAtVersion)
    .mutation(({ ctx, input }) => revokeInvitation(ctx, input)),
  // A mutation although it only reads: a token in a query would stand in the address, and so in logs.
  read: publicProcedure.input(byToken).mutation(({ ctx, input }) => readInvitation(ctx, input)),
  join: publicProcedure.input(joinInput).mutation(async ({ ctx, input }) => {
    const { userId, slug } = await joinAsNewcomer(ctx, input);
    await admitNewcomer(ctx, userId);
    return { slug };
  }),
  joinSignedIn: userProcedure.input(byToken).mutation(({ ctx, input }) => joinSignedIn(ctx, input)),
});
