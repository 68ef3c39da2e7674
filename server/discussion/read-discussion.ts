import { requirePermission } from "#server/access/require-permission.ts";
import { recordRead } from "#server/audit/record-read.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { recipientKeys } from "#server/membership/check-recipient.ts";
import { groundOf } from "#server/patient/ground.ts";
import type { DiscussionView, MessageView } from "./record.ts";
import type { ReadDiscussionInput } from "./schema.ts";
import { isMine, isUnread } from "./unread.ts";

/** Messages at once. */
const most = 50;

type Read = Omit<DiscussionView, "messages" | "before"> & {
  readonly messages: (Omit<MessageView, "createdAt"> & { createdAt: string })[];
};

/**
 * A discussion with its latest messages, or those before one of them. Reading it marks nothing as read.
 * @throws NotFound; Precondition `chart.reasonNeeded` for one of care to which nobody called this person, without a ground
 */
export async function readDiscussion(
  ctx: ClinicContext,
  { id, cursor, refresh }: ReadDiscussionInput,
): Promise<DiscussionView> {
  requirePermission(ctx, "task:use");
  const [clinicId, me, keys] = [ctx.clinic.id, ctx.user.id, recipientKeys(ctx)];
  const before = cursor ?? null;
  return withStaff(ctx, async (db) => {
    const [found] = await db.$queryRaw<Read[]>`
      select d.id, d.patient_id as "patientId", nullif(concat_ws(' ', p.given_name, p.family_name), '') as "patientName", p.birth_date::text as "birthDate",
        d.subject, d.clinical, d.last_message_at as "lastMessageAt", ${isMine(keys)} as mine, ${isMine(keys)} and ${isUnread(me)} as unread,
        (select coalesce(jsonb_agg(jsonb_build_object('key', w.participant, 'name', m.display_name) order by w.created_at, w.id), '[]')
          from clinic.discussion_participant w
          left join identity.membership m on m.clinic_id = w.clinic_id and 'user:' || m.user_id = w.participant
          where w.clinic_id = d.clinic_id and w.discussion_id = d.id) as participants,
        (select coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'author', n.author, 'mine', n.author_id = ${me}::uuid, 'body', n.body, 'createdAt', n.created_at)
            order by n.created_at, n.id), '[]')
          from (select s.id, s.author_id, s.body, s.created_at, coalesce(m.display_name, '') as author from clinic.discussion_message s
            left join identity.membership m on m.clinic_id = s.clinic_id and m.user_id = s.author_id
            where s.clinic_id = d.clinic_id and s.discussion_id = d.id and (${before}::uuid is null or (s.created_at, s.id) < (
              select f.created_at, f.id from clinic.discussion_message f where f.clinic_id = ${clinicId}::uuid and f.id = ${before}::uuid))
            order by s.created_at desc, s.id desc limit ${most + 1}) n) as messages
      from clinic.discussion d
      left join clinic.patient p on p.clinic_id = d.clinic_id and p.id = d.patient_id
      where d.clinic_id = ${clinicId}::uuid and d.id = ${id}::uuid`;
    if (!found) throw notFound();
    if (found.clinical && !found.mine) await db.$queryRaw`select clinic.grounded(${found.patientId}::uuid)`;
    const messages = found.messages
      .slice(-most)
      .map((message) => ({ ...message, createdAt: new Date(message.createdAt) }));
    await recordRead(
      db,
      ctx,
      {
        event: "discussion.read",
        entity: "Discussion",
        entityIds: [id],
        patientId: found.patientId,
        ground: groundOf(ctx),
      },
      { refresh },
    );
    return { ...found, messages, before: found.messages.length > most ? (messages[0]?.id ?? null) : null };
  });
}
