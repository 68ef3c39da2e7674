import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { readAsStaff } from "#server/db/read-as-staff.ts";
import { recipientKeys } from "#server/membership/check-recipient.ts";
import { unreadDays } from "./unread.ts";

/** Above this, « 99+ » says enough. */
const enough = 100;

/** In how many discussions something waits to be read by this person. A number says nothing of anyone, so nothing is journaled. */
export async function countUnread(ctx: ClinicContext): Promise<{ unread: number }> {
  requirePermission(ctx, "task:use");
  const [counts] = await readAsStaff<{ unread: number }>(ctx, {
    name: "chevet_count_unread",
    // Read as far as its last message, a discussion is passed over at one look: the rest is asked of the others alone.
    text: `select count(*)::int as unread from (
      select from clinic.discussion d
      left join clinic.discussion_reading r on r.clinic_id = d.clinic_id and r.discussion_id = d.id and r.author_id = $2::uuid
      where d.clinic_id = $1::uuid and d.last_message_at > now() - interval '${unreadDays} days'
        and (r.read_until is null or d.last_message_at > r.read_until)
        and exists (select from clinic.discussion_participant w where w.clinic_id = d.clinic_id and w.discussion_id = d.id and w.participant = any($3::text[]))
        and exists (select from clinic.discussion_message u where u.clinic_id = d.clinic_id and u.discussion_id = d.id and u.author_id <> $2::uuid
          and (r.read_until is null or u.created_at > r.read_until))
      limit ${enough}) n`,
    values: [ctx.clinic.id, ctx.user.id, recipientKeys(ctx)],
  });
  return counts ?? { unread: 0 };
}
