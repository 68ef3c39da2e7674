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
    text: `select count(*)::int as unread from (
      select distinct m.discussion_id from clinic.discussion_message m
      where m.clinic_id = $1::uuid and m.created_at > now() - interval '${unreadDays} days' and m.author_id <> $2::uuid
        and exists (select from clinic.discussion_participant w where w.clinic_id = $1::uuid and w.discussion_id = m.discussion_id and w.participant = any($3::text[]))
        and not exists (select from clinic.discussion_reading r where r.clinic_id = $1::uuid and r.discussion_id = m.discussion_id and r.author_id = $2::uuid
          and r.read_until >= m.created_at)
      limit ${enough}) d`,
    values: [ctx.clinic.id, ctx.user.id, recipientKeys(ctx)],
  });
  return counts ?? { unread: 0 };
}
