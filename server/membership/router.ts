import { describeMatrix } from "#server/access/describe-matrix.ts";
import { t } from "#server/trpc/init.ts";
import { clinicProcedure, userProcedure } from "#server/trpc/procedures.ts";
import { changeMember } from "./change-member.ts";
import { deactivateMember, leaveClinic } from "./end-membership.ts";
import { listMembers } from "./list-members.ts";
import { listMyClinics } from "./list-my-clinics.ts";
import { reactivateMember } from "./reactivate-member.ts";
import { readMe } from "./read-me.ts";
import { changeMemberInput, listMembersInput, oneAtVersion } from "./schema.ts";

export const membershipRouter = t.router({
  mine: userProcedure.query(({ ctx }) => listMyClinics(ctx)),
  me: clinicProcedure("clinic:read").query(({ ctx }) => readMe(ctx)),
  list: clinicProcedure("member:list")
    .input(listMembersInput)
    .query(({ ctx, input }) => listMembers(ctx, input)),
  change: clinicProcedure("member:manage")
    .input(changeMemberInput)
    .mutation(({ ctx, input }) => changeMember(ctx, input)),
  deactivate: clinicProcedure("member:manage")
    .input(oneAtVersion)
    .mutation(({ ctx, input }) => deactivateMember(ctx, input)),
  reactivate: clinicProcedure("member:manage")
    .input(oneAtVersion)
    .mutation(({ ctx, input }) => reactivateMember(ctx, input)),
  matrix: clinicProcedure("member:list").query(() => describeMatrix()),
  leave: clinicProcedure("clinic:read").mutation(({ ctx }) => leaveClinic(ctx)),
});
