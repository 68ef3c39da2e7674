import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { recipientKeys } from "#server/membership/check-recipient.ts";
import { groundOf } from "#server/patient/ground.ts";
import type { ReplyInput } from "./schema.ts";
import { addParticipants, writeMessage } from "./write-message.ts";

/** One more message: whoever writes takes part from then on, and whoever they name. Sent twice with one id, it is one. @throws as `readDiscussion`; Invalid */
export async function reply(ctx: ClinicContext, input: ReplyInput): Promise<{ id: string }> {
  requirePermission(ctx, "task:use");
  const clinicId = ctx.clinic.id;
  const { id, discussionId, body, participants } = input;
  return withStaff(ctx, async (db) => {
    const thread = await db.discussion.findFirst({
      where: { clinicId, id: discussionId },
      select: { id: true, patientId: true, clinical: true },
    });
    if (!thread) throw notFound();
    const named = { clinicId, discussionId, participant: { in: recipientKeys(ctx) } };
    // Whoever takes part is asked nothing; nobody takes part of care by their own word alone.
    if (thread.clinical && !(await db.discussionParticipant.findFirst({ where: named, select: { id: true } })))
      await db.$queryRaw`select clinic.grounded(${thread.patientId}::uuid)`;
    if (await db.discussionMessage.findFirst({ where: { clinicId, id, discussionId }, select: { id: true } }))
      return { id };
    await addParticipants(db, ctx, thread, [{ kind: "user", userId: ctx.user.id }, ...participants]);
    // By the clock that dates its messages.
    await db.$executeRaw`update clinic.discussion d set last_message_at = now(), version = d.version + 1
      where d.clinic_id = ${clinicId}::uuid and d.id = ${discussionId}::uuid`;
    await writeMessage(db, ctx, thread, { id, body });
    await recordAudit(db, ctx, {
      event: "discussion.replied",
      action: "C",
      entity: "Discussion",
      entityIds: [discussionId, id],
      patientId: thread.patientId,
      ground: groundOf(ctx),
    });
    return { id };
  });
}
