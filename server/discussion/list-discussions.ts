import { requirePermission } from "#server/access/require-permission.ts";
import { readOf } from "#server/audit/read-of.ts";
import { recordRead } from "#server/audit/record-read.ts";
import type { ClinicContext } from "#server/context.ts";
import { type Sql, sql } from "#server/db/sql.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { recipientKeys } from "#server/membership/check-recipient.ts";
import { groundOf } from "#server/patient/ground.ts";
import type { DiscussionLine } from "./record.ts";
import type { DiscussionList, ListDiscussionsInput } from "./schema.ts";
import { isMine, isUnread } from "./unread.ts";

/**
 * A page of discussions, the one last written in first. One of care, of a chart for which the reader has no ground and to which nobody called
 * them, is there without its words. One statement, and the line of the journal.
 */
export async function listDiscussions(
  ctx: ClinicContext,
  { list, patientId, cursor, most, refresh }: ListDiscussionsInput,
): Promise<{ rows: DiscussionLine[]; after: string | null }> {
  requirePermission(ctx, "task:use");
  const clinicId = ctx.clinic.id;
  const [keys, me] = [recipientKeys(ctx), ctx.user.id];
  const those: Readonly<Record<DiscussionList, Sql>> = {
    unread: sql`${isMine(keys)} and ${isUnread(me)}`,
    mine: isMine(keys),
    all: sql`true`,
  };
  const from = cursor ?? null;
  // In a chart, the chart asked. Elsewhere each of the page is judged, once.
  const withheld = patientId
    ? sql`select false as withheld`
    : sql`select d.clinical and not ${isMine(keys)} and clinic.lacks_ground(d.patient_id) as withheld offset 0`;
  return withStaff(ctx, async (db) => {
    const rows = await db.$queryRaw<DiscussionLine[]>`
      select d.id, d.patient_id as "patientId", nullif(concat_ws(' ', p.given_name, p.family_name), '') as "patientName", p.birth_date::text as "birthDate",
        w.withheld, case when w.withheld then '' else d.subject end as subject, d.clinical, case when w.withheld then '' else left(l.body, 160) end as "lastBody", coalesce(a.display_name, '') as "lastAuthor", d.last_message_at as "lastMessageAt",
        (select count(*)::int from clinic.discussion_message n where n.clinic_id = d.clinic_id and n.discussion_id = d.id) as messages,
        ${isMine(keys)} as mine, ${isMine(keys)} and ${isUnread(me)} as unread
      from (
        select d.* from clinic.discussion d
        where d.clinic_id = ${clinicId}::uuid and ${those[list]} and (${patientId}::uuid is null or d.patient_id = ${patientId}::uuid)
          and (${from}::uuid is null or (d.last_message_at, d.id) < (
            select f.last_message_at, f.id from clinic.discussion f where f.clinic_id = ${clinicId}::uuid and f.id = ${from}::uuid))
        order by d.last_message_at desc, d.id desc limit ${most + 1}) d
      left join clinic.patient p on p.clinic_id = d.clinic_id and p.id = d.patient_id
      join lateral (select m.body, m.author_id from clinic.discussion_message m where m.clinic_id = d.clinic_id and m.discussion_id = d.id
        order by m.created_at desc, m.id desc limit 1) l on true
      left join identity.membership a on a.clinic_id = d.clinic_id and a.user_id = l.author_id
      cross join lateral (${withheld}) w
      order by d.last_message_at desc, d.id desc`;
    const page = rows.slice(0, most);
    await recordRead(
      db,
      ctx,
      {
        event: "discussion.listed",
        entity: "Discussion",
        ...readOf(page),
        ...(patientId && { patientId }),
        ground: groundOf(ctx),
      },
      { refresh },
    );
    return { rows: page, after: rows.length > most ? (page.at(-1)?.id ?? null) : null };
  });
}
