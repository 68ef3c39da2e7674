import type { IdentityEventName } from "#server/auth/journal/record-identity-event.ts";
import { tellPerson } from "#server/auth/mail/tell-person.ts";
import type { SystemContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";

/** What a clinic decides about a member, as the person's own journal calls it. */
type MemberEvent = Extract<IdentityEventName, `member.${string}`>;

/**
 * Writes into the person's own journal what a clinic decided about them, and mails it. The staff of a clinic may write
 * neither, hence a job. Run twice, it tells once: the line of the journal carries the job's id.
 */
export function tellMember(event: MemberEvent) {
  return (ctx: SystemContext & { readonly jobId: string }, { userId }: { userId: string }): Promise<void> =>
    withAuth({ userId }, ctx, async (db) => {
      // A clinic tells its own people, those who left included, and nobody else.
      const clinicId = ctx.clinicId ?? "";
      const known = clinicId && (await db.membership.count({ where: { clinicId, userId } }));
      if (!known) return;
      const { count } = await db.identityAuditEvent.createMany({
        data: { id: ctx.jobId, event, outcome: "success", userId, clinicId, requestId: ctx.requestId },
        skipDuplicates: true,
      });
      if (count === 1) await tellPerson(db, { userId, eventId: ctx.jobId });
    });
}
