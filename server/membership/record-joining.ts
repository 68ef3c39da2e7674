import type { SystemContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { takeJob } from "#server/queue/take-job.ts";

/** The handler of `member-joined`: the person acted before they were anybody here, so the clinic writes it down for them. */
export function recordJoining(
  ctx: SystemContext & { readonly jobId: string },
  { membershipId, invitationId }: { membershipId: string; invitationId: string },
): Promise<void> {
  const clinicId = ctx.clinicId ?? "";
  return withStaff(ctx, async (db) => {
    await takeJob(db, ctx.jobId);
    const member = await db.membership.findFirst({ where: { clinicId, id: membershipId } });
    const invitation = await db.invitation.findFirst({
      where: { clinicId, id: invitationId },
      select: { acceptedBy: true },
    });
    if (!member || invitation?.acceptedBy !== member.userId) return;
    await db.auditEvent.createMany({
      data: {
        clinicId,
        id: newId(),
        event: "member.joined",
        action: "C",
        entity: "Membership",
        // The worker acts for nobody: who joined stands among what the line is about.
        entityIds: [membershipId, member.userId],
        agentRole: "system",
        requestId: ctx.requestId,
        detail: { role: member.role, invitationId },
      },
    });
    await db.auditLabel.createMany({
      data: { clinicId, subjectId: member.userId, label: member.displayName },
      skipDuplicates: true,
    });
  });
}
